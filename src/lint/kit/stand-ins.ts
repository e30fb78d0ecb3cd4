import { emptyInventory, type Inventory, type Key, type Principal } from '../../inventory/index.js';
import {
  parseArn,
  parsePrincipal,
  type Condition,
  type Pattern,
  type PatternElement,
  type PolicyDocument,
  type PolicyKind,
  type PrincipalElement,
  type Statement,
} from '../../policy/index.js';
import { wholeOf, type Text } from '../../source/index.js';
import { stageFor } from './calls.js';

/** A role on a stage of its own, and a key whose policy leaves everything to IAM policies. */
export interface Bench {
  readonly stage: Inventory;
  readonly key: Key;
  /** The ARN of the role. */
  readonly caller: Text;
}

/**
 * A stage with nothing on it but a key and a role, whose one IAM policy has one statement: it allows some
 * actions under some conditions. So each part of a policy can be tried by itself.
 */
export function benchFor({
  actions = ['kms:Decrypt'],
  conditions = [],
  keyArn = KEY,
}: Part): Bench {
  const key = standInKey(keyArn);
  const caller = roleOfAccount(key.account, key.arn);
  const policy = documentOf('identity', [allowing({ actions, conditions })]);
  const stage = { ...emptyInventory, keys: [key], principals: [standInRole(caller, [policy])] };
  return { stage: stageFor(stage, key), key, caller };
}

/** As {@link benchFor}, with the statement in the key policy, which names the role and nobody else. */
export function keyBenchFor({
  actions = ['kms:Decrypt'],
  conditions = [],
  keyArn = KEY,
}: Part): Bench {
  const bare = standInKey(keyArn);
  const caller = roleOfAccount(bare.account, bare.arn);
  const statement = allowing({ actions, conditions, principals: [caller] });
  const key = { ...bare, policy: documentOf('key-policy', [statement]) };
  const stage = { ...emptyInventory, keys: [key], principals: [standInRole(caller, [])] };
  return { stage: stageFor(stage, key), key, caller };
}

interface Part {
  readonly actions?: readonly Text[];
  readonly conditions?: readonly Condition[];
  readonly keyArn?: Text;
}

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function roleOfAccount(account: Text, keyArn: Text): Text {
  return `arn:${parseArn(keyArn)?.partition ?? 'aws'}:iam::${account}:role/stand-in`;
}

/** An enabled symmetric key that the inventory does not have, with the default key policy, no alias and no tag. */
export function standInKey(arn: Text, aliases: readonly Text[] = []): Key {
  const { partition = 'aws', region = '', account = '' } = parseArn(arn) ?? {};
  const root = `arn:${partition}:iam::${account}:root`;
  return {
    ...madeUp(arn),
    arn,
    account,
    region,
    policy: documentOf('key-policy', [allowing({ actions: ['kms:*'], principals: [root] })]),
    policyIsDefault: true,
    manager: 'CUSTOMER',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    state: 'Enabled',
    origin: 'AWS_KMS',
    multiRegion: 'no',
    aliases,
    tags: new Map<Text, Text>(),
    grants: [],
  };
}

/** A role that the inventory does not have, with these IAM policies and no others. */
export function standInRole(arn: Text, policies: readonly PolicyDocument[]): Principal {
  return { ...standIn(arn, policies), kind: 'role' };
}

/** A user that the inventory does not have, with the policies of some groups and no others. */
export function standInUser(arn: Text, groups: readonly Text[]): Principal {
  return { ...standIn(arn, []), kind: 'user', groups };
}

function standIn(arn: Text, policies: readonly PolicyDocument[]): Omit<Principal, 'kind'> {
  const { account = '', resource = '' } = parseArn(arn) ?? {};
  return {
    ...madeUp(arn),
    arn,
    account,
    name: resource.split('/').at(-1) ?? '',
    tags: new Map<Text, Text>(),
    policies,
    boundary: 'none',
    serviceLinked: false,
    fixedName: true,
  };
}

function madeUp(address: Text): Pick<Key, 'address' | 'unit' | 'span'> {
  return { address, unit: 'imagined', span: nowhere };
}

const nowhere = wholeOf({ path: 'made up to try something', text: '' });

/** A document with these statements in force, none of them subject to a choice at deployment. */
function documentOf(kind: PolicyKind, statements: readonly Statement[]): PolicyDocument {
  return { kind, version: '2012-10-17', statements, span: nowhere };
}

interface Allowed {
  readonly actions: readonly Text[];
  readonly principals?: readonly Text[];
  readonly conditions?: readonly Condition[];
}

/** A statement that allows some actions on everything. */
function allowing({ actions, principals, conditions = [] }: Allowed): Statement {
  return {
    kind: 'statement',
    index: 0,
    effect: 'Allow',
    ...(principals === undefined ? {} : { principal: principalElement(principals) }),
    action: patternElement(actions),
    resource: patternElement(['*']),
    conditions,
    span: nowhere,
  };
}

function principalElement(principals: readonly Text[]): PrincipalElement {
  const entries = principals.map((text) => {
    const form = parsePrincipal('AWS', text);
    return { type: 'AWS', text, form, span: nowhere } as const;
  });
  return { negated: false, entries, span: nowhere };
}

function patternElement(texts: readonly Text[]): PatternElement {
  const patterns = texts.map((text): Pattern => ({ text, span: nowhere }));
  return { negated: false, patterns, span: nowhere };
}
