import { findAction, findConditionKey } from '../facts/index.js';
import { parseArn } from '../policy/index.js';
import { hasHole, type Text } from '../source/index.js';
import { callerContext } from './context-caller.js';
import { resourceContext } from './context-resource.js';
import { findDependant, findKey } from './find.js';
import type { Inventory, Key } from './inventory.js';
import type { Context, ContextValue, Request } from './request.js';

/**
 * A context from condition keys in any case. A multivalued key takes a list, any other a text; one
 * given as the other is put right where KMS or IAM define the key.
 */
export function createContext(values: Readonly<Record<string, ContextValue>>): Context {
  return new Map(
    Object.entries(values).map(([key, value]) => [contextName(key), asDefined(key, value)]),
  );
}

/**
 * What the request says of a condition key, compared without case; `undefined` where it is absent. A
 * kind of which not all is known (`aws:principaltag/*`) answers for what is not listed.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 */
export function findValue(context: Context, key: string): ContextValue | undefined {
  const name = contextName(key);
  const value = context.get(name);
  if (value !== undefined) return value;
  if (name.startsWith(encryptionContextPrefix)) {
    // SOURCE: facts evaluation 6.2, 13.16
    for (const [other, text] of context) {
      if (other.toLowerCase() === name.toLowerCase()) return text;
    }
  }
  const kind = /^kms:encryptioncontext:|^[^/]*\//.exec(name)?.[0];
  return kind === undefined ? undefined : context.get(`${kind}*`);
}

/** The encryption context of a request, as far as its context tells, keys in their case. */
export function encryptionContextOf(context: Context): ReadonlyMap<string, ContextValue> {
  const pairs = new Map<string, ContextValue>();
  for (const [name, value] of context) {
    if (name.startsWith(encryptionContextPrefix)) {
      pairs.set(name.slice(encryptionContextPrefix.length), value);
    }
  }
  return pairs;
}

/**
 * The request with its resource named in full and every condition key that follows from caller, action
 * and resource filled in. Keys that are given win; keys that do not follow stay absent; an attribute
 * that the inventory does not tell becomes an unknown value, or a text with a hole where part of it is
 * known. A key of KMS's that does not exist on the operation is not filled in.
 */
export function deriveContext(inventory: Inventory, request: Request): Request {
  const { caller } = request;
  const home = 'account' in caller ? { account: caller.account } : {};
  const key = request.action.toLowerCase().startsWith('kms:')
    ? findKey(inventory, request.resource, home)
    : undefined;
  const resource = resourceOf(request, key);
  const named: Request = { ...request, resource };
  const account = request.resourceAccount ?? key?.account ?? ownerOf(inventory, resource);
  const derived: Request = account === undefined ? named : { ...named, resourceAccount: account };
  const context = new Map<string, ContextValue>();
  for (const [name, value] of [
    ...callerContext(inventory, derived),
    ...resourceContext(inventory, derived, key, aliasOf(request.resource)),
    ...request.context,
  ]) {
    if (value === undefined) context.delete(name);
    else context.set(name, value);
  }
  return { ...derived, context };
}

const encryptionContextPrefix = 'kms:encryptioncontext:';

/** A condition key as it stands in a context. */
function contextName(key: string): string {
  const lower = key.toLowerCase();
  return lower.startsWith(encryptionContextPrefix)
    ? encryptionContextPrefix + key.slice(encryptionContextPrefix.length)
    : lower;
}

function asDefined(key: string, value: ContextValue): ContextValue {
  const fact = findConditionKey(key);
  if (fact === undefined) return value;
  if (typeof value === 'string') return fact.multivalued === true ? [value] : value;
  if ('unknown' in value || fact.multivalued === true || value.length !== 1) return value;
  return value[0] ?? '';
}

function resourceOf(request: Request, key: Key | undefined): Text {
  const alias = aliasOf(request.resource);
  // SOURCE: facts evaluation 13.12: permissions on an alias itself are those of the alias operations
  const isAboutAlias =
    alias !== undefined &&
    findAction(request.action)?.operation.resources.includes('alias') === true;
  if (key === undefined) return request.resource;
  if (!isAboutAlias) return key.arn;
  return parseArn(request.resource) === undefined
    ? key.arn.slice(0, key.arn.lastIndexOf(':') + 1) + alias
    : request.resource;
}

function aliasOf(reference: Text): Text | undefined {
  const name = parseArn(reference)?.resource ?? reference;
  return name.startsWith('alias/') ? name : undefined;
}

function ownerOf(inventory: Inventory, resource: Text): Text | undefined {
  const stated = parseArn(resource)?.account;
  if (stated !== undefined && stated !== '') return stated;
  // The ARN of a bucket names no account; a hole in its place says no more than that.
  const listed = findDependant(inventory, resource)?.account;
  return listed === undefined || hasHole(listed) ? undefined : listed;
}
