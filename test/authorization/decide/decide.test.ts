import { describe, expect, test } from 'vitest';
import {
  decide,
  type Authorization,
  type DecideOptions,
} from '../../../src/authorization/decide/index.js';
import { createContext, findCaller, type Inventory } from '../../../src/inventory/index.js';
import { load } from '../../../src/load/index.js';
import { invariant } from '../../../src/source/index.js';

const account = '111122223333';
const key = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ann = `arn:aws:iam::${account}:user/ann`;
const app = `arn:aws:iam::${account}:role/app`;
const delegating = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Delegate',
      Effect: 'Allow',
      Principal: { AWS: account },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
};
const allowing = policyOf({ Effect: 'Allow', Action: 'kms:*', Resource: '*' });
const denying = policyOf({ Sid: 'No', Effect: 'Deny', Action: 'kms:*', Resource: '*' });

function policyOf(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

function keyPolicy(...statements: readonly object[]): object {
  return {
    arn: key,
    policy: { ...delegating, Statement: [...delegating.Statement, ...statements] },
  };
}

/** The estate that an inventory file describes. */
function estate(file: Readonly<Record<string, unknown>>): Inventory {
  const path = 'estate.keyproof.json';
  const text = new TextEncoder().encode(JSON.stringify({ version: 1, ...file }));
  const { inventory, diagnostics } = load({
    paths: [path],
    files: { read: (asked) => (asked === path ? text : undefined), list: () => [] },
    settingsOf: () => ({ parameters: {}, kinds: {} }),
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return inventory;
}

interface Asked {
  readonly by?: string;
  readonly action?: string;
  readonly on?: string;
  readonly given?: Readonly<Record<string, string>>;
  readonly options?: DecideOptions;
}

function decided(
  inventory: Inventory,
  { by, action, on, given, options }: Asked = {},
): Authorization {
  const caller = findCaller(inventory, by ?? ann);
  invariant(caller !== undefined, 'the test names a caller');
  const context = createContext(given ?? {});
  const request = { caller, action: action ?? 'kms:Decrypt', resource: on ?? key, context };
  return decide(inventory, request, options);
}

function layersOf({ layers }: Authorization): Readonly<Record<string, string>> {
  return Object.fromEntries(layers.map(({ layer, outcome }) => [layer, outcome]));
}

function namesOf(missing: Authorization['missing']): readonly string[] {
  return missing.map(({ layer, of }) => `${layer} of ${of}`);
}

describe('layers', () => {
  test('stand in the order of AWS, each with what it said', () => {
    const authorization = decided(
      estate({
        keys: [{ ...keyPolicy(), grants: [] }],
        principals: [{ arn: ann, policies: [allowing], permissionsBoundary: allowing }],
        accounts: [{ id: account, scps: [[allowing]], rcps: [[]] }],
      }),
    );
    expect(authorization.decision).toBe('Allow');
    expect(Object.entries(layersOf(authorization))).toEqual([
      ['rcp', 'allows'],
      ['scp', 'allows'],
      ['endpoint', 'does-not-apply'],
      ['key-policy', 'silent'],
      ['delegation', 'allows'],
      ['identity', 'allows'],
      ['grant', 'silent'],
      ['boundary', 'allows'],
      ['session', 'does-not-apply'],
    ]);
    expect(authorization.assumed).toEqual([]);
  });

  test('say which statements were behind them', () => {
    const { layers } = decided(
      estate({ keys: [keyPolicy()], principals: [{ arn: ann, policies: [denying] }] }),
    );
    const because = layers
      .filter(({ layer }) => layer === 'delegation' || layer === 'identity')
      .map((layer) => layer.because.map((one) => ('sid' in one ? one.sid : undefined)));
    expect(because).toEqual([['Delegate'], ['No']]);
  });

  test('name the grant that allows', () => {
    const grants = [{ id: 'g1', grantee: ann, operations: ['Decrypt'] }];
    const { decision, layers } = decided(
      estate({ keys: [{ ...keyPolicy(), grants }], principals: [{ arn: ann, policies: [] }] }),
    );
    expect(decision).toBe('Allow');
    expect(layers.find(({ layer }) => layer === 'grant')?.because).toMatchObject([{ id: 'g1' }]);
  });

  test.each([
    ['kms:CreateKey', '*', 'resource-policy'],
    ['s3:GetObject', 'arn:aws:s3:::b/k', 'resource-policy'],
    ['sts:AssumeRole', app, 'trust'],
    ['kms:Decrypt', key, 'key-policy'],
  ])('for %s are those of what it is about', (action, on, layer) => {
    expect(layersOf(decided(estate({}), { action, on }))).toHaveProperty(layer);
  });
});

describe('what is missing', () => {
  test('is the key policy, where none was supplied', () => {
    const { decision, missing } = decided(
      estate({ keys: [{ arn: key }], principals: [{ arn: ann, policies: [allowing] }] }),
    );
    expect(decision).toBe('Unknown');
    expect(namesOf(missing)).toEqual([`key-policy of ${key}`]);
  });

  test('is what a principal may do, where the key policy delegates', () => {
    const { decision, missing } = decided(estate({ keys: [keyPolicy()] }));
    expect(decision).toBe('Unknown');
    expect(namesOf(missing)).toEqual([`identity of ${ann}`]);
  });

  test('is nothing, where the key policy delegates something else', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [{ ...delegating.Statement[0], Action: 'kms:Encrypt' }],
    };
    expect(decided(estate({ keys: [{ arn: key, policy }] })).decision).toBe('ImplicitDeny');
  });

  test('is nothing, where a deny holds in any case', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
    const { decision, missing } = decided(estate({ keys: [keyPolicy(deny)] }));
    expect(decision).toBe('ExplicitDeny');
    expect(missing).toEqual([]);
  });

  test('is the group whose policies were not supplied', () => {
    const group = `arn:aws:iam::${account}:group/dev`;
    const principals = [{ arn: ann, policies: [], groups: [group] }];
    const { missing } = decided(estate({ keys: [keyPolicy()], principals }));
    expect(namesOf(missing)).toEqual([`identity of ${group}`]);
  });

  test('is the tag on which a condition hangs', () => {
    const tagged = policyOf({
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
    });
    const principals = [{ arn: ann, policies: [tagged] }];
    const { missing } = decided(estate({ keys: [keyPolicy()], principals }));
    expect(missing).toEqual([{ layer: 'attribute', of: key, detail: 'the tags of the key' }]);
  });

  test('is not a tag that another statement makes needless', () => {
    const tagged = {
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
    };
    const plain = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
    const principals = [{ arn: ann, policies: [policyOf(tagged, plain)] }];
    expect(decided(estate({ keys: [keyPolicy()], principals })).decision).toBe('Allow');
  });

  test('is the name of the session, where a policy names one', () => {
    const session = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:sts::${account}:assumed-role/app/s1` },
      Action: 'kms:Decrypt',
      Resource: '*',
    };
    const inventory = estate({
      keys: [keyPolicy(session)],
      principals: [{ arn: app, policies: [] }],
    });
    const any = decided(inventory, { by: app });
    expect(any.missing).toMatchObject([{ of: app, detail: 'the name of the role session' }]);
    const named = decided(inventory, { by: `arn:aws:sts::${account}:assumed-role/app/s1` });
    expect(named.decision).toBe('Allow');
  });

  test('is a statement that cannot be read, where it could matter', () => {
    const text = JSON.stringify({
      version: 1,
      keys: [
        keyPolicy({
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:*',
          Resource: '*',
          Condishun: {},
        }),
      ],
      principals: [{ arn: ann, policies: [allowing] }],
    });
    const { inventory } = load({
      paths: ['e.keyproof.json'],
      files: { read: () => new TextEncoder().encode(text), list: () => [] },
      settingsOf: () => ({ parameters: {}, kinds: {} }),
    });
    const { decision, missing } = decided(inventory);
    expect(decision).toBe('Unknown');
    expect(missing[0]?.detail).toContain('a statement that can be read');
  });

  test('is which of two definitions counts, where they differ', () => {
    const inventory = estate({
      keys: [keyPolicy()],
      principals: [{ arn: ann, policies: [allowing] }],
    });
    const without = estate({ keys: [keyPolicy()], principals: [{ arn: ann, policies: [] }] });
    const twice = { ...inventory, principals: [...inventory.principals, ...without.principals] };
    expect(decided(twice)).toMatchObject({
      decision: 'Unknown',
      missing: [{ detail: 'which of several definitions counts' }],
    });
    const again = inventory.principals.map((principal) => ({ ...principal }));
    const agreeing = { ...inventory, principals: [...inventory.principals, ...again] };
    expect(decided(agreeing).decision).toBe('Allow');
  });
});

describe('what is assumed', () => {
  const inventory = estate({
    keys: [keyPolicy()],
    principals: [{ arn: app, policies: [allowing] }],
  });

  test('are limits and grants that were not supplied', () => {
    const { decision, assumed } = decided(inventory, { by: app });
    expect(decision).toBe('Allow');
    expect(namesOf(assumed)).toEqual([
      `rcp of ${account}`,
      `scp of ${account}`,
      `boundary of ${app}`,
      `session of ${app}`,
      `grant of ${key}`,
    ]);
  });

  test('is unknown, where nothing is to be assumed', () => {
    const { decision, missing, assumed } = decided(inventory, {
      by: app,
      options: { assume: 'nothing' },
    });
    expect(decision).toBe('Unknown');
    expect(assumed).toEqual([]);
    expect(new Set(missing.map(({ layer }) => layer))).toEqual(
      new Set(['rcp', 'scp', 'boundary', 'session', 'grant']),
    );
  });

  test('is not what the inventory says is complete', () => {
    const complete = ['scps', 'rcps', 'boundaries', 'grants'];
    const closed = estate({
      keys: [keyPolicy()],
      principals: [{ arn: ann, policies: [allowing] }],
      complete,
    });
    expect(decided(closed).assumed).toEqual([]);
  });

  test('are no grants, in a deny', () => {
    const closed = estate({
      keys: [{ arn: key, policy: policyOf() }],
      principals: [{ arn: ann, policies: [] }],
      complete: ['scps', 'rcps', 'boundaries'],
    });
    const { decision, assumed } = decided(closed);
    expect(decision).toBe('ImplicitDeny');
    expect(namesOf(assumed)).toEqual([`grant of ${key}`]);
  });

  test('is that a role known by its session has no path', () => {
    const by = `arn:aws:sts::${account}:assumed-role/other/s1`;
    const { assumed } = decided(inventory, { by });
    expect(assumed.at(-1)?.detail).toBe('the path of the role, taken to have none');
    const arn = { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/other` } };
    const open = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: arn,
    };
    const conditional = estate({
      keys: [keyPolicy(open)],
      complete: ['scps', 'rcps', 'boundaries', 'principals'],
    });
    expect(decided(conditional, { by }).decision).toBe('Allow');
    expect(decided(conditional, { by, options: { assume: 'nothing' } }).decision).toBe('Unknown');
  });

  test('are no deny statements of policies that only could deny', () => {
    const direct = {
      Effect: 'Allow',
      Principal: { AWS: ann },
      Action: 'kms:Decrypt',
      Resource: '*',
    };
    const { decision, assumed } = decided(estate({ keys: [keyPolicy(direct)] }));
    expect(decision).toBe('Allow');
    expect(namesOf(assumed)).toContain(`identity of ${ann}`);
  });
});

