import type { Text } from '../source/index.js';
import type { Layer } from './request.js';

/** What an AccessDenied message of AWS says. What it leaves out is absent. */
export interface AccessDenied {
  /** An ARN, as the message spells it. */
  readonly principal?: Text;
  /** `kms:Decrypt`. */
  readonly action?: string;
  /** An ARN; absent also where the message speaks of `this resource`. */
  readonly resource?: Text;
  readonly refusal: Refusal;
}

export type Refusal =
  /** A Deny statement of such a policy, or of one that the message does not name. */
  | { readonly kind: 'explicit'; readonly policy?: NamedPolicy }
  /** No Allow in such a policy. */
  | { readonly kind: 'implicit'; readonly policy: NamedPolicy }
  /** The resource of another account does not exist, or its resource-based policy does not let the caller in. */
  | { readonly kind: 'hidden' }
  /** The older short form, which names no reason. */
  | { readonly kind: 'not-said' };

export interface NamedPolicy {
  /** As AWS calls the type: `identity-based policy`. */
  readonly type: string;
  /** The layers that AWS may mean by it. */
  readonly layers: readonly Layer[];
  /** The ARN of the policy, which newer messages name within an organization. */
  readonly arn?: Text;
}

/**
 * What AWS calls the policies of each layer in its messages.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const policyTypeNames: Readonly<Record<Layer, string>> = {
  'key-policy': 'resource-based policy',
  delegation: 'resource-based policy',
  trust: 'role trust policy',
  'resource-policy': 'resource-based policy',
  grant: 'resource-based policy',
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  endpoint: 'VPC endpoint policy',
};

/**
 * Reads an AccessDenied message as SDKs, the AWS CLI, Terraform and CloudTrail print it, with whatever
 * stands around it. `undefined` where the text holds none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function parseAccessDenied(text: string): AccessDenied | undefined {
  const message = text.replace(/\\+"/g, '"').replace(/\s+/g, ' ').trim();
  const head = HEAD.exec(message);
  if (head === null) return parseHidden(message);
  const { principal, action } = head.groups ?? {};
  const rest = message.slice(head.index + head[0].length);
  const resource = RESOURCE.exec(rest)?.groups?.['resource'];
  return {
    ...(principal === undefined ? {} : { principal }),
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
    refusal: refusalOf(rest),
  };
}

const HEAD =
  /\bUser:? "?(?<principal>[^\s"]+)"? is not authorized to perform:? "?(?<action>[a-z0-9-]+:[A-Za-z*]+)"?/;
const RESOURCE = /^ (?:on|for)(?: the)?(?: resource:?)? "?(?<resource>arn:[^\s"]*[^\s".,;)])/;
const HIDDEN = /because the resource does not exist in this Region/i;
const DENY = /with an explicit deny(?: in an? (?<type>[A-Za-z -]+?(?:policy|boundary)))?(?!\w)/;
const NONE = /because no (?<type>[A-Za-z -]+?(?:policy|boundary)) allows/;
const ARN = /(?:policy|boundary|action): "?(?<arn>arn:[^\s"]*[^\s".,;)])/;
// As KMS worded it for a ciphertext until 2023, and many logs still have it.
const CIPHERTEXT = /ciphertext refers to a (?:customer master key|KMS key) that does not exist/;
const OPERATION = /when calling the (?<operation>\w+) operation/;

/** The forms that name no principal. */
function parseHidden(message: string): AccessDenied | undefined {
  if (!CIPHERTEXT.test(message)) return undefined;
  const operation = OPERATION.exec(message)?.groups?.['operation'] ?? 'Decrypt';
  return { action: `kms:${operation}`, refusal: { kind: 'hidden' } };
}

function refusalOf(rest: string): Refusal {
  if (HIDDEN.test(rest)) return { kind: 'hidden' };
  const deny = DENY.exec(rest);
  if (deny !== null) {
    const type = deny.groups?.['type'];
    return type === undefined
      ? { kind: 'explicit' }
      : { kind: 'explicit', policy: policyOf(type, rest) };
  }
  const type = NONE.exec(rest)?.groups?.['type'];
  return type === undefined
    ? { kind: 'not-said' }
    : { kind: 'implicit', policy: policyOf(type, rest) };
}

function policyOf(spelled: string, rest: string): NamedPolicy {
  const type = spelled.toLowerCase();
  const layers = (Object.keys(policyTypeNames) as Layer[]).filter(
    (layer) => policyTypeNames[layer].toLowerCase() === type,
  );
  const arn = ARN.exec(rest)?.groups?.['arn'];
  const name = layers[0] === undefined ? type : policyTypeNames[layers[0]];
  return { type: name, layers, ...(arn === undefined ? {} : { arn }) };
}
