import { expect, test } from 'vitest';
import {
  emptyInventory,
  separate,
  type Account,
  type Inventory,
} from '../../src/inventory/index.js';

function account(id: string, unit: string): Account {
  const span = { source: { path: `${unit}.yaml`, text: '' }, start: 0, end: 0 };
  return { id, address: id, unit, span };
}

function estate(...accounts: readonly Account[]): Inventory {
  return { ...emptyInventory, accounts };
}

test('an estate that defines everything once is left as it is', () => {
  const once = estate(account('111122223333', 'a'), account('444455556666', 'b'));
  expect(separate(once)).toEqual([once]);
});

test('each unit that defines something again is looked at with its own definitions', () => {
  const mine = account('111122223333', 'a');
  const yours = account('111122223333', 'b');
  const shared = account('444455556666', 'c');
  expect(separate(estate(mine, yours, shared)).map(({ accounts }) => accounts)).toEqual([
    [mine, shared],
    [yours, shared],
  ]);
});

test('a unit that defines something twice is looked at with each of its definitions', () => {
  const first = account('111122223333', 'a');
  const second = { ...account('111122223333', 'a'), managementAccount: true };
  const shared = account('444455556666', 'a');
  expect(separate(estate(first, second, shared)).map(({ accounts }) => accounts)).toEqual([
    [first, shared],
    [second, shared],
  ]);
});
