import { passedBoolean, passedText } from '../../passed.js';
import type { Dependant } from '../../../inventory/index.js';
import type { PolicyDocument } from '../../../policy/index.js';
import { find, type Node, type Text } from '../../../source/index.js';
import { arnOf, nameOf, refOf } from '../references.js';
import type { Report } from '../report.js';
import { findResourceType, serviceOf, type ResourceType } from '../types/index.js';
import { readPolicy } from './documents.js';
import { definedAt, textAt, valueOf, valuesOf, type Placed } from './placed.js';
import type { ResourcePolicies } from '../../resource-policies.js';

/** The resources that use keys, or whose policies matter to those that do. */
export function dependantsOf(
  placed: readonly Placed[],
  policies: ResourcePolicies,
  report: Report,
): readonly Dependant[] {
  const templates = launchTemplatesIn(placed);
  return placed.flatMap((at) => {
    const type = findResourceType(at.resource.type);
    if (!type?.keys) return [];
    const policy = policyOf(at, type, policies, report);
    const [main, ...others] = keysAt(at, type, templates);
    return [
      { ...dependantOf(at, type), ...main?.reference, ...bucketOf(at), ...(policy && { policy }) },
      ...others.map(({ path, reference }) => ({
        ...dependantOf(at, type),
        type: `${type.kind} ${path}`,
        ...reference,
      })),
    ];
  });
}

function dependantOf(at: Placed, type: ResourceType): Dependant {
  const { account, region } = at.stack.place;
  const service = serviceOf(type);
  const arn = arnOf(at.resource, at.stack);
  return { ...definedAt(at), service, type: type.kind, arn, account, region };
}

interface KeyAt {
  /** The property, with the number of the item where it lists several. */
  readonly path: string;
  readonly reference: Required<Pick<Dependant, 'key' | 'keySpan'>>;
}

/** Each key that the resource uses, once. */
function keysAt(
  at: Placed,
  type: ResourceType,
  templates: ReadonlyMap<Text, Placed>,
): readonly KeyAt[] {
  const found = new Map<Text, KeyAt>();
  const add = (path: string, node: Node): void => {
    const key = passedText(node);
    if (key === undefined || key === '' || found.has(key)) return;
    found.set(key, { path, reference: { key, keySpan: node.span } });
  };
  for (const path of type.keys ?? []) {
    valuesOf(at, path).forEach((node, index) => {
      add(path.replaceAll('[]', `[${String(index)}]`), node);
    });
  }
  for (const reference of launchReferences) {
    const template = templates.get(textAt(at, reference) ?? '');
    for (const node of template ? valuesOf(template, launchKeys) : []) add(reference, node);
  }
  return [...found.values()];
}

// What an Auto Scaling group launches, and so which keys its volumes have, stands elsewhere.
const launchKeys = 'LaunchTemplateData.BlockDeviceMappings[].Ebs.KmsKeyId';
const launchTemplate = 'LaunchTemplateSpecification';
const launchReferences = [
  'LaunchTemplate.LaunchTemplateId',
  'LaunchTemplate.LaunchTemplateName',
  `MixedInstancesPolicy.LaunchTemplate.${launchTemplate}.LaunchTemplateId`,
  `MixedInstancesPolicy.LaunchTemplate.${launchTemplate}.LaunchTemplateName`,
];

/** Launch templates by id and by name. */
function launchTemplatesIn(placed: readonly Placed[]): ReadonlyMap<Text, Placed> {
  const templates = new Map<Text, Placed>();
  for (const at of placed) {
    if (at.resource.type !== 'AWS::EC2::LaunchTemplate') continue;
    templates.set(refOf(at.resource, at.stack), at);
    const name = textAt(at, 'LaunchTemplateName');
    if (name !== undefined) templates.set(name, at);
  }
  return templates;
}

function policyOf(
  at: Placed,
  type: ResourceType,
  policies: ResourcePolicies,
  report: Report,
): PolicyDocument | undefined {
  const own = type.policy === undefined ? undefined : valueOf(at, type.policy);
  if (own) return readPolicy(own, 'resource', report);
  const { resource, stack } = at;
  return policies.of([refOf(resource, stack), arnOf(resource, stack), nameOf(resource, stack)]);
}

/** How a bucket encrypts new objects. */
function bucketOf(at: Placed): Pick<Dependant, 'encryption' | 'bucketKey'> {
  if (at.resource.type !== 'AWS::S3::Bucket') return {};
  const [rule] = valuesOf(at, 'BucketEncryption.ServerSideEncryptionConfiguration[]');
  // SOURCE: S3 user guide, "default encryption": a bucket without a setting encrypts with AES256.
  if (rule === undefined) return { encryption: 'AES256' };
  const algorithm = find(find(rule, 'ServerSideEncryptionByDefault'), 'SSEAlgorithm');
  const bucketKey = find(rule, 'BucketKeyEnabled');
  const isOn = bucketKey === undefined ? false : passedBoolean(bucketKey);
  return {
    ...(algorithm?.kind === 'scalar' && { encryption: passedText(algorithm) ?? '' }),
    ...(rule.kind !== 'unresolved' && isOn !== undefined && { bucketKey: isOn }),
  };
}
