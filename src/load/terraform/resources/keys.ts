import type { Alias, Grant, Key, PolicyOwner } from '../../../inventory/index.js';
import { parseArn, type PolicyDocument } from '../../../policy/index.js';
import type { Text } from '../../../source/index.js';
import { defaultKeyPolicy } from '../../default-key-policy.js';
import { textsIn } from '../../passed.js';
import { arnOf, idOf } from '../attributes.js';
import { definedAt, type Report, type Resource } from '../resource.js';
import { flagAt, settingAt, textAt, textMap, valueAt, valuesAt } from '../values.js';
import { readPolicy } from './documents.js';

/** The keys that a configuration creates, replicas included, with the policies and grants that it gives them. */
export function keysOf(resources: readonly Resource[], report: Report): readonly Key[] {
  const policies = policiesByKey(resources, report);
  const grants = grantsByKey(resources);
  return resources.flatMap((resource) => {
    const made = keyOf(resource);
    if (made === undefined) return [];
    const names = [made.arn, idOf(resource)];
    const given = names.flatMap((name) => grants.get(name) ?? []);
    const key = { ...made, ...(given.length > 0 && { grants: given }) };
    return policiesOf(resource, names, policies, report).map((policy) => ({ ...key, ...policy }));
  });
}

function keyOf(resource: Resource): Key | undefined {
  switch (resource.type) {
    case 'aws_kms_key':
      return { ...commonOf(resource), ...settingsOf(resource) };
    case 'aws_kms_external_key':
      return {
        ...commonOf(resource),
        ...multiRegionOf(resource),
        spec: 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        origin: 'EXTERNAL',
        ...externalState(resource),
      };
    case 'aws_kms_replica_key':
      return {
        ...commonOf(resource),
        ...replicaOf(resource, 'primary_key_arn'),
        ...stateOf(resource),
      };
    case 'aws_kms_replica_external_key':
      return {
        ...commonOf(resource),
        ...replicaOf(resource, 'primary_key_arn'),
        origin: 'EXTERNAL',
        ...externalState(resource),
      };
  }
  return undefined;
}

function commonOf(resource: Resource): Key {
  const { account, region } = resource.place;
  const tags = textMap(valueAt(resource.body, 'tags_all') ?? valueAt(resource.body, 'tags'));
  return {
    ...definedAt(resource),
    arn: arnOf(resource),
    account,
    region,
    manager: 'CUSTOMER',
    ...(tags && { tags }),
    ...(resource.change === 'replace' && { replaced: true }),
  };
}

// SOURCE: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key
function settingsOf(resource: Resource): Partial<Key> {
  const spec = settingAt(resource, 'customer_master_key_spec', 'SYMMETRIC_DEFAULT');
  const usage = settingAt(resource, 'key_usage', 'ENCRYPT_DECRYPT');
  const store = textAt(resource, 'custom_key_store_id');
  const rotation = flagAt(resource, 'enable_key_rotation', false);
  return {
    ...(spec !== undefined && { spec }),
    ...(usage !== undefined && { usage }),
    ...(store === undefined && { origin: 'AWS_KMS' }),
    ...(rotation !== undefined && { rotation }),
    ...multiRegionOf(resource),
    ...stateOf(resource),
  };
}

function multiRegionOf(resource: Resource): Partial<Key> {
  const multiRegion = flagAt(resource, 'multi_region', false);
  if (multiRegion === undefined) return {};
  return multiRegion
    ? { multiRegion: 'primary', primaryRegion: resource.place.region }
    : { multiRegion: 'no' };
}

function replicaOf(resource: Resource, argument: string): Partial<Key> {
  const primary = parseArn(textAt(resource, argument) ?? '');
  return { multiRegion: 'replica', ...(primary && { primaryRegion: primary.region }) };
}

function stateOf(resource: Resource): Partial<Key> {
  const name = resource.type === 'aws_kms_key' ? 'is_enabled' : 'enabled';
  const enabled = flagAt(resource, name, true);
  return enabled === undefined ? {} : { state: enabled ? 'Enabled' : 'Disabled' };
}

// A key for imported material waits for it.
function externalState(resource: Resource): Partial<Key> {
  return valueAt(resource.body, 'key_material_base64') === undefined
    ? { state: 'PendingImport' }
    : stateOf(resource);
}

