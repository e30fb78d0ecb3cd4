import { hasHole, type Node, type Text } from '../source/index.js';
import { splitArn } from './arn.js';
import type { PolicyKind, PrincipalEntry, Statement } from './document.js';
import { parsePolicy } from './parse-policy.js';

/**
 * The kinds of policy that a document may be, as far as its grammar alone tells: where principals may
 * stand, and which actions and resources a kind can be about. Never empty; `unknown` is never among
 * them.
 *
 * | document | kinds |
 * |---|---|
 * | no `Principal` | identity, boundary, session, scp |
 * | `sts:AssumeRole` and no `Resource` | trust |
 * | `kms:*` on `*` for `{"AWS": "arn:aws:iam::111122223333:root"}` | key-policy |
 * | `s3:GetObject` on an object for a role | resource |
 * | `kms:Decrypt` on `*` for `*`, Allow | key-policy, endpoint |
 * | the same, Deny | key-policy, endpoint, rcp |
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export function grammarKinds(node: Node): readonly PolicyKind[] {
  const statements = parsePolicy(node, 'unknown').value.statements.flatMap((statement) =>
    statement.kind === 'statement' ? [statement] : [],
  );
  if (statements.length === 0) return [...WITHOUT_PRINCIPAL, ...WITH_PRINCIPAL];
  const named = statements.filter(({ principal }) => principal !== undefined);
  if (named.length === 0) return WITHOUT_PRINCIPAL;
  const kinds = WITH_PRINCIPAL.filter((kind) => fits[kind](named));
  // What fits no kind is at least a policy with principals.
  return kinds.length > 0 ? kinds : WITH_PRINCIPAL;
}

const WITHOUT_PRINCIPAL = ['identity', 'boundary', 'session', 'scp'] as const;
const WITH_PRINCIPAL = ['key-policy', 'trust', 'resource', 'endpoint', 'rcp'] as const;

type Fits = (statements: readonly Statement[]) => boolean;

// SOURCE: facts evaluation 2.5, 2.6, 7.8, 7.9, 11.4, 14.2
const fits: Readonly<Record<(typeof WITH_PRINCIPAL)[number], Fits>> = {
  'key-policy': (statements) =>
    statements.some((statement) => mayNameService(statement, isKms)) &&
    statements.every(
      (statement) =>
        isOnlyAboutKms(statement) ||
        (mayTouch(statement, isKms) && !hasType(statement, 'Federated', 'CanonicalUser')),
    ),
  trust: (statements) =>
    statements.every(
      (statement) =>
        statement.resource === undefined &&
        statement.principal?.negated !== true &&
        mayNameService(statement, (service) => service === 'sts'),
    ),
  resource: (statements) =>
    statements.some((statement) => mayNameService(statement, isOther)) &&
    statements.every(
      (statement) =>
        !isOnlyAboutKms(statement) &&
        mayTouch(statement, (service) => service !== 'kms') &&
        !hasType(statement, 'Federated'),
    ),
  endpoint: (statements) =>
    statements.every((statement) => statement.resource !== undefined && isForEveryone(statement)),
  rcp: (statements) =>
    statements.every(
      (statement) =>
        statement.resource !== undefined &&
        isForEveryone(statement) &&
        (statement.effect === 'Deny' || isFullAccess(statement)),
    ),
};

function isKms(service: string): boolean {
  return service === 'kms';
}

function isOther(service: string): boolean {
  return service !== 'kms' && service !== 'sts';
}

function isOnlyAboutKms({ action }: Statement): boolean {
  return (
    action?.negated === false && action.patterns.every(({ text }) => servicePrefix(text) === 'kms')
  );
}

function entriesOf(statement: Statement): readonly PrincipalEntry[] {
  return statement.principal?.entries ?? [];
}

function hasType(statement: Statement, ...types: readonly PrincipalEntry['type'][]): boolean {
  return entriesOf(statement).some(({ type }) => types.includes(type));
}

// An endpoint policy may name principals, but then nothing tells it from any other.
function isForEveryone(statement: Statement): boolean {
  return (
    statement.principal?.negated === false &&
    entriesOf(statement).every(({ form }) => form.kind === 'everyone' || form.kind === 'unresolved')
  );
}

/** `RCPFullAWSAccess`, the one RCP that allows. */
function isFullAccess({ action, resource, conditions }: Statement): boolean {
  return (
    conditions.length === 0 &&
    action?.patterns.every(({ text }) => text === '*') === true &&
    resource?.patterns.every(({ text }) => text === '*') === true
  );
}

/** Whether some action is, or may be, one of a service that the test accepts. */
function mayNameService({ action }: Statement, accepts: (service: string) => boolean): boolean {
  if (action === undefined || action.negated) return true;
  return action.patterns.some(({ text }) => {
    const service = servicePrefix(text);
    return service === undefined || accepts(service);
  });
}

function servicePrefix(action: Text): string | undefined {
  const [prefix = '', name] = action.split(':');
  return name === undefined || /[*?]/.test(prefix) || hasHole(prefix)
    ? undefined
    : prefix.toLowerCase();
}

/** Whether some resource is, or may be, one of a service that the test accepts. */
function mayTouch({ resource }: Statement, accepts: (service: string) => boolean): boolean {
  if (resource === undefined || resource.negated) return true;
  return resource.patterns.some(({ text }) => {
    const [, , service] = splitArn(text);
    return service === undefined || hasHole(service) || /[*?]/.test(service) || accepts(service);
  });
}
