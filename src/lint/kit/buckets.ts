import { decide, type Authorization } from '../../authorization/decide/index.js';
import {
  createContext,
  documentsOf,
  findKey,
  groundings,
  keyIdOf,
  parseCaller,
  type Dependant,
  type Inventory,
  type Key,
} from '../../inventory/index.js';
import { parseArn, type Statement } from '../../policy/index.js';
import { hasHole, invariant, showText, type Text } from '../../source/index.js';
import type { Circumstances } from './circumstances.js';
import { standInKey } from './stand-ins.js';
import { statementsIn } from './statements.js';
import { areAllRefused, type Try } from './tries.js';

/** A bucket that encrypts with a customer managed key. */
export interface KmsBucket {
  /** In the account and Region of its key, where nothing says which they are. */
  readonly bucket: Dependant;
  readonly key: Key;
  /** The inventory with just that bucket and key in place of what it says of them. */
  readonly stage: Inventory;
  /** Whether the key policy is known; a key of unknown policy counts as one that leaves access to IAM policies. */
  readonly isKeyKnown: boolean;
}

/** The buckets of an inventory that encrypt with a customer managed key. */
export function kmsBucketsOf(inventory: Inventory): readonly KmsBucket[] {
  const known = memory.get(inventory) ?? findKmsBuckets(inventory);
  memory.set(inventory, known);
  return known;
}

// An inventory never changes, and what decides about a bucket is indexed for its stage once.
const memory = new WeakMap<Inventory, readonly KmsBucket[]>();

