import type { Alias, Grant, Key } from '../../../inventory/index.js';
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
    const policy = policyOf(resource, names, policies, report);
    const given = names.flatMap((name) => grants.get(name) ?? []);
    return [{ ...made, ...policy, ...(given.length > 0 && { grants: given }) }];
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

function policyOf(
  resource: Resource,
  names: readonly Text[],
  policies: ReadonlyMap<Text, PolicyDocument>,
  report: Report,
): Pick<Key, 'policy' | 'policyIsDefault'> {
  const inline = valueAt(resource.body, 'policy');
  if (inline !== undefined) return { policy: readPolicy(inline, 'key-policy', report) };
  const separate = names.map((name) => policies.get(name)).find((found) => found !== undefined);
  if (separate !== undefined) return { policy: separate };
  const { partition, account } = resource.place;
  const preset = defaultKeyPolicy(partition, account, resource.span);
  return { policy: readPolicy(preset, 'key-policy', report), policyIsDefault: true };
}

/** Key policies that are resources of their own, by what they call the key. */
function policiesByKey(
  resources: readonly Resource[],
  report: Report,
): ReadonlyMap<Text, PolicyDocument> {
  const policies = new Map<Text, PolicyDocument>();
  for (const resource of resources) {
    if (resource.type !== 'aws_kms_key_policy') continue;
    const key = textAt(resource, 'key_id');
    const node = valueAt(resource.body, 'policy');
    if (key === undefined || node === undefined) continue;
    policies.set(key, readPolicy(node, 'key-policy', report));
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
