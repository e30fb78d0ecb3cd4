import { describe, expect, test } from 'vitest';
import { emptyInventory, groundings, type Inventory, type Key } from '../../src/inventory/index.js';
import { parsePolicy } from '../../src/policy/index.js';
import { hasHole, hole, parseJson, type Node } from '../../src/source/index.js';

const account = hole('stack', 'AWS::AccountId');
const region = hole('stack', 'AWS::Region');
const role = hole('stack', 'Role');
const span = { source: { path: 'template.yaml', text: '' }, start: 0, end: 0 };

function keyWith(statements: readonly unknown[], arn: string, owner: string): Key {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { value } = parseJson({ path: 'policy.json', text });
  const policy = parsePolicy(value as Node, 'key-policy').value;
  return { arn, account: owner, region, policy, address: 'Key', unit: 'stack', span };
}

function estateOf(...statements: readonly unknown[]): Inventory {
  const keyArn = `arn:aws:kms:${region}:${account}:key/${hole('stack', 'Key')}`;
  return { ...emptyInventory, keys: [withHoles(keyWith(statements, keyArn, account))] };
}

/** Policies parsed from text cannot have holes, so that `%role` and the like stand for them here. */
function withHoles(key: Key): Key {
  const marks: Readonly<Record<string, string>> = { account, role, region };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(/%(account|role|region)/g, (_, name: string) => marks[name] ?? '');
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        name === 'span' || name.endsWith('Span') ? field : fill(field),
      ]),
    );
  };
  return fill(key) as Key;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    name.toLowerCase().endsWith('span') || name === 'unit' ? [] : textsIn(field),
  );
}

const toRole = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::%account:role/%role' },
  Action: 'kms:Decrypt',
  Resource: '*',
};
const toPartner = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:root' },
  Action: 'kms:Decrypt',
  Resource: '*',
};

describe('groundings', () => {
  test('an inventory without holes is its own only grounding', () => {
    const estate: Inventory = { ...emptyInventory, keys: [keyWith([toPartner], 'arn', '1')] };
    const literal = { ...estate, keys: [{ ...estate.keys[0], region: 'us-east-1' } as Key] };
    const found = groundings(literal);
    expect(found.map(({ inventory }) => inventory)).toEqual([literal]);
    expect(found[0]?.inventory).toBe(literal);
  });

  test('no hole is left', () => {
    for (const { inventory } of groundings(estateOf(toRole, toPartner))) {
      expect(textsIn(inventory).filter(hasHole)).toEqual([]);
    }
  });

  test('equal holes become equal constants, in claims too', () => {
    for (const { inventory, fill } of groundings(estateOf(toRole, toPartner))) {
      const [key] = inventory.keys;
      expect(key?.arn).toContain(`:${fill(account)}:`);
      expect(key?.account).toBe(fill(account));
      expect(textsIn(key)).toContain(`arn:aws:iam::${fill(account)}:role/${fill(role)}`);
    }
  });

  test('an unknown account is once apart from every account that is named, and once the named one', () => {
    const accounts = groundings(estateOf(toRole, toPartner)).map(({ fill }) => fill(account));
    expect(accounts).toHaveLength(2);
    expect(accounts[0]).toMatch(/^\d{12}$/);
    expect(accounts[0]).not.toBe('444455556666');
    expect(accounts[1]).toBe('444455556666');
  });

  test('where no account is named there is nothing to guess', () => {
    expect(groundings(estateOf(toRole))).toHaveLength(1);
  });

  test('what a principal means follows from its constant', () => {
    const [{ inventory, fill } = { inventory: emptyInventory, fill: String }] = groundings(
      estateOf(toRole),
    );
    const [statement] = inventory.keys[0]?.policy?.statements ?? [];
    const principal = statement?.kind === 'statement' ? statement.principal : undefined;
    expect(principal?.entries[0]?.form).toMatchObject({
      kind: 'role',
      account: fill(account),
      name: fill(role),
    });
  });

  test('a statement that may not be there is there in one world and not in the other', () => {
    const estate = estateOf(toRole, toPartner);
    const [key] = estate.keys;
    const conditional: Inventory = {
      ...estate,
      keys: [
        {
          ...(key as Key),
          policy: {
            ...(key as Key).policy,
            statements: (key as Key).policy?.statements.map((statement, index) =>
              index === 1 ? { ...statement, presence: hole('stack', 'IsShared') } : statement,
            ),
          } as Key['policy'],
        } as Key,
      ],
    };
    const counts = groundings(conditional).map(
      ({ inventory }) => inventory.keys[0]?.policy?.statements.length,
    );
    expect(new Set(counts)).toEqual(new Set([1, 2]));
  });
});
