import { withUnitFacts } from '../inventory/index.js';
import type { Defined, Inventory, Key } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import { hasHole } from '../source/index.js';

/** One inventory in the units of another: what moved goes by its new name, and partitions that are named are known. */
export function alignUnits(
  before: Inventory,
  after: Inventory,
): readonly [before: Inventory, after: Inventory] {
  const names = findMovedUnits(before, after);
  const partitions = partitionsOf([...before.keys, ...after.keys], names);
  return [
    withUnitFacts(before, { names, partitions }),
    withUnitFacts(after, { names: new Map(), partitions }),
  ];
}

// SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html: a policy
// names only principals of its own partition, so one that a key policy names is that of its unit.
function partitionsOf(
  keys: readonly Key[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { unit, policy } of keys) {
    const name = names.get(unit) ?? unit;
    for (const statement of policy?.statements ?? []) {
      if (statement.kind === 'broken') continue;
      for (const { text } of statement.principal?.entries ?? []) {
        const partition = parseArn(text)?.partition;
        if (partition === undefined || hasHole(partition)) continue;
        found.set(name, (found.get(name) ?? new Set()).add(partition));
      }
    }
  }
  return new Map(
    [...found].flatMap(([unit, [only, ...others]]) =>
      only === undefined || others.length > 0 ? [] : [[unit, only] as const],
    ),
  );
}

/**
 * The units of one state that go by another name in the other, because their files moved: a unit that is
 * gone is taken for the new one with which it shares the most addresses and the end of its path, where it
 * shares any.
 */
function findMovedUnits(before: Inventory, after: Inventory): ReadonlyMap<string, string> {
  const [old, current] = [tokensByUnit(before), tokensByUnit(after)];
  const gone = [...old].filter(([unit]) => !current.has(unit));
  const fresh = [...current].filter(([unit]) => !old.has(unit));
  if (gone.length === 0 || fresh.length === 0) return new Map();
  const holders = new Map<string, string[]>();
  for (const [unit, tokens] of fresh) {
    for (const token of tokens) holders.set(token, [...(holders.get(token) ?? []), unit]);
  }
  const scored = gone.flatMap(([from, tokens]) => scores(from, tokens, holders));
  const moved = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to } of scored.sort((a, b) => b.score - a.score)) {
    if (moved.has(from) || taken.has(to)) continue;
    moved.set(from, to);
    taken.add(to);
  }
  return moved;
}

interface Scored {
  readonly from: string;
  readonly to: string;
  readonly score: number;
}

// What many units have in common, such as the address of a key called `Key`, tells none from another.
const holdersMax = 20;

function scores(
  from: string,
  tokens: ReadonlySet<string>,
  holders: ReadonlyMap<string, readonly string[]>,
): readonly Scored[] {
  const shared = new Map<string, number>();
  for (const token of tokens) {
    const units = holders.get(token) ?? [];
    if (units.length > holdersMax && !token.startsWith('stem ')) continue;
    for (const to of units) shared.set(to, (shared.get(to) ?? 0) + 1);
  }
  return [...shared].map(([to, count]) => ({ from, to, score: count + commonEnd(from, to) }));
}

/** How many last names of two paths agree, whatever the extension. */
function commonEnd(a: string, b: string): number {
  const [left, right] = [namesOf(a), namesOf(b)];
  let count = 0;
  while (count < left.length && left[count] === right[count] && count < right.length) count += 1;
  return count;
}

function namesOf(unit: string): readonly string[] {
  return stemOf(unit).split('/').reverse();
}

function stemOf(unit: string): string {
  return unit.replace(/\.[A-Za-z]+(?=#|$)/, '');
}

function tokensByUnit(inventory: Inventory): ReadonlyMap<string, ReadonlySet<string>> {
  const units = new Map<string, Set<string>>();
  const note = (kind: string, things: readonly Defined[]): void => {
    for (const { unit, address } of things) {
      const tokens = units.get(unit) ?? new Set([`stem ${namesOf(unit)[0] ?? ''}`]);
      units.set(unit, tokens.add(`${kind} ${address}`));
    }
  };
  note('key', inventory.keys);
  note('alias', inventory.aliases);
  note('principal', inventory.principals);
  note('group', inventory.groups);
  note('account', inventory.accounts);
  note('endpoint', inventory.endpoints);
  note('resource', inventory.dependants);
  note('document', inventory.documents);
  return units;
}
