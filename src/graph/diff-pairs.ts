import type { Inventory, Key, Principal } from '../inventory/index.js';
import { findAliases, identityPoliciesOf } from '../inventory/index.js';
import { statementText } from '../policy/index.js';
import type { PolicyDocument } from '../policy/index.js';
import { hasHole } from '../source/index.js';

/** A thing as it is before and after a change; one side is absent where it was created or removed. */
export interface Pair<T> {
  readonly before?: T;
  readonly after?: T;
}

/** Which key is which: by its ARN, else its logical id in its unit, else an alias, else its policy. */
export function pairKeys(before: Inventory, after: Inventory): readonly Pair<Key>[] {
  return pairUp<Key>(
    (inventory) => inventory.keys,
    [before, after],
    [
      ({ arn, unit }) => [`${arn}\n${unit}`],
      ({ arn }) => [arn],
      ({ unit, address }) => [`${unit}\n${address}`],
      (key, inventory) =>
        (findAliases(inventory, key) ?? key.aliases ?? []).map(
          (alias) => `${key.account} ${key.region} ${alias}`,
        ),
      // Keys of known ids are known not to be the same one, however alike their policies.
      ({ arn, policy }) => (hasHole(arn) && policy !== undefined ? [textOf([policy])] : []),
      ({ arn, unit, policy }) =>
        hasHole(arn) && policy !== undefined
          ? policy.statements.map((statement) => `${unit}\n${statementText(statement)}`)
          : [],
    ],
  );
}

/** Which principal is which: by its ARN, else its logical id in its unit, else its unique id, else its policies. */
export function pairPrincipals(before: Inventory, after: Inventory): readonly Pair<Principal>[] {
  return pairUp<Principal>(
    (inventory) => inventory.principals,
    [before, after],
    [
      ({ arn, unit }) => [`${arn}\n${unit}`],
      ({ arn }) => [arn],
      ({ unit, address }) => [`${unit}\n${address}`],
      ({ uniqueId }) => (uniqueId === undefined ? [] : [uniqueId]),
      (principal, inventory) => {
        const policies = identityPoliciesOf(inventory, principal) ?? [];
        if (policies.every(({ statements }) => statements.length === 0)) return [];
        const { kind, account, trust } = principal;
        return [
          `${kind} ${account} ${textOf(policies)} ${trust === undefined ? '' : textOf([trust])}`,
        ];
      },
    ],
  );
}

/** Whether the two sides of a pair go by different names. */
export function isRenamed<T extends { readonly arn: string }>({ before, after }: Pair<T>): boolean {
  return before !== undefined && after !== undefined && before.arn !== after.arn;
}

/** What things may be recognized by; two that share one are the same. */
type Criterion<T> = (thing: T, inventory: Inventory) => readonly string[];

// The strongest criteria first; what one of them leaves over is left to the next.
function pairUp<T>(
  thingsOf: (inventory: Inventory) => readonly T[],
  [before, after]: readonly [Inventory, Inventory],
  criteria: readonly Criterion<T>[],
): readonly Pair<T>[] {
  let left = thingsOf(before);
  let right = thingsOf(after);
  const pairs: Pair<T>[] = [];
  for (const criterion of criteria) {
    if (left.length === 0 || right.length === 0) break;
    const found = matchBy(left, right, criterion, before, after);
    pairs.push(...[...found].map(([one, other]) => ({ before: one, after: other })));
    const taken = new Set(found.values());
    left = left.filter((thing) => !found.has(thing));
    right = right.filter((thing) => !taken.has(thing));
  }
  return [
    ...pairs,
    ...left.map((thing) => ({ before: thing })),
    ...right.map((thing) => ({ after: thing })),
  ];
}

function matchBy<T>(
  left: readonly T[],
  right: readonly T[],
  criterion: Criterion<T>,
  before: Inventory,
  after: Inventory,
): ReadonlyMap<T, T> {
  const waiting = new Map<string, T[]>();
  for (const thing of right) {
    for (const token of criterion(thing, after)) {
      const holders = waiting.get(token);
      if (holders === undefined) waiting.set(token, [thing]);
      else holders.push(thing);
    }
  }
  const found = new Map<T, T>();
  const taken = new Set<T>();
  for (const thing of left) {
    for (const token of criterion(thing, before)) {
      const other = waiting.get(token)?.find((candidate) => !taken.has(candidate));
      if (other === undefined) continue;
      found.set(thing, other);
      taken.add(other);
      break;
    }
  }
  return found;
}

function textOf(documents: readonly PolicyDocument[]): string {
  return documents
    .flatMap(({ statements }) => statements.map(statementText))
    .sort()
    .join('\n');
}