function findKmsBuckets(inventory: Inventory): readonly KmsBucket[] {
  return inventory.dependants.flatMap((one) => {
    if (!isKmsBucket(one) || one.key === undefined) return [];
    if (/(^|:)alias\/aws\//.test(one.key)) return [];
    return [withBucket(inventory, one, one.key)];
  });
}

function isKmsBucket({ service, type, encryption = 'aws:kms' }: Dependant): boolean {
  return service === 's3' && type === 'bucket' && encryption.startsWith('aws:kms');
}

/** A bucket, listed or not, with its key on a stage. */
export function withBucket(inventory: Inventory, listed: Dependant, reference: Text): KmsBucket {
  const { account, region, arn } = listed;
  const { key, stage, isKeyKnown } = withKeyOf(inventory, reference, {
    account,
    region,
    partition: parseArn(arn)?.partition ?? 'aws',
  });
  const bucket: Dependant = {
    ...listed,
    arn: hasHole(parseArn(arn)?.partition ?? '') ? inPartitionOf(key, arn) : arn,
    key: key.arn,
    encryption: listed.encryption ?? 'aws:kms',
    account: hasHole(account) ? key.account : account,
    region: key.region,
  };
  const others = stage.dependants.filter((one) => one.arn !== arn);
  return { bucket, key, isKeyKnown, stage: { ...stage, dependants: [...others, bucket] } };
}

function inPartitionOf(key: Key, arn: Text): Text {
  const { partition = 'aws' } = parseArn(key.arn) ?? {};
  return `arn:${partition}:s3:::${parseArn(arn)?.resource ?? ''}`;
}

/** A key by any reference; one that the inventory does not tell the policy of is put on stage. */
function withKeyOf(
  inventory: Inventory,
  reference: Text,
  home: Place,
): Pick<KmsBucket, 'key' | 'stage' | 'isKeyKnown'> {
  const listed = findKey(inventory, reference, home) ?? findById(inventory, reference);
  if (listed?.policy !== undefined) {
    const stage = inventory.keys.includes(listed)
      ? inventory
      : { ...inventory, keys: [...inventory.keys, listed] };
    return { key: listed, stage, isKeyKnown: true };
  }
  const key =
    listed === undefined
      ? keyNamed(inventory, reference, home)
      : standInKey(listed.arn, listed.aliases);
  const others = inventory.keys.filter((one) => one !== listed);
  return { key, stage: { ...inventory, keys: [...others, key] }, isKeyKnown: false };
}

/** Saved output may tell the id of a key and its policy, and not where it is, which its ARN elsewhere does. */
function findById({ keys }: Inventory, reference: Text): Key | undefined {
  const { account, region, resource = '' } = parseArn(reference) ?? {};
  if (!resource.startsWith('key/') || account === undefined || region === undefined) {
    return undefined;
  }
  const found = keys.find((key) => `key/${keyIdOf(key)}` === resource && key.account === account);
  return found && { ...found, arn: reference, region };
}

function keyNamed(inventory: Inventory, reference: Text, home: Place): Key {
  const arn = parseArn(reference);
  const name = arn?.resource ?? reference;
  const { partition, region, account } = arn ?? home;
  const place = `arn:${partition}:kms:${region}:${account}`;
  if (name.startsWith('alias/')) return standInKey(`${place}:key/${KEY}`, [name]);
  const key = standInKey(`${place}:key/${name.replace(/^key\//, '')}`);
  // A whole ARN may be known only at deployment, as that of a parameter or of an imported value.
  const isWhole = arn === undefined && hasHole(reference) && isResource(inventory, reference);
  return isWhole ? { ...key, arn: reference } : key;
}

interface Place {
  readonly partition: Text;
  readonly account: Text;
  readonly region: Text;
}

function isResource(inventory: Inventory, text: Text): boolean {
  for (const { document } of documentsOf(inventory)) {
    const statements = statementsIn(document);
    if (statements.some(({ resource }) => resource?.patterns.some((one) => one.text === text))) {
      return true;
    }
  }
  return false;
}

const KEY = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

/** Circumstances of a call that S3 makes for somebody, with nothing but its own pair in the encryption context. */
export function viaS3({ context }: Circumstances, { key }: KmsBucket, arn: Text): Circumstances {
  return {
    context: { ...context, 'kms:ViaService': `s3.${key.region}.amazonaws.com` },
    encryptionContext: { 'aws:s3:arn': arn },
  };
}

/** Whether S3 lets somebody put an object, whichever encryption the request asks for. */
export function decidePut(
  { stage, bucket, key }: KmsBucket,
  callerArn: Text,
  objectKey: Text,
): Authorization['decision'] {
  const caller = parseCaller(callerArn);
  invariant(caller !== undefined, 'only who can make a request puts objects');
  const ask = (headers: Readonly<Record<string, string>>): Authorization['decision'] =>
    decide(stage, {
      caller,
      action: 's3:PutObject',
      resource: `${bucket.arn}/${objectKey}`,
      resourceAccount: bucket.account,
      context: createContext({ 'aws:SecureTransport': 'true', ...headers }),
    }).decision;
  const plain = ask({});
  if (plain === 'Allow') return plain;
  return ask({
    's3:x-amz-server-side-encryption': 'aws:kms',
    's3:x-amz-server-side-encryption-aws-kms-key-id': key.arn,
  });
}

/** Whether tries are refused whatever is known only at deployment turns out to be. */
export function areRefusedInEveryWorld(stage: Inventory, tries: readonly Try[]): boolean {
  return groundings(stage).every(
    ({ inventory, fill }) => areAllRefused(inventory, fill(tries)) === true,
  );
}

/** Names of objects in a bucket that some statements are about, and one that none of them need be. */
export function objectKeysIn(statements: readonly Statement[], bucketArn: Text): readonly Text[] {
  const start = `${bucketArn}/`;
  const named = statements
    .flatMap(textsAbout)
    .filter((text) => text.startsWith(start) && !text.includes('${'))
    .map((text) => text.slice(start.length).replace(/\*/g, 'object').replace(/\?/g, 'x'));
  return [...new Set([...named, 'object'])].filter((name) => name !== '');
}

function textsAbout({ resource, conditions }: Statement): readonly Text[] {
  const values = conditions.filter(isAboutObjects).flatMap((condition) => condition.values);
  return [...(resource?.patterns ?? []), ...values].map(({ text }) => text);
}

/** Whether a condition compares the pair that S3 puts into the encryption context. */
export function isAboutObjects({ key }: Statement['conditions'][number]): boolean {
  return key.toLowerCase() === 'kms:encryptioncontext:aws:s3:arn';
}

/** How a message calls a bucket: by its name, or, where that is known only at deployment, by its logical id. */
export function nameOfBucket({ arn, address }: Dependant): string {
  return hasHole(arn) && hasHole(parseArn(arn)?.resource ?? arn)
    ? showText(address)
    : showText(parseArn(arn)?.resource ?? arn);
}