/** The policy of a key, or each of those that several resources give it, the one that is put last first. */
function policiesOf(
  resource: Resource,
  names: readonly Text[],
  policies: ReadonlyMap<Text, readonly PolicyOwner[]>,
  report: Report,
): readonly Partial<Key>[] {
  const separate = names.flatMap((name) => policies.get(name) ?? []);
  const inline = valueAt(resource.body, 'policy');
  if (separate.length === 0) {
    return inline === undefined
      ? [{ policy: readDefault(resource, report), policyIsDefault: true }]
      : [{ policy: readPolicy(inline, 'key-policy', report) }];
  }
  const own = inline && isAuthors(resource) ? readPolicy(inline, 'key-policy', report) : undefined;
  // One of which nothing is known may turn out to be none.
  const isKnown = own !== undefined && own.unresolved === undefined;
  const { address, span } = resource;
  const owners = [...separate, ...(isKnown ? [{ address, span, policy: own }] : [])];
  if (owners.length === 1) return owners.map(({ policy }) => ({ policy }));
  return owners.map((owner) => ({ policy: owner.policy, span: owner.span, policyOwners: owners }));
}

/** Whether the policy inside a key is the author's, and not what AWS says of a policy that stands elsewhere. */
function isAuthors({ written }: Resource): boolean {
  return written?.has('policy') ?? true;
}

function readDefault({ place, span }: Resource, report: Report): PolicyDocument {
  const { partition, account } = place;
  return readPolicy(defaultKeyPolicy(partition, account, span), 'key-policy', report);
}

/** Key policies that are resources of their own, by what they call the key. */
function policiesByKey(
  resources: readonly Resource[],
  report: Report,
): ReadonlyMap<Text, readonly PolicyOwner[]> {
  const policies = new Map<Text, readonly PolicyOwner[]>();
  for (const resource of resources) {
    if (resource.type !== 'aws_kms_key_policy') continue;
    const key = textAt(resource, 'key_id');
    const node = valueAt(resource.body, 'policy');
    if (key === undefined || node === undefined) continue;
    const { address, span } = resource;
    const owner = { address, span, policy: readPolicy(node, 'key-policy', report) };
    policies.set(key, [...(policies.get(key) ?? []), owner]);
  }
  return policies;
}

function grantsByKey(resources: readonly Resource[]): ReadonlyMap<Text, readonly Grant[]> {
  const grants = new Map<Text, readonly Grant[]>();
  for (const resource of resources) {
    const key = textAt(resource, 'key_id');
    const grantee = textAt(resource, 'grantee_principal');
    if (resource.type !== 'aws_kms_grant' || key === undefined || grantee === undefined) continue;
    grants.set(key, [...(grants.get(key) ?? []), grantOf(resource, grantee)]);
  }
  return grants;
}

function grantOf(resource: Resource, grantee: Text): Grant {
  const name = textAt(resource, 'name');
  const retiringPrincipal = textAt(resource, 'retiring_principal');
  const constraints = constraintsOf(resource);
  return {
    id: textAt(resource, 'grant_id') ?? resource.address,
    ...(name !== undefined && { name }),
    grantee,
    operations: textsIn(valueAt(resource.body, 'operations')).map(({ text }) => text),
    ...(retiringPrincipal !== undefined && { retiringPrincipal }),
    ...(constraints && { constraints }),
    span: resource.span,
  };
}

function constraintsOf({ body }: Resource): Grant['constraints'] {
  const equals = textMap(valuesAt(body, 'constraints[].encryption_context_equals')[0]);
  const subset = textMap(valuesAt(body, 'constraints[].encryption_context_subset')[0]);
  if (equals === undefined && subset === undefined) return undefined;
  return {
    ...(equals && { encryptionContextEquals: equals }),
    ...(subset && { encryptionContextSubset: subset }),
  };
}

/** The aliases that a configuration creates. */
export function aliasesOf(resources: readonly Resource[]): readonly Alias[] {
  return resources.flatMap((resource) => {
    if (resource.type !== 'aws_kms_alias') return [];
    const name = textAt(resource, 'name');
    const target = textAt(resource, 'target_key_id');
    if (name === undefined || target === undefined) return [];
    const { account, region } = resource.place;
    return [{ ...definedAt(resource), name, target, account, region }];
  });
}
