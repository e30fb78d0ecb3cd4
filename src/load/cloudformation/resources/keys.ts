import { passedBoolean } from '../../passed.js';
import type { Alias, Key } from '../../../inventory/index.js';
import { parseArn } from '../../../policy/index.js';
import { hasHole, type Node } from '../../../source/index.js';
import { defaultKeyPolicy } from '../../default-key-policy.js';
import { arnOf } from '../references.js';
import type { Report } from '../report.js';
import { readPolicy } from './documents.js';
import { definedAt, tagsOf, textAt, valueOf, type Placed } from './placed.js';

/** The keys that a template creates, replicas included. */
export function keysOf(placed: readonly Placed[], report: Report): readonly Key[] {
  return placed.flatMap((at) => {
    switch (at.resource.type) {
      case 'AWS::KMS::Key':
        return [keyOf(at, report)];
      case 'AWS::KMS::ReplicaKey':
        return [replicaOf(at, report)];
    }
    return [];
  });
}

function keyOf(at: Placed, report: Report): Key {
  const { region } = at.stack.place;
  const origin = setting(at, 'Origin', 'AWS_KMS');
  const spec = setting(at, 'KeySpec', 'SYMMETRIC_DEFAULT');
  const usage = setting(at, 'KeyUsage', 'ENCRYPT_DECRYPT');
  const state = stateOf(at, origin);
  const multiRegion = flag(at, 'MultiRegion', false);
  const rotation = flag(at, 'EnableKeyRotation', false);
  return {
    ...commonOf(at, report),
    ...(origin !== undefined && { origin }),
    ...(spec !== undefined && { spec }),
    ...(usage !== undefined && { usage }),
    ...(multiRegion !== undefined && { multiRegion: multiRegion ? 'primary' : 'no' }),
    ...(multiRegion && { primaryRegion: region }),
    ...(rotation !== undefined && { rotation }),
    ...(state !== undefined && { state }),
  };
}

function replicaOf(at: Placed, report: Report): Key {
  const primary = parseArn(textAt(at, 'PrimaryKeyArn') ?? '');
  const state = stateOf(at, 'AWS_KMS');
  return {
    ...commonOf(at, report),
    multiRegion: 'replica',
    ...(primary && { primaryRegion: primary.region }),
    ...(state !== undefined && { state }),
  };
}

function commonOf(at: Placed, report: Report): Key {
  const { account, region } = at.stack.place;
  const tags = tagsOf(at);
  return {
    ...definedAt(at),
    arn: arnOf(at.resource, at.stack),
    account,
    region,
    manager: 'CUSTOMER',
    ...policyOf(at, report),
    ...(tags && { tags }),
  };
}

function policyOf(at: Placed, report: Report): Pick<Key, 'policy' | 'policyIsDefault'> {
  const given = valueOf(at, 'KeyPolicy');
  const policy = given && readPolicy(withDefaultInside(given, at), 'key-policy', report);
  if (policy) return { policy };
  return { policy: readPolicy(defaultPolicyOf(at), 'key-policy', report), policyIsDefault: true };
}

/** Where the template may leave the policy out, the default one is among the choices. */
function withDefaultInside(given: Node, at: Placed): Node {
  if (given.kind !== 'unresolved' || !given.alternatives) return given;
  const alternatives = given.alternatives.map((branch) => branch ?? defaultPolicyOf(at));
  return { ...given, alternatives };
}

function defaultPolicyOf({ resource, stack }: Placed): Node {
  return defaultKeyPolicy(stack.place.partition, stack.place.account, resource.idSpan);
}

// SOURCE: facts kms-condition-keys and the CloudFormation pages of both types: a key is created
// enabled, but one for imported material waits for it.
function stateOf(at: Placed, origin: string | undefined): string | undefined {
  if (origin === 'EXTERNAL') return 'PendingImport';
  const enabled = flag(at, 'Enabled', true);
  return origin === undefined || enabled === undefined
    ? undefined
    : enabled
      ? 'Enabled'
      : 'Disabled';
}

/** The text of a property, its default where it is absent, `undefined` where it is not known yet. */
function setting(at: Placed, path: string, preset: string): string | undefined {
  const text = textAt(at, path) ?? preset;
  return hasHole(text) ? undefined : text;
}

function flag(at: Placed, path: string, preset: boolean): boolean | undefined {
  const node = valueOf(at, path);
  return node === undefined ? preset : passedBoolean(node);
}

/** The aliases that a template creates. */
export function aliasesOf(placed: readonly Placed[]): readonly Alias[] {
  return placed.flatMap((at) => {
    if (at.resource.type !== 'AWS::KMS::Alias') return [];
    const name = textAt(at, 'AliasName');
    const target = textAt(at, 'TargetKeyId');
    if (name === undefined || target === undefined) return [];
    const { account, region } = at.stack.place;
    return [{ ...definedAt(at), name, target, account, region }];
  });
}
