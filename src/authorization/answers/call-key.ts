import { managedKeyPolicy } from '../../facts/index.js';
import type { ServiceProfile } from '../../facts/index.js';
import { findKeys } from '../../inventory/index.js';
import type { Dependant, Inventory, Key, Missing } from '../../inventory/index.js';
import { parseArn, parsePolicy } from '../../policy/index.js';
import { equalTexts, hasHole, hole, invariant, parseJson } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { PartialRequest } from '../compile/index.js';

/** The KMS key that a service uses for a resource. */
export type ResourceKey =
  /** It encrypts without KMS. */
  | { readonly kind: 'none'; readonly assumed: readonly Missing[] }
  | { readonly kind: 'unknown'; readonly missing: Missing }
  | UsedKey;

interface UsedKey {
  readonly kind: 'key';
  /** Its id is a hole where only an alias is known. */
  readonly keyArn: Text;
  /** The Region of the resource and so of the key. */
  readonly region: Text;
  readonly isManaged: boolean;
  readonly isNamedByAlias: boolean;
  /** The account of the resource, as far as it or the key tells. */
  readonly ownerAccount: Text | undefined;
  /** With the AWS managed key, where that is used. */
  readonly inventory: Inventory;
  readonly assumed: readonly Missing[];
}

/** Which key the service uses for the resource of a request; a resource that is not listed may have any. */
export function keyOfResource(
  inventory: Inventory,
  request: PartialRequest,
  profile: ServiceProfile,
  direction: 'reads' | 'writes',
  listed: Dependant | undefined,
): ResourceKey {
  if (listed === undefined) return unknownEncryption(request);
  const { encryption } = listed;
  // SOURCE: facts kms-services, S3: `AES256` is S3's own
  if (encryption === 'AES256') return { kind: 'none', assumed: [] };
  const isKms = encryption?.startsWith('aws:kms') === true;
  if (encryption !== undefined && !isKms) return unknownEncryption(request);
  const reference = referenceOf(profile, listed, isKms);
  if (reference === undefined) {
    // What nobody says is a limit that was not supplied.
    if (request.assume === 'nothing') return unknownEncryption(request);
    return {
      kind: 'none',
      assumed: [attribute(listed.arn, 'its encryption, taken not to use KMS')],
    };
  }
  const used = resolve(inventory, request, profile, direction, listed, reference);
  const assumed = direction === 'reads' && profile.service === 's3' ? [asStored(request)] : [];
  return { ...used, assumed: [...used.assumed, ...assumed] };
}

function referenceOf(
  profile: ServiceProfile,
  { key }: Dependant,
  isKms: boolean,
): Text | undefined {
  if (key !== undefined && key !== '') return key;
  return isKms || profile.unchosen === 'managed-key' ? profile.managedAlias : undefined;
}

function unknownEncryption({ resource }: PartialRequest): ResourceKey {
  const detail = 'the KMS key that it is encrypted with, if with any';
  return { kind: 'unknown', missing: attribute(resource, detail) };
}

// An object keeps the key that it was stored with, which the bucket does not tell.
function asStored({ resource }: PartialRequest): Missing {
  return attribute(resource, 'the key of the object, taken to be the one that its bucket now uses');
}

function attribute(of: Text, detail: string): Missing {
  return { layer: 'attribute', of, detail };
}

