import type { Dependant } from '../../../inventory/index.js';
import { find, type Node, type Text } from '../../../source/index.js';
import { passedBoolean, passedText } from '../../passed.js';
import { arnOf, idOf, nameOf } from '../attributes.js';
import { definedAt, type Report, type Resource } from '../resource.js';
import { findResourceType, serviceOf, type ResourceType } from '../types/index.js';
import { textAt, valueAt, valuesAt } from '../values.js';
import { readPolicy } from './documents.js';
import type { ResourcePolicies } from '../../resource-policies.js';

/** The resources that use keys, or whose policies matter to those that do. */
export function dependantsOf(
  resources: readonly Resource[],
  policies: ResourcePolicies,
  report: Report,
): readonly Dependant[] {
  const encryption = encryptionOfBuckets(resources);
  const templates = launchTemplates(resources);
  return resources.flatMap((each) => {
    const type = findResourceType(each.type);
    if (!type?.keys) return [];
    const names = [idOf(each), arnOf(each), nameOf(each)];
    const own = type.policy === undefined ? undefined : valueAt(each.body, type.policy);
    const policy = own ? readPolicy(own, 'resource', report) : policies.of(names);
    const separate = names.map((name) => encryption.get(name)).find((found) => found);
    const [main, ...others] = keysAt(each, type, separate, templates);
    return [
      {
        ...dependantOf(each, type),
        ...main?.reference,
        ...(each.type === 'aws_s3_bucket' && bucketOf(each, separate)),
        ...(policy && { policy }),
      },
      ...others.map(({ path, reference }) => ({
        ...dependantOf(each, type),
        type: `${type.kind} ${path}`,
        ...reference,
      })),
    ];
  });
}

function dependantOf(each: Resource, type: ResourceType): Dependant {
  const { account, region } = each.place;
  return {
    ...definedAt(each),
    service: serviceOf(type),
    type: type.kind,
    arn: arnOf(each),
    account,
    region,
    ...(each.change === 'replace' && { replaced: true }),
  };
}

interface KeyAt {
  readonly path: string;
  readonly reference: Required<Pick<Dependant, 'key' | 'keySpan'>>;
}

/** Each key that the resource uses, once. */
function keysAt(
  each: Resource,
  type: ResourceType,
  separate: Resource | undefined,
  templates: ReadonlyMap<Text, Resource>,
): readonly KeyAt[] {
  const found = new Map<Text, KeyAt>();
  const add = (path: string, node: Node): void => {
    const key = passedText(node);
    if (key === undefined || key === '' || found.has(key)) return;
    found.set(key, { path, reference: { key, keySpan: node.span } });
  };
  if (separate) {
    for (const node of valuesAt(separate.body, ENCRYPTION_KEY)) add(ENCRYPTION_KEY, node);
  }
  for (const path of type.keys ?? []) {
    valuesAt(each.body, path).forEach((node, index) => {
      add(path.replaceAll('[]', `[${String(index)}]`), node);
    });
  }
  for (const reference of launchReferences) {
    const [name] = valuesAt(each.body, reference);
    const template = templates.get(passedText(name) ?? '');
    for (const node of template ? valuesAt(template.body, LAUNCH_KEYS) : []) add(reference, node);
  }
  return [...found.values()];
}

const ENCRYPTION_RULE = 'rule[].apply_server_side_encryption_by_default[]';
const ENCRYPTION_KEY = `${ENCRYPTION_RULE}.kms_master_key_id`;

/** The encryption of buckets that is a resource of its own, by what it calls the bucket. */
function encryptionOfBuckets(resources: readonly Resource[]): ReadonlyMap<Text, Resource> {
  const found = new Map<Text, Resource>();
  for (const each of resources) {
    const bucket = textAt(each, 'bucket');
    const isEncryption = each.type === 'aws_s3_bucket_server_side_encryption_configuration';
    if (isEncryption && bucket !== undefined) found.set(bucket, each);
  }
  return found;
}

/** How a bucket encrypts new objects. */
function bucketOf(
  bucket: Resource,
  separate: Resource | undefined,
): Pick<Dependant, 'encryption' | 'bucketKey'> {
  const prefix = separate ? '' : 'server_side_encryption_configuration[].';
  const [rule] = valuesAt((separate ?? bucket).body, `${prefix}rule[]`);
  // SOURCE: S3 user guide, "default encryption": a bucket without a setting encrypts with AES256.
  if (rule === undefined) return { encryption: 'AES256' };
  const [byDefault] = valuesAt(
    (separate ?? bucket).body,
    `${prefix}${ENCRYPTION_RULE}.sse_algorithm`,
  );
  const bucketKey = find(rule, 'bucket_key_enabled');
  const isOff =
    bucketKey === undefined || (bucketKey.kind === 'scalar' && bucketKey.value === null);
  const isOn = isOff ? false : passedBoolean(bucketKey);
  return {
    ...(byDefault?.kind === 'scalar' && { encryption: passedText(byDefault) ?? '' }),
    ...(rule.kind !== 'unresolved' && isOn !== undefined && { bucketKey: isOn }),
  };
}

// What an Auto Scaling group launches, and so which keys its volumes have, stands elsewhere.
const LAUNCH_KEYS = 'block_device_mappings[].ebs[].kms_key_id';
const launchReferences = [
  'launch_template[].id',
  'launch_template[].name',
  'mixed_instances_policy[].launch_template[].launch_template_specification[].launch_template_id',
  'mixed_instances_policy[].launch_template[].launch_template_specification[].launch_template_name',
];

/** Launch templates by id and by name. */
function launchTemplates(resources: readonly Resource[]): ReadonlyMap<Text, Resource> {
  const templates = new Map<Text, Resource>();
  for (const each of resources) {
    if (each.type !== 'aws_launch_template') continue;
    templates.set(idOf(each), each);
    const name = textAt(each, 'name');
    if (name !== undefined) templates.set(name, each);
  }
  return templates;
}
