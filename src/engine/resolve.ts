import type { KeyIdForm } from '../facts/index.js';
import type { Inventory, Key } from '../inventory/index.js';
import { parseArn, type Arn } from '../policy/index.js';
import type { Text } from '../source/index.js';
import { notFoundElsewhere } from './denial.js';
import { aliasNotFound, exception, invalidArn, keyNotFound, notFound } from './exceptions.js';
import { findAlias, findKeyByArn, findKeyById } from './lookup.js';
import { failed, succeeded, type Result } from './result.js';

/** From where a request names its keys. */
export interface Place {
  readonly inventory: Inventory;
  /** The account of the caller; absent for a service. */
  readonly account?: Text;
  readonly partition: Text;
  /** Of the endpoint. */
  readonly region: Text;
  /** Who calls, and what: for the message where a key of another account is not found. */
  readonly caller: Text;
  readonly operation: string;
}

export interface Named {
  readonly key: Key;
  /** The alias, as `alias/…`, where the request names the key by one. */
  readonly alias?: Text;
}

/**
 * The key that a request names: by its id or an alias name in the caller's account, or by key ARN or
 * alias ARN in any; always in the Region of the endpoint. Aliases only where `forms` has them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function resolveKey(
  place: Place,
  reference: Text,
  forms: readonly KeyIdForm[],
): Result<Named> {
  const { inventory, region, account } = place;
  // A listed key is found by its ARN, even if that is no ARN that KMS would make.
  const listed = findKeyByArn(inventory, reference);
  if (listed !== undefined) return inRegion(place, listed, listed.region);
  const arn = parseArn(reference);
  if (arn !== undefined) return resolveArn(place, reference, arn, forms);
  if (reference.startsWith('arn:')) return failed(invalidArn(`Invalid arn ${reference}`));
  if (reference.startsWith('alias/')) {
    // SOURCE: facts kms-authz 86, gotchas 22; wording as reported
    if (!forms.includes('alias-name')) return failed(notFound(`Invalid keyId ${reference}`));
    return resolveAlias(place, reference, region, account);
  }
  // SOURCE: facts kms-authz 88, 89
  const key = findKeyById(inventory, reference, region, account);
  if (key !== undefined) return succeeded({ key });
  return failed(
    isKeyId(reference)
      ? keyNotFound(`arn:${place.partition}:kms:${region}:${account ?? ''}:key/${reference}`)
      : notFound(`Invalid keyId ${reference}`),
  );
}

/** The alias of a request that is about the alias itself: a name in the caller's account and Region. */
export function aliasArn({ partition, region, account = '' }: Place, name: Text): Text {
  return `arn:${partition}:kms:${region}:${account}:${name}`;
}

function resolveArn(
  place: Place,
  reference: Text,
  { service, region, account, resource }: Arn,
  forms: readonly KeyIdForm[],
): Result<Named> {
  const isAlias = resource.startsWith('alias/');
  if (service !== 'kms' || account === '' || !(isAlias || resource.startsWith('key/'))) {
    return failed(invalidArn(`Invalid arn ${reference}`));
  }
  if (isAlias && !forms.includes('alias-arn')) {
    return failed(invalidArn('Key Aliases are not supported for this operation'));
  }
  if (region !== place.region) return failed(notFound(`Invalid arn ${region}`));
  if (isAlias) return resolveAlias(place, resource, region, account);
  // SOURCE: facts kms-authz 117: what is not there in another account looks as if it were forbidden
  return account === place.account
    ? failed(keyNotFound(reference))
    : failed(notFoundElsewhere(place));
}

function resolveAlias(
  place: Place,
  name: Text,
  region: Text,
  account: Text | undefined,
): Result<Named> {
  const named = findAlias(place.inventory, name, region, account);
  if (named?.key !== undefined) return succeeded({ key: named.key, alias: name });
  return account === place.account
    ? failed(aliasNotFound(aliasArn(place, name)))
    : failed(notFoundElsewhere(place));
}

// SOURCE: facts kms-authz 89
function inRegion(place: Place, key: Key, region: Text): Result<Named> {
  if (region === place.region) return succeeded({ key });
  return failed(exception('NotFoundException', `Invalid arn ${region}`));
}

function isKeyId(reference: Text): boolean {
  return /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(reference);
}
