import { parseArn, type Arn } from '../policy/index.js';
import { hasHole, hole, partsOf, type Text } from '../source/index.js';

/** Who makes a request. A role stands for one of its sessions. */
export type Caller =
  | { readonly kind: 'root'; readonly account: Text; readonly arn: Text }
  | { readonly kind: 'user'; readonly account: Text; readonly arn: Text; readonly name: Text }
  | RoleSession
  | {
      readonly kind: 'federated-user';
      readonly account: Text;
      readonly arn: Text;
      readonly name: Text;
      /** The ARN of the IAM user who called GetFederationToken; absent: unknown. */
      readonly federatingUser?: Text;
    }
  /** Whom an identity provider vouches for, before a role is assumed: SAML or web identity. */
  | { readonly kind: 'provider'; readonly provider: Text }
  | { readonly kind: 'service'; readonly name: Text }
  | { readonly kind: 'anonymous' };

export interface RoleSession {
  readonly kind: 'role-session';
  readonly account: Text;
  /** The role's ARN, with its path where known. */
  readonly roleArn: Text;
  readonly role: Text;
  /** Absent: any session name. */
  readonly session?: Text;
}

/**
 * The caller that a text names: the ARN of a user, role, role session, federated user, account root or
 * identity provider, an account id (its root), a service principal, `anonymous` or `*`. `undefined` for
 * anything else, such as a group or an ARN with wildcards, which cannot make a request.
 */
export function parseCaller(text: Text): Caller | undefined {
  if (text === 'anonymous' || text === '*') return { kind: 'anonymous' };
  if (/^\d{12}$/.test(text)) {
    return { kind: 'root', account: text, arn: `arn:aws:iam::${text}:root` };
  }
  const arn = parseArn(text);
  if (arn !== undefined) return /[*?]/.test(text) ? undefined : parseCallerArn(text, arn);
  if (webIdentityProviders.includes(text)) return { kind: 'provider', provider: text };
  return serviceName.test(text) ? { kind: 'service', name: text } : undefined;
}

// SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
const webIdentityProviders: readonly string[] = [
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
];

const serviceName =
  /^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.com|aws\.internal)$/;

function parseCallerArn(
  text: Text,
  { partition, service, account, resource }: Arn,
): Caller | undefined {
  const [type = '', ...path] = segmentsOf(resource);
  const name = path.at(-1) ?? '';
  if (service === 'iam' && resource === 'root') return { kind: 'root', account, arn: text };
  if (name === '') return undefined;
  if (service === 'sts' && type === 'assumed-role') return parseSession(partition, account, path);
  if (service === 'sts' && type === 'federated-user') {
    return { kind: 'federated-user', account, arn: text, name };
  }
  if (service !== 'iam') return undefined;
  if (type === 'user') return { kind: 'user', account, arn: text, name };
  if (type === 'role') return { kind: 'role-session', account, roleArn: text, role: name };
  const isProvider = type === 'saml-provider' || type === 'oidc-provider';
  return isProvider ? { kind: 'provider', provider: text } : undefined;
}

function parseSession(partition: Text, account: Text, path: readonly Text[]): Caller | undefined {
  const [role, session, ...rest] = path;
  if (!role || !session || rest.length > 0) return undefined;
  // SOURCE: facts evaluation 7.4: the ARN of a session does not tell the path of its role
  const roleArn = `arn:${partition}:iam::${account}:role/${role}`;
  return { kind: 'role-session', account, roleArn, role, session };
}

/** The parts of a text between its slashes, other than those inside a hole, which are of a file's path. */
export function segmentsOf(text: Text): readonly Text[] {
  if (!hasHole(text)) return text.split('/');
  const segments: Text[] = [''];
  for (const part of partsOf(text)) {
    const pieces = typeof part === 'string' ? part.split('/') : [hole(part.unit, part.expression)];
    const [first = '', ...others] = pieces;
    segments.push((segments.pop() ?? '') + first, ...others);
  }
  return segments;
}

/** The ARN of a caller that has one: of the role for a session. */
export function arnOfCaller(caller: Caller): Text | undefined {
  if (caller.kind === 'role-session') return caller.roleArn;
  return 'arn' in caller ? caller.arn : undefined;
}