function resolve(
  inventory: Inventory,
  request: PartialRequest,
  profile: ServiceProfile,
  direction: 'reads' | 'writes',
  listed: Dependant,
  reference: Text,
): UsedKey {
  const { caller } = request;
  const callerAccount = 'account' in caller ? caller.account : undefined;
  const owner = request.resourceAccount ?? stated(listed.account);
  const name = parseArn(reference)?.resource ?? reference;
  const isNamedByAlias = name.startsWith('alias/');
  if (name === profile.managedAlias) {
    const account = owner ?? callerAccount ?? listed.account;
    return { ...withManagedKey(inventory, profile, listed, account), ownerAccount: owner };
  }
  // SOURCE: facts kms-services, S3: an alias resolves in the requester's account
  const isCallers = profile.namesResolveIn === 'caller' && direction === 'writes';
  const home = isCallers ? (callerAccount ?? owner) : owner;
  const key = findNamed(inventory, reference, home, stated(listed.region));
  const region = stated(listed.region) ?? key?.region ?? listed.region;
  const ownerFromKey =
    owner === undefined && request.assume !== 'nothing' ? stated(key?.account) : owner;
  const account = key?.account ?? home ?? listed.account;
  return {
    kind: 'key',
    keyArn: key?.arn ?? arnOf(reference, listed, region, account),
    region,
    isManaged: false,
    isNamedByAlias,
    ownerAccount: ownerFromKey,
    inventory,
    assumed:
      ownerFromKey === owner
        ? []
        : [attribute(listed.arn, 'its account, taken to be that of its KMS key')],
  };
}

function stated(text: Text | undefined): Text | undefined {
  return text === undefined || text === '' || hasHole(text) ? undefined : text;
}

// The key of a name that is in that account and Region, as far as those are known.
function findNamed(
  inventory: Inventory,
  reference: Text,
  account: Text | undefined,
  region: Text | undefined,
): Key | undefined {
  const home = { ...(account && { account }), ...(region && { region }) };
  const isArn = parseArn(reference) !== undefined;
  const found = findKeys(inventory, reference, isArn ? {} : home).filter(
    (key) => isArn || (mayBe(key.account, account) && mayBe(key.region, region)),
  );
  const [first, ...others] = found;
  return others.every((other) => other.arn === first?.arn) ? first : undefined;
}

function mayBe(text: Text, wanted: Text | undefined): boolean {
  return wanted === undefined || equalTexts(text, wanted) !== false;
}

function arnOf(reference: Text, { arn }: Dependant, region: Text, account: Text): Text {
  const given = parseArn(reference);
  if (given?.resource.startsWith('key/') === true) return reference;
  // A whole ARN may be known only at deployment.
  if (given === undefined && hasHole(reference)) return reference;
  const { partition } = given ?? parseArn(arn) ?? { partition: 'aws' };
  const place = `arn:${partition}:kms:${given?.region ?? region}:${given?.account ?? account}`;
  const name = given?.resource ?? reference;
  return name.startsWith('alias/')
    ? `${place}:key/${hole('request', `the key behind ${name}`)}`
    : `${place}:key/${name}`;
}

/** The AWS managed key of the service, whose policy is always the same and need not be supplied. */
function withManagedKey(
  inventory: Inventory,
  { service, managedAlias }: ServiceProfile,
  listed: Dependant,
  account: Text,
): Omit<UsedKey, 'ownerAccount'> {
  const { region, arn: resource, span, unit } = listed;
  const partition = parseArn(resource)?.partition ?? 'aws';
  const known = findNamed(inventory, managedAlias, account, region);
  const place = `arn:${partition}:kms:${known?.region ?? region}:${account}`;
  const arn = known?.arn ?? `${place}:key/${hole('request', `the key behind ${managedAlias}`)}`;
  const key: Key = {
    address: arn,
    unit,
    span,
    account,
    region,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    multiRegion: 'no',
    aliases: [managedAlias],
    tags: new Map(),
    ...known,
    arn,
    manager: 'AWS',
    // SOURCE: facts kms-authz 13, 120
    policy: known?.policy ?? parseManaged(partition, account, region, service),
  };
  return {
    kind: 'key',
    keyArn: arn,
    region: key.region,
    isManaged: true,
    isNamedByAlias: true,
    inventory: { ...inventory, keys: [...inventory.keys.filter((one) => one !== known), key] },
    assumed: [],
  };
}

function parseManaged(partition: Text, account: Text, region: Text, service: string) {
  const text = managedKeyPolicy(partition, account, region, service);
  const node = parseJson({ path: `policy of aws/${service}`, text }).value;
  invariant(node !== undefined, 'a policy of AWS is JSON');
  return parsePolicy(node, 'key-policy').value;
}
