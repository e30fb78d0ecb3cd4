import { findConditionKey } from '../../facts/index.js';
import { findValue, type Context, type Request } from '../../inventory/index.js';
import type { ContextValue, Missing, UnknownValue } from '../../inventory/index.js';
import {
  expandResource,
  expandVariables,
  matchesAction,
  matchesCondition,
  matchesResource,
  type Condition,
  type PolicyDocument,
  type PolicyKind,
  type PolicyValue,
  type Statement,
} from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import { all, any, not, truthOf, unknownHoles, type Truth } from './truth.js';

/**
 * Whether a statement applies to a request, its `Principal` aside: action, resource and every
 * condition match.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function applies(document: PolicyDocument, statement: Statement, request: Request): Truth {
  const action = matchesActions(statement, request.action);
  if (action === false) return false;
  const scope: Scope = { document, effect: statement.effect, context: request.context };
  const resource = matchesResources(statement, request.resource, scope);
  if (resource === false) return false;
  const conditions = statement.conditions.map((condition) => holds(condition, scope));
  return all([action, resource, ...conditions, isPresent(statement)]);
}

/** In which statement a condition key or variable is looked up. */
interface Scope {
  readonly document: PolicyDocument;
  readonly effect: 'Allow' | 'Deny';
  readonly context: Context;
}

function isPresent({ presence }: Statement): Truth {
  return presence === undefined ? true : unknownHoles([presence]);
}

function matchesActions({ action }: Statement, requested: string): Truth {
  // SOURCE: facts kms-authz 39: a statement without Action has no effect
  if (action === undefined) return false;
  const matches = any(
    action.patterns.map(({ text }) => truthOf(matchesAction(text, requested), text)),
  );
  // SOURCE: facts evaluation 3.2
  return action.negated ? not(matches) : matches;
}

function matchesResources({ resource }: Statement, requested: string, scope: Scope): Truth {
  const { kind } = scope.document;
  // SOURCE: facts evaluation 2.6
  if (resource === undefined) return kind === 'trust';
  const element = resource.negated ? 'NotResource' : 'Resource';
  const outcomes = resource.patterns.map(({ text }) => matchOne(text, requested, element, scope));
  // SOURCE: facts evaluation 4.5, 4.6
  if (outcomes.includes('void') && isVoid(kind, element)) return false;
  const matches = any(outcomes.map((outcome) => (outcome === 'void' ? false : outcome)));
  // SOURCE: facts evaluation 4.8
  return resource.negated ? not(matches) : matches;
}

function isVoid(kind: PolicyKind, element: 'Resource' | 'NotResource'): boolean {
  return element === 'NotResource' || kind === 'scp' || kind === 'rcp';
}

function matchOne(
  text: string,
  requested: string,
  element: 'Resource' | 'NotResource',
  scope: Scope,
): Truth | 'void' {
  const seen: UnknownValue[] = [];
  const value = expandResource(text, scope.document.version, (key) => valueOf(key, scope, seen));
  // SOURCE: facts evaluation 4.6: a resource with a variable that has no value matches nothing
  if (value.kind === 'no-value') return element === 'NotResource' ? 'void' : false;
  if (value.kind === 'unknown') return missingOf(seen, [text]);
  const outcome = matchesResource(value.text, requested, scope.document.kind, element);
  switch (outcome) {
    case 'match':
      return true;
    case 'no-match':
      return false;
    case 'void':
      return 'void';
    case 'unknown':
      return unknownHoles([value.text, requested]);
  }
}

function holds(condition: Condition, scope: Scope): Truth {
  const { operator, key, values } = condition;
  if (hasHole(key)) return unknownHoles([key]);
  const seen: UnknownValue[] = [];
  const requested = valueOf(key, scope, seen);
  if (isUnknownValue(requested)) return missingOf(seen, []);
  const policyValues = values.map(({ text }): PolicyValue => {
    // SOURCE: facts evaluation 5.4
    if (!hasVariables.has(operator.family)) return { kind: 'value', text };
    return expandVariables(text, scope.document.version, (name) => valueOf(name, scope, seen));
  });
  const answer = matchesCondition(operator, policyValues, requested);
  if (answer !== undefined) return answer;
  const texts = policyValues.flatMap((value) => (value.kind === 'value' ? [value.text] : []));
  return missingOf(seen, [
    ...texts,
    ...(typeof requested === 'string' ? [requested] : (requested ?? [])),
  ]);
}

const hasVariables: ReadonlySet<string> = new Set(['String', 'Arn', 'Bool']);

function valueOf(key: string, scope: Scope, seen: UnknownValue[]): ContextValue | undefined {
  const value = findValue(scope.context, key);
  // SOURCE: facts evaluation 13.21: keys that KMS knows in IAM policies only
  if (scope.document.kind === 'key-policy' && findConditionKey(key)?.iamPoliciesOnly === true) {
    if (scope.effect === 'Allow') return undefined;
    const unknown: UnknownValue = { unknown: unsupported(key) };
    seen.push(unknown);
    return unknown;
  }
  if (isUnknownValue(value)) seen.push(value);
  return value;
}

function unsupported(key: string): Missing {
  const detail = `what \`${key}\` means in a key policy, where KMS does not support it`;
  return { layer: 'attribute', of: key, detail };
}

function isUnknownValue(value: ContextValue | undefined): value is UnknownValue {
  return typeof value === 'object' && 'unknown' in value;
}

function missingOf(seen: readonly UnknownValue[], texts: readonly string[]): Truth {
  return seen.length > 0 ? seen.map(({ unknown }) => unknown) : unknownHoles(texts);
}
