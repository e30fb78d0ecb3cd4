import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer } from '../../../src/authorization/answers/index.js';
import { decide } from '../../../src/authorization/decide/index.js';
import {
  createContext,
  emptyInventory,
  parseCaller,
  type Caller,
  type Inventory,
  type Principal,
} from '../../../src/inventory/index.js';
import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../../src/policy/index.js';
import { invariant, parseJson } from '../../../src/source/index.js';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/app`;
const userArn = `arn:aws:iam::${account}:user/ann`;
const keyArn = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const teams = [undefined, 'red', 'blue'] as const;
const stages = [undefined, 'prod'] as const;

/** Tags by key; `undefined`: none. */
type Tags = Readonly<Record<'team' | 'stage', string | undefined>>;

const everyTags: readonly Tags[] = teams.flatMap((team) =>
  stages.map((stage) => ({ team, stage })),
);

/** A night's run looks at many more. */
const policies = Number(process.env['KEYPROOF_INVENTORIES'] ?? 100);

/** Tags that no key asks for may be passed along. */
const others = [{}, { project: 'x' }];

test(
  'a session can have tags exactly if somebody is allowed to make such a session',
  () => {
    const seen = { possible: 0, impossible: 0 };
    fc.assert(
      fc.property(trustPolicy(), fc.constantFrom<Tags>(...everyTags), (trust, own) => {
        const feasible = everyTags.filter((tags) =>
          others.some((other) => canMake(trust, own, { ...tags, ...other })),
        );
        // A role that nobody can take on has no sessions to speak of.
        fc.pre(feasible.length > 0);
        for (const wanted of everyTags) {
          const isPossible = feasible.some((tags) => sameTags(merged(own, tags), wanted));
          const found = answer(estate(trust, own, wanted), {
            caller: callerOf(roleArn),
            action: 'kms:Decrypt',
            resource: keyArn,
            context: new Map(),
          });
          seen[isPossible ? 'possible' : 'impossible'] += 1;
          expect([wanted, found.kind === 'never']).toEqual([wanted, !isPossible]);
        }
      }),
      { numRuns: policies, seed: 20_261_125, endOnFailure: true },
    );
    expect(seen.possible).toBeGreaterThan(policies / 2);
    expect(seen.impossible).toBeGreaterThan(policies / 2);
  },
  1_000 * policies,
);

function canMake(trust: unknown, own: Tags, tags: Tags & { readonly project?: string }): boolean {
  const given = Object.entries(tags).filter(([, value]) => value !== undefined);
  const isTagged = given.length > 0;
  const context = createContext({
    ...Object.fromEntries(given.map(([key, value]) => [`aws:RequestTag/${key}`, value ?? ''])),
    ...(isTagged ? { 'aws:TagKeys': given.map(([key]) => key) } : {}),
  });
  return ['sts:AssumeRole', ...(isTagged ? ['sts:TagSession'] : [])].every(
    (action) =>
      decide(estate(trust, own, tags), {
        caller: callerOf(userArn),
        action,
        resource: roleArn,
        context,
      }).decision === 'Allow',
  );
}

function merged(own: Tags, session: Tags): Tags {
  return { team: session.team ?? own.team, stage: session.stage ?? own.stage };
}

function sameTags(a: Tags, b: Tags): boolean {
  return a.team === b.team && a.stage === b.stage;
}

function callerOf(arn: string): Caller {
  const caller = parseCaller(arn);
  invariant(caller !== undefined, 'a user or role can make requests');
  return caller;
}

/** A trust policy over two tags: who may be tagged how, and what is denied. */
function trustPolicy(): fc.Arbitrary<unknown> {
  const condition = fc.constantFrom(
    undefined,
    { StringEquals: { 'aws:RequestTag/team': 'red' } },
    { StringLike: { 'aws:RequestTag/team': '*' } },
    { StringNotEquals: { 'aws:RequestTag/team': 'red' } },
    { StringEqualsIfExists: { 'aws:RequestTag/team': ['blue'] } },
    { Null: { 'aws:RequestTag/stage': 'true' } },
    { Null: { 'aws:RequestTag/stage': 'false' } },
    // With case, `Stage` would get by: the values of aws:TagKeys compare with case, the keys of tags without.
    { 'ForAllValues:StringEqualsIgnoreCase': { 'aws:TagKeys': ['team'] } },
    { 'ForAllValues:StringEqualsIgnoreCase': { 'aws:TagKeys': ['team', 'stage'] } },
    { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': ['stage'] } },
    { StringEquals: { 'aws:RequestTag/team': 'blue', 'aws:RequestTag/stage': 'prod' } },
  );
  const statement = fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      action: fc.constantFrom(
        ['sts:AssumeRole'],
        ['sts:TagSession'],
        ['sts:*'],
        ['sts:TagSession', 'sts:AssumeRole'],
      ),
      condition,
    })
    .map(({ effect, action, condition: when }) => ({
      Effect: effect,
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: action,
      ...(when === undefined ? {} : { Condition: when }),
    }));
  return fc
    .array(statement, { minLength: 1, maxLength: 4 })
    .map((statements) => ({ Version: '2012-10-17', Statement: statements }));
}

/** A role of that trust and those tags, a user who may take it on, and a key for sessions with the wanted tags. */
function estate(trust: unknown, own: Tags, wanted: Tags): Inventory {
  const span = { source: { path: 'estate', text: '' }, start: 0, end: 0 };
  const defined = (address: string) => ({ address, unit: 'estate', span });
  const tags = new Map(
    Object.entries(own).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    ),
  );
  const principal = (arn: string): Principal => ({
    ...defined(arn),
    kind: arn === roleArn ? 'role' : 'user',
    arn,
    account,
    name: arn === roleArn ? 'app' : 'ann',
    tags,
    policies: [document({ Effect: 'Allow', Action: 'sts:*', Resource: '*' }, 'identity')],
    boundary: 'none',
    serviceLinked: false,
    fixedName: true,
    ...(arn === roleArn ? { trust: parsed(trust, 'trust') } : {}),
  });
  return {
    ...emptyInventory,
    principals: [principal(roleArn), principal(userArn)],
    keys: [
      {
        ...defined(keyArn),
        arn: keyArn,
        account,
        region: 'us-east-1',
        policy: document(
          {
            Effect: 'Allow',
            Principal: { AWS: roleArn },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: conditionOf(wanted),
          },
          'key-policy',
        ),
        grants: [],
      },
    ],
  };
}

function conditionOf(wanted: Tags): unknown {
  const present = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const absent = Object.entries(wanted).filter(([, value]) => value === undefined);
  const keys = (entries: readonly (readonly [string, string | undefined])[], of: string) =>
    Object.fromEntries(entries.map(([key, value]) => [`aws:PrincipalTag/${key}`, value ?? of]));
  return {
    ...(present.length === 0 ? {} : { StringEquals: keys(present, '') }),
    // An empty value would count as none.
    ...(absent.length === 0 ? {} : { StringNotLike: keys(absent, '*') }),
  };
}

function document(statement: unknown, kind: PolicyKind): PolicyDocument {
  return parsed({ Version: '2012-10-17', Statement: [statement] }, kind);
}

function parsed(json: unknown, kind: PolicyKind): PolicyDocument {
  const node = parseJson({ path: `${kind}.json`, text: JSON.stringify(json) }).value;
  invariant(node !== undefined, 'a generated policy is JSON');
  return parsePolicy(node, kind).value;
}
