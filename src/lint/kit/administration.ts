import type { Step } from '../rule.js';
import { findKey, type Inventory, type Key } from '../../inventory/index.js';
import type { Statement } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { FastCheck, Scenario, Unsimulated } from '../rule.js';
import { isSuccess, stageFor, stepsOf } from './calls.js';
import { insiderTries, withAdministrator, withKeyPoliciesOnly } from './insiders.js';
import { statementsIn } from './statements.js';
import { areAllRefused, decideTry, findAllowed, type Try } from './tries.js';

const PUT_KEY_POLICY = 'kms:PutKeyPolicy';

/** Who can change a key policy. */
export interface Administration {
  /** The ARNs of those who can, the account's root user and an administrator of IAM among them. */
  readonly able: readonly Text[];
  /** Whether of some nobody can tell. */
  readonly isOpen: boolean;
}

/** Lets everybody who may be able to change a key policy try it; `undefined` where it is not known. */
export function administrationOf(inventory: Inventory, key: Key): Administration | undefined {
  if (key.policy === undefined || key.manager === 'AWS') return undefined;
  const judged = withAdministrator(withKeyPoliciesOnly(inventory), key);
  const able = new Set<Text>();
  const open = new Set<Text>();
  for (const one of insiderTries(inventory, key, PUT_KEY_POLICY)) {
    const { decision } = decideTry(judged, one);
    if (decision === 'Allow') able.add(one.caller);
    if (decision === 'Unknown') open.add(one.caller);
  }
  return { able: [...able], isOpen: [...open].some((caller) => !able.has(caller)) };
}

/**
 * Whether nobody can change a key policy, and by what: `denied` where somebody could, were it not for
 * its Denies. `undefined`: somebody can, or it cannot be known.
 */
export function findLockout(
  inventory: Inventory,
  key: Key,
): { readonly kind: 'nobody' } | { readonly kind: 'denied'; readonly by: Statement } | undefined {
  if (key.policy === undefined || key.manager === 'AWS') return undefined;
  const judged = withAdministrator(withKeyPoliciesOnly(inventory), key);
  const tries = insiderTries(inventory, key, PUT_KEY_POLICY);
  if (areAllRefused(judged, tries) !== true) return undefined;
  const denies = statementsIn(key.policy).filter(({ effect }) => effect === 'Deny');
  const admitted = findAllowed(without(judged, key, denies), tries);
  if (admitted === undefined) return { kind: 'nobody' };
  const by = denies.find((deny) =>
    decideTry(judged, admitted).layers.some(({ because }) => because.includes(deny)),
  );
  return by === undefined ? { kind: 'nobody' } : { kind: 'denied', by };
}

function without(inventory: Inventory, key: Key, left: readonly Statement[]): Inventory {
  const keys = inventory.keys.map((one) => {
    if (one.arn !== key.arn || one.policy === undefined) return one;
    const statements = one.policy.statements.filter(
      (statement) => !left.some((out) => out === statement),
    );
    return { ...one, policy: { ...one.policy, statements } };
  });
  return { ...inventory, keys };
}

/** What rules about administration claim something of. */
export interface KeyClaim {
  /** The ARN of the key. */
  readonly key: Text;
}

/** Nobody can change the key policy, whoever tries. */
export function lockoutScenario(
  { key: arn }: KeyClaim,
  inventory: Inventory,
  fc: FastCheck,
): Scenario | Unsimulated {
  const key = findKey(inventory, arn);
  if (key === undefined) return { unsimulated: 'the key is not in the inventory' };
  const stage = withAdministrator(stageFor(inventory, key), key);
  const tries = insiderTries(inventory, key, PUT_KEY_POLICY);
  const everybody = oneOfEach(tries).flatMap((one) => stepsOf(stage, one));
  return {
    claims: 'cannot',
    stage,
    attempts: isUnconditional(key)
      ? { kind: 'all', attempts: [everybody] }
      : {
          kind: 'sample',
          first: everybody,
          others: fc.constantFrom(...tries).map((one): readonly Step[] => stepsOf(stage, one)),
        },
    succeeded: (exchanges) => exchanges.some(isSuccess),
  };
}

function isUnconditional({ policy }: Key): boolean {
  return statementsIn(policy).every(({ conditions }) => conditions.length === 0);
}

function oneOfEach(tries: readonly Try[]): readonly Try[] {
  return [...new Map(tries.toReversed().map((one) => [one.caller, one])).values()].reverse();
}

/** Calls by which everybody but one tries to change a key policy, and then that one again. */
export function changesByAll(stage: Inventory, key: Key): readonly Step[] {
  return oneOfEach(insiderTries(stage, key, PUT_KEY_POLICY)).flatMap((one) => stepsOf(stage, one));
}
