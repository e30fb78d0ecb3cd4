import {
  keySpecs,
  keyUsages,
  limits,
  operations,
  type KeySpec,
  type KeyUsage,
} from '../../facts/index.js';
import type { Key } from '../../inventory/index.js';
import { wholeOf, type Text } from '../../source/index.js';
import type { KmsException } from '../call.js';
import type { Entropy } from '../engine.js';
import { exception, invalid, limitExceeded, unsupported } from '../exceptions.js';
import { usagesOf } from '../key-facts.js';
import { operation, type Scene } from '../operation.js';
import type { KmsInputs, KmsOutputs } from '../operations.js';
import { defaultKeyPolicy, readKeyPolicy, readOwnPolicy } from '../policies.js';
import { boolValue, tagValues, type Ask, type Values } from '../request.js';
import { failed, succeeded, type Result } from '../result.js';
import { withKey, withNote, type State } from '../state.js';
import { metadataOf } from './metadata.js';
import { aliasValues, askOnKey, onKey, onNothing, theKey } from './on-key.js';

type Tags = KmsInputs['CreateKey']['Tags'];

export const createKey = operation<
  KmsInputs['CreateKey'],
  KmsOutputs['CreateKey'],
  Readonly<Record<string, never>>
>({
  resolve: () => succeeded({}),
  asks: (_scene, input) => creationAsks(input.Tags, creationValues(input)),
  run: (scene, input) => {
    const spec = keySpecs.find((one) => one === input.KeySpec) ?? 'SYMMETRIC_DEFAULT';
    const usage = findUsage(spec, input.KeyUsage);
    if (usage.kind === 'failed') return usage;
    const refused = checkOrigin(input) ?? checkTags(input.Tags);
    if (refused !== undefined) return failed(refused);
    const account = scene.account ?? '';
    const id = newKeyId(
      scene.entropy,
      input.MultiRegion === true ? 'multi-Region' : 'single-Region',
    );
    const key = newKey({
      arn: `arn:${scene.partition}:kms:${scene.region}:${account}:key/${id}`,
      account,
      region: scene.region,
      spec,
      usage: usage.value,
      origin: input.Origin ?? 'AWS_KMS',
      state: input.Origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
      multiRegion: input.MultiRegion === true ? 'primary' : 'no',
      tags: tagsOf(input.Tags),
    });
    const added = addKey(scene, key, input);
    if (added.kind === 'failed') return added;
    const { state, madeKey } = added.value;
    return succeeded({ ...added.value, output: { KeyMetadata: metadataOf(state, madeKey) } });
  },
});

export const describeKey = operation<
  KmsInputs['DescribeKey'],
  KmsOutputs['DescribeKey'],
  { readonly key: Key }
>({
  resolve: theKey('DescribeKey'),
  asks: (scene, input, { key }) =>
    onKey('DescribeKey', key, aliasValues(scene, 'DescribeKey', input.KeyId)),
  run: ({ state, keys }) =>
    succeeded({ state, output: { KeyMetadata: metadataOf(state, keys.key) } }),
});

/** The permissions to make a key, with its tags (facts kms-authz 111, 112). */
export function creationAsks(tags: Tags, values: Values): readonly Ask[] {
  const withTags = { ...values, ...tagValues(tags) };
  return [
    ...operations.CreateKey.actions.map((action) => onNothing(action, withTags)),
    ...(tags === undefined || tags.length === 0 ? [] : [onNothing('kms:TagResource', withTags)]),
  ];
}

/** What a key takes from the request that makes it. */
export interface Creation {
  readonly Policy?: string;
  readonly Description?: string;
  readonly BypassPolicyLockoutSafetyCheck?: boolean;
}

export interface Added {
  readonly state: State;
  readonly madeKey: Key;
  readonly mustKeep?: Ask;
}