describe('what is closed', () => {
  const complete = ['principals', 'keys', 'grants', 'scps', 'rcps', 'boundaries'];

  test('gives an unlisted principal no policies', () => {
    const { decision } = decided(estate({ keys: [keyPolicy()], complete }));
    expect(decision).toBe('ImplicitDeny');
  });

  test('lets an unlisted key not exist', () => {
    const inventory = estate({ principals: [{ arn: ann, policies: [allowing] }], complete });
    expect(decided(inventory).decision).toBe('ImplicitDeny');
  });
});

// SOURCE: facts evaluation 13.22
describe('kms:GrantIsForAWSResource of a direct call', () => {
  const inventory = (operator: string) =>
    estate({
      keys: [
        keyPolicy({
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:CreateGrant',
          Resource: '*',
          Condition: { [operator]: { 'kms:GrantIsForAWSResource': 'false' } },
        }),
      ],
      principals: [{ arn: ann, policies: [allowing] }],
    });

  test('does not matter where false and absent come to the same', () => {
    const { decision } = decided(inventory('BoolIfExists'), { action: 'kms:CreateGrant' });
    expect(decision).toBe('ExplicitDeny');
  });

  test('does not matter where both are denied, if not in the same way', () => {
    const bool = (value: string) => ({ Bool: { 'kms:GrantIsForAWSResource': value } });
    const common = { Principal: '*', Action: 'kms:CreateGrant', Resource: '*' };
    const policy = policyOf(
      { Effect: 'Allow', ...common, Condition: bool('true') },
      { Effect: 'Deny', ...common, Condition: bool('false') },
    );
    const { decision } = decided(estate({ keys: [{ arn: key, policy }] }), {
      action: 'kms:CreateGrant',
    });
    expect(decision).toBe('ImplicitDeny');
  });

  test('is unknown where they do not', () => {
    const { decision } = decided(inventory('Bool'), { action: 'kms:CreateGrant' });
    expect(decision).toBe('Unknown');
  });

  test('is true for a service on behalf of the caller', () => {
    const given = { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' };
    const { decision } = decided(inventory('Bool'), { action: 'kms:CreateGrant', given });
    expect(decision).toBe('Allow');
  });
});

// SOURCE: facts evaluation 13.12
describe('an operation on an alias', () => {
  const alias = `arn:aws:kms:us-east-1:${account}:alias/orders`;
  const inventory = (resource: string | readonly string[]) =>
    estate({
      keys: [{ ...keyPolicy(), aliases: ['alias/orders'] }],
      principals: [
        {
          arn: ann,
          policies: [policyOf({ Effect: 'Allow', Action: 'kms:DeleteAlias', Resource: resource })],
        },
      ],
    });

  test.each([
    [[alias, key], 'Allow'],
    [[alias], 'ImplicitDeny'],
    [[key], 'ImplicitDeny'],
  ])('with permission on %j is %s', (resource, expected) => {
    const asked = { action: 'kms:DeleteAlias', on: 'alias/orders' };
    expect(decided(inventory(resource), asked).decision).toBe(expected);
  });
});
