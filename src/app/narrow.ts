import {
  findKeys,
  keyIdOf,
  sayTheSame,
  type Defined,
  type Inventory,
  type Key,
} from '../inventory/index.js';
import { hasHole, type Text } from '../source/index.js';

/** Two states of an estate without what is the same in both and has nothing to do with what is not. */
export interface Narrowed {
  readonly before: Inventory;
  readonly after: Inventory;
  /** Whether anything was left out. */
  readonly isNarrower: boolean;
}

/**
 * Leaves out keys that are the same before and after where nothing else of their account changes, and
 * principals and resources of templates in which nothing changes: what is found about them is found before
 * and after alike.
 */
export function narrow(before: Inventory, after: Inventory): Narrowed {
  const whole: Narrowed = { before, after, isNarrower: false };
  if (!isSameAround(before, after)) return whole;
  const changes = changesIn(before, after);
  const keys = [...changes.same.keys].filter((key) => isApart(key, changes));
  const principals = changes.same.principals.filter((one) => isElsewhere(one, changes));
  const dependants = changes.same.dependants.filter((one) => isElsewhere(one, changes));
  const left = new Set([...keys, ...principals, ...dependants].map(nameOf));
  if (left.size === 0) return whole;
  const without = (inventory: Inventory): Inventory => ({
    ...inventory,
    keys: inventory.keys.filter((one) => !left.has(nameOf(one))),
    principals: inventory.principals.filter((one) => !left.has(nameOf(one))),
    dependants: inventory.dependants.filter((one) => !left.has(nameOf(one))),
  });
  return { before: without(before), after: without(after), isNarrower: true };
}

type Named = Defined & { readonly arn: Text; readonly account: Text };

function nameOf({ arn, unit }: Named): string {
  return `${arn}\n${unit}`;
}

// What concerns everything, wherever it is.
function isSameAround(before: Inventory, after: Inventory): boolean {
  return (
    sayTheSame(before.complete, after.complete) &&
    sayTheSame(before.endpoints, after.endpoints) &&
    sayTheSame(before.trails, after.trails) &&
    sayTheSame(before.groups, after.groups)
  );
}

interface Changes {
  readonly same: {
    readonly keys: readonly Key[];
    readonly principals: Inventory['principals'];
    readonly dependants: Inventory['dependants'];
  };
  /** Accounts in which something other than a key changes. */
  readonly accounts: ReadonlySet<Text>;
  readonly units: ReadonlySet<string>;
  /** Ids that changed keys have, some of which other keys share: those of multi-Region keys. */
  readonly keyIds: ReadonlySet<Text>;
  /** ARNs of keys that changed resources use. */
  readonly used: ReadonlySet<Text>;
}

function changesIn(before: Inventory, after: Inventory): Changes {
  const keys = compareLists(before.keys, after.keys);
  const principals = compareLists(before.principals, after.principals);
  const dependants = compareLists(before.dependants, after.dependants);
  const aliases = compareLists(
    before.aliases.map((alias) => ({ ...alias, arn: alias.name })),
    after.aliases.map((alias) => ({ ...alias, arn: alias.name })),
  );
  const accounts = compareLists(
    before.accounts.map((account) => ({ ...account, arn: account.id, account: account.id })),
    after.accounts.map((account) => ({ ...account, arn: account.id, account: account.id })),
  );
  const others: readonly Named[] = [
    ...principals.changed,
    ...dependants.changed,
    ...aliases.changed,
    ...accounts.changed,
  ];
  const used = dependants.changed.flatMap(({ key, account, region }) =>
    key === undefined
      ? []
      : [before, after].flatMap((inventory) => findKeys(inventory, key, { account, region })),
  );
  return {
    same: { keys: keys.same, principals: principals.same, dependants: dependants.same },
    accounts: new Set(others.map(({ account }) => account)),
    units: new Set([...keys.changed, ...others].map(({ unit }) => unit)),
    keyIds: new Set(keys.changed.map(keyIdOf)),
    used: new Set(used.map(({ arn }) => arn)),
  };
}

interface Compared<T> {
  /** As they are after. */
  readonly same: readonly T[];
  /** As they are before, and as they are after. */
  readonly changed: readonly T[];
}

// What is defined several times counts as changed: its definitions are judged together.
function compareLists<T extends Named>(before: readonly T[], after: readonly T[]): Compared<T> {
  const old = new Map(before.map((thing) => [nameOf(thing), thing]));
  const arns = new Map<Text, number>();
  for (const { arn } of after) arns.set(arn, (arns.get(arn) ?? 0) + 1);
  const same = after.filter((thing) => {
    const earlier = old.get(nameOf(thing));
    return earlier !== undefined && arns.get(thing.arn) === 1 && sayTheSame(earlier, thing);
  });
  const names = new Set(same.map(nameOf));
  return { same, changed: [...before, ...after].filter((thing) => !names.has(nameOf(thing))) };
}

function isApart(key: Key, { accounts, units, keyIds, used }: Changes): boolean {
  const isNear = accounts.has(key.account) || (hasHole(key.account) && units.has(key.unit));
  return !isNear && !keyIds.has(keyIdOf(key)) && !used.has(key.arn);
}

// An account that is known is everybody's; one that only its own template knows is the template's.
function isElsewhere({ account, unit }: Named, { units }: Changes): boolean {
  return hasHole(account) && !units.has(unit);
}