/** Puts a new key in place with its first policy, which the caller must be able to replace. */
export function addKey(scene: Scene, key: Key, creation: Creation): Result<Added> {
  const path = `policy of ${key.arn}`;
  const policy =
    creation.Policy === undefined
      ? succeeded(readOwnPolicy(defaultKeyPolicy(scene.partition, key.account), path))
      : readKeyPolicy(scene.state, creation.Policy, path);
  if (policy.kind === 'failed') return policy;
  const complete = { ...key, policy: policy.value, policyIsDefault: creation.Policy === undefined };
  const state = withNote(withKey(scene.state, complete), key.arn, {
    createdMs: scene.nowMs,
    policy: policy.value,
    ...(creation.Description === undefined ? {} : { description: creation.Description }),
  });
  return succeeded({ state, madeKey: complete, ...lockoutCheck(complete, creation) });
}

/** What the caller must still be allowed, unless it waives the lockout safety check (facts kms-authz 50 to 53). */
export function lockoutCheck(
  key: Key,
  { BypassPolicyLockoutSafetyCheck }: Pick<Creation, 'BypassPolicyLockoutSafetyCheck'>,
): { readonly mustKeep?: Ask } {
  if (BypassPolicyLockoutSafetyCheck === true) return {};
  return { mustKeep: askOnKey('kms:PutKeyPolicy', key, { 'aws:RequestedRegion': key.region }) };
}

/** A key of which everything is known. */
export function newKey(facts: Pick<Key, 'arn' | 'account' | 'region'> & Partial<Key>): Key {
  return {
    manager: 'CUSTOMER',
    rotation: false,
    aliases: [],
    grants: [],
    address: facts.arn,
    unit: 'engine',
    span: wholeOf({ path: facts.arn, text: '' }),
    ...facts,
  };
}

export function tagsOf(tags: Tags): ReadonlyMap<Text, Text> {
  return new Map(tags?.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
}

// SOURCE: facts kms-operations, CreateKey limits
export function checkTags(tags: Tags = []): KmsException | undefined {
  const names = tags.map(({ TagKey }) => TagKey);
  if (names.length > limits.tagsPerKey) {
    return limitExceeded(`A key has at most ${limits.tagsPerKey} tags.`);
  }
  if (new Set(names).size < names.length) {
    return exception('TagException', 'A tag key appears more than once.');
  }
  return names.some((name) => /^aws:/i.test(name))
    ? exception('TagException', 'Tag keys that begin with aws: are reserved.')
    : undefined;
}

function creationValues(input: KmsInputs['CreateKey']): Values {
  return {
    'kms:BypassPolicyLockoutSafetyCheck': boolValue(input.BypassPolicyLockoutSafetyCheck),
    'kms:KeySpec': input.KeySpec,
    'kms:CustomerMasterKeySpec': input.KeySpec,
    'kms:KeyUsage': input.KeyUsage,
    'kms:CustomerMasterKeyUsage': input.KeyUsage,
    'kms:KeyOrigin': input.Origin,
    'kms:MultiRegion': boolValue(input.MultiRegion),
    'kms:MultiRegionKeyType': input.MultiRegion === true ? 'PRIMARY' : undefined,
  };
}

// SOURCE: facts kms-operations, CreateKey: KeyUsageDefault
function findUsage(spec: KeySpec, given: string | undefined): Result<KeyUsage> {
  const usage = keyUsages.find((one) => one === given);
  if (usage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    return failed(
      invalid(
        'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
      ),
    );
  }
  const chosen = usage ?? 'ENCRYPT_DECRYPT';
  return usagesOf(spec).includes(chosen)
    ? succeeded(chosen)
    : failed(invalid(`KeyUsage ${chosen} is not compatible with KeySpec ${spec}`));
}

function checkOrigin({ Origin, MultiRegion }: KmsInputs['CreateKey']): KmsException | undefined {
  if (Origin !== 'AWS_CLOUDHSM' && Origin !== 'EXTERNAL_KEY_STORE') return undefined;
  return MultiRegion === true
    ? unsupported(`Multi-Region keys are not supported with the origin ${Origin}.`)
    : invalid(`CustomKeyStoreId is required with the origin ${Origin}.`);
}

// SOURCE: facts kms-authz 101
export function newKeyId(entropy: Entropy, kind: 'single-Region' | 'multi-Region'): string {
  const text = Buffer.from(entropy.bytes(16)).toString('hex');
  if (kind === 'multi-Region') return `mrk-${text}`;
  return [0, 8, 12, 16, 20]
    .map((start, index, starts) => text.slice(start, starts[index + 1]))
    .join('-');
}
