import { limits } from '../facts/index.js';
import { isComplete, type Inventory, type Key } from '../inventory/index.js';
import {
  defaultKeyPolicyJson,
  parsePolicy,
  printPolicy,
  type Condition,
  type PolicyDocument,
  type PrincipalForm,
  type Statement,
} from '../policy/index.js';
import { invariant, parseJson, type Text } from '../source/index.js';
import { limitExceeded, malformedPolicy } from './exceptions.js';
import { isExisting } from './iam.js';
import { failed, succeeded, type Result } from './result.js';
import type { State } from './state.js';

/**
 * Reads a key policy as KMS does when one is written: its size, its grammar, and whom it names. What
 * was loaded is taken as stored and never passes through here.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export function readKeyPolicy(state: State, text: string, path: string): Result<PolicyDocument> {
  // SOURCE: facts kms-authz 36
  if (Buffer.byteLength(text, 'utf8') > limits.policyBytes) {
    return failed(limitExceeded(`The policy is longer than ${limits.policyBytes} bytes.`));
  }
  const json = parseJson({ path, text });
  const syntax = json.diagnostics.find(({ severity }) => severity === 'error');
  if (json.value === undefined || syntax !== undefined) {
    return failed(malformedPolicy(syntax?.message ?? 'the policy is empty'));
  }
  const { value, diagnostics } = parsePolicy(json.value, 'key-policy');
  const fault = diagnostics.find(
    ({ severity, code }) => severity === 'error' || refusedCodes.has(code),
  );
  const problem = findDocumentProblem(state, value) ?? fault?.message;
  return problem === undefined ? succeeded(value) : failed(malformedPolicy(problem));
}

/** A key policy of AWS's own making, which nobody has to check. */
export function readOwnPolicy(text: string, path: string): PolicyDocument {
  const { value } = parseJson({ path, text });
  invariant(value !== undefined, 'a policy of AWS is JSON');
  return parsePolicy(value, 'key-policy').value;
}

/** The policy of a key that was created without one (facts kms-authz 8). */
export function defaultKeyPolicy(partition: Text, account: Text): string {
  return JSON.stringify(defaultKeyPolicyJson(partition, account), undefined, 2);
}

/** The text of a key's policy: as written, while the key still has that document, or else printed. */
export function policyTextOf(state: State, key: Key): string | undefined {
  if (key.policy === undefined) return undefined;
  const written = key.policy.span.source.text;
  const isWritten = state.notes.get(key.arn)?.policy === key.policy;
  return isWritten ? written : printPolicy(key.policy);
}

// What a linter only warns of, and AWS does not store.
const refusedCodes = new Set(['policy-unknown-element', 'policy-empty-element']);

const INVALID_PRINCIPALS = 'Policy contains a statement with one or more invalid principals.';

function findDocumentProblem(state: State, { statements }: PolicyDocument): string | undefined {
  if (statements.length === 0) return 'The policy has no statements.';
  for (const statement of statements) {
    const problem =
      statement.kind === 'broken' ? statement.reason : findStatementProblem(state, statement);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function findStatementProblem(state: State, statement: Statement): string | undefined {
  const { principal, action, resource, effect, conditions } = statement;
  const name = statement.sid === undefined ? `${statement.index + 1}` : `"${statement.sid}"`;
  // SOURCE: facts kms-authz 41
  if (principal === undefined || principal.entries.length === 0) return INVALID_PRINCIPALS;
  if (principal.entries.some(({ form }) => !isValid(state, form))) return INVALID_PRINCIPALS;
  // SOURCE: since 2025-08-18 KMS refuses what it used to store without effect (facts kms-authz 39 has the older behaviour)
  if (!action?.patterns.length) return `Statement ${name} has no Action.`;
  if (!resource?.patterns.length) return `Statement ${name} has no Resource.`;
  const permissive = effect === 'Allow' ? conditions.find(isOverlyPermissive) : undefined;
  // SOURCE: facts kms-authz 46
  if (permissive === undefined) return undefined;
  return `OverlyPermissiveCondition: ForAllValues with ${permissive.key} allows every request that has no such key.`;
}

function isOverlyPermissive({ operator, key }: Condition): boolean {
  const name = key.toLowerCase();
  return (
    operator.quantifier === 'ForAllValues' &&
    (name.startsWith('kms:encryptioncontext:') || name.startsWith('aws:requesttag/'))
  );
}

/** Whether a principal can stand in a key policy and exists. */
function isValid(state: State, form: PrincipalForm): boolean {
  const { inventory } = state;
  switch (form.kind) {
    case 'everyone':
    case 'service':
    case 'provider':
      return true;
    case 'account':
      return isAccount(inventory, form.account);
    // SOURCE: facts kms-authz 44
    case 'user':
    case 'role':
      return isAccount(inventory, form.account) && isExisting(state, form);
    case 'role-session':
      return isExisting(state, { kind: 'role', account: form.account, name: form.role });
    case 'federated-user':
      return isAccount(inventory, form.account);
    // SOURCE: facts kms-authz 60: the id of a principal that is gone; of one that is there, AWS knows the ARN
    case 'unique-id':
      return inventory.principals.some(({ uniqueId }) => uniqueId === form.id);
    case 'canonical-user':
    case 'unresolved':
    case 'invalid':
      return false;
  }
}

function isAccount(inventory: Inventory, account: Text): boolean {
  return (
    !isComplete(inventory, account, 'accounts') ||
    inventory.accounts.some(({ id }) => id === account)
  );
}
