import type {
  Caller,
  Defined,
  Inventory,
  Key,
  Missing,
  Principal,
  UnitFacts,
} from '../inventory/index.js';
import {
  emptyInventory,
  findPrincipal,
  identityPoliciesOf,
  imaginedPrincipal,
  withUnitFacts,
  withUnitFactsIn,
} from '../inventory/index.js';
import { hasHole } from '../source/index.js';
import type { Text } from '../source/index.js';
import type { Audience } from './diff-asked.js';
import type { Matched } from './diff-worlds.js';

/** A question about one key under what is taken for granted where it was not supplied. */
export interface Presumed {
  readonly before: Inventory;
  readonly after: Inventory;
  /** The key, as it is called there. */
  readonly keyBefore: Text;
  readonly keyAfter: Text;
  /** The Region that the key is taken to be in, where nobody says. */
  readonly region: string | undefined;
}

const known = new WeakMap<Audience, Presumed>();

/**
 * The same audience, where those whose IAM policies were not supplied have none that allow anything, and the
 * key is in the Region of the services that its policy names. What a key policy gives is then told apart from
 * what principals may have anyway.
 */
export function presume(audience: Audience, key: Matched<Key>): Presumed {
  let presumed = known.get(audience);
  if (presumed === undefined) {
    presumed = presumeOnce(audience, key);
    known.set(audience, presumed);
  }
  return presumed;
}

/** What is taken for granted of a caller and a key there. */
export function presumedOf(caller: Caller, { region, keyAfter }: Presumed): readonly Missing[] {
  const place: readonly Missing[] =
    region === undefined
      ? []
      : [
          {
            layer: 'attribute',
            of: keyAfter,
            detail: `the Region of the key, taken to be ${region}`,
          },
        ];
  if (!('account' in caller)) return place;
  const of = caller.kind === 'role-session' ? caller.roleArn : caller.arn;
  const detail = 'the identity-based policies, taken to allow nothing';
  return [{ layer: 'identity', of, detail }, ...place];
}

function presumeOnce({ asked, before, after }: Audience, key: Matched<Key>): Presumed {
  const region = regionOf(key);
  const { unit } = key.after;
  const facts: UnitFacts = {
    names: new Map(),
    partitions: new Map(),
    regions: new Map(region === undefined ? [] : [[unit, region]]),
  };
  const worldOf = (inventory: Inventory, side: 'before' | 'after'): Inventory =>
    inRegion(
      withPrincipals(
        inventory,
        asked.map((one) => one[side].caller),
      ),
      unit,
      facts,
    );
  return {
    before: worldOf(before, 'before'),
    after: worldOf(after, 'after'),
    keyBefore: withUnitFactsIn(key.before.arn, facts),
    keyAfter: withUnitFactsIn(key.after.arn, facts),
    region,
  };
}

// Only what stands in the unit of the key speaks of its Region.
function inRegion(inventory: Inventory, unit: string, facts: UnitFacts): Inventory {
  if (facts.regions?.size === 0) return inventory;
  const isIn = (one: Defined): boolean => one.unit === unit;
  const isElsewhere = (one: Defined): boolean => one.unit !== unit;
  const { keys, principals } = inventory;
  const part = withUnitFacts(
    { ...emptyInventory, keys: keys.filter(isIn), principals: principals.filter(isIn) },
    facts,
  );
  return {
    ...inventory,
    keys: [...keys.filter(isElsewhere), ...part.keys],
    principals: [...principals.filter(isElsewhere), ...part.principals],
  };
}

// SOURCE: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service: a
// service uses keys of its own Region, so a statement about one elsewhere would be about nothing.
function regionOf({ before, after }: Matched<Key>): string | undefined {
  if (!hasHole(after.region)) return undefined;
  const values = [before, after].flatMap(({ policy }) =>
    (policy?.statements ?? []).flatMap((statement) =>
      statement.kind === 'broken' ? [] : statement.conditions.flatMap((one) => one.values),
    ),
  );
  const regions = new Set(
    values.flatMap(
      ({ text }) => /^[a-z0-9-]+\.([a-z]+(?:-[a-z]+)+-\d)\.amazonaws\.com/.exec(text)?.[1] ?? [],
    ),
  );
  const [only, ...others] = regions;
  return others.length === 0 ? only : undefined;
}

function withPrincipals(inventory: Inventory, callers: readonly Caller[]): Inventory {
  const added: Principal[] = [];
  const replaced = new Map<Principal, Principal>();
  for (const caller of callers) {
    if (caller.kind !== 'user' && caller.kind !== 'role-session') continue;
    const principal = findPrincipal(inventory, caller);
    if (principal === undefined) added.push(withUnknownTags(imaginedPrincipal(caller, 'nothing')));
    else if (identityPoliciesOf(inventory, principal) === undefined) {
      replaced.set(principal, { ...principal, policies: principal.policies ?? [], groups: [] });
    }
  }
  if (added.length === 0 && replaced.size === 0) return inventory;
  return {
    ...inventory,
    principals: [...inventory.principals.map((one) => replaced.get(one) ?? one), ...added],
  };
}

// Tags decide conditions, which is more than not allowing anything.
function withUnknownTags(principal: Principal): Principal {
  const { tags, ...others } = principal;
  return tags === undefined ? principal : others;
}
