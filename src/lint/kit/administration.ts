import { findKey, type Inventory, type Key } from '../../inventory/index.js';
import type { Statement } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { FastCheck, Scenario, Step, Unsimulated } from '../rule.js';
import { isSuccess, stageFor, stepsOf } from './calls.js';
import {
  insiderQuestions,
  insiderTries,
  withAdministrator,
  withKeyPoliciesOnly,
} from './insiders.js';
import { presumeOwner } from './presumed-owner.js';
import { scopeTo } from './scope.js';
import { isWhole, statementsIn } from './statements.js';
import { areAllRefused, decideTry, findAllowed, type Try } from './tries.js';

const PUT_KEY_POLICY = 'kms:PutKeyPolicy';

/**
 * Those who can change a key policy, at most two of them: the ARNs of the account's root user, of an
 * administrator of IAM, and of whom the policy names. `undefined` where of some nobody can tell.
 */
export function administratorsOf(inventory: Inventory, key: Key): readonly Text[] | undefined {
  if (!isJudged(key)) return undefined;
  const judged = judgedAlone(inventory, key);
  const able: Text[] = [];
  for (const tries of insiderTries(inventory, key, PUT_KEY_POLICY)) {
    let isOpen = false;
    for (const one of tries) {
      const { decision } = decideTry(judged, one);
      isOpen ||= decision === 'Unknown';
      if (decision !== 'Allow') continue;
      able.push(one.caller);
      isOpen = false;
      break;
    }
    if (isOpen) return undefined;
    if (able.length > 1) break;
  }
  return able;
}

/** Whether a key policy is given, is the customer's business, and is whole. */
function isJudged({ policy, manager }: Key): boolean {
  return policy !== undefined && manager !== 'AWS' && isWhole(policy);
}

/** The key with its policy as all that decides, and an administrator. */
function judgedAlone(inventory: Inventory, key: Key): Inventory {
  return withAdministrator(withKeyPoliciesOnly(scopeTo(inventory, key)), key);
}

/**
 * Whether nobody can change a key policy, and by what: `denied` where somebody could, were it not for
 * its Denies. `undefined`: somebody can, or it cannot be known.
 */
export function findLockout(inventory: Inventory, key: Key): Lockout | undefined {
  const known = lockouts.get(key);
  if (known?.inventory === inventory) return known.lockout;
  const lockout = searchLockout(inventory, key);
  lockouts.set(key, { inventory, lockout });
  return lockout;
}

type Lockout = { readonly kind: 'nobody' } | { readonly kind: 'denied'; readonly by: Statement };

// Two rules ask the same of each key.
const lockouts = new WeakMap<
  Key,
  { readonly inventory: Inventory; readonly lockout: Lockout | undefined }
>();

function searchLockout(whole: Inventory, listed: Key): Lockout | undefined {
  if (!isJudged(listed)) return undefined;
  const { inventory, key } = presumeOwner(whole, listed);
  const judged = judgedAlone(inventory, key);
  const tries = function* (): Iterable<Try> {
    for (const mine of insiderTries(inventory, key, PUT_KEY_POLICY)) yield* mine;
  };
  if (areAllRefused(judged, tries()) !== true) return undefined;
  const denies = statementsIn(key.policy).filter(({ effect }) => effect === 'Deny');
  const admitted = findAllowed(without(judged, key, denies), tries());
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
  const stage = withAdministrator(stageFor(scopeTo(inventory, key), key), key);
  const lists = [...insiderTries(inventory, key, PUT_KEY_POLICY)].map((mine) => [...mine]);
  const everybody = changesByAll(stage, key);
  return {
    claims: 'cannot',
    stage,
    attempts: isUnconditional(key)
      ? { kind: 'all', attempts: [everybody] }
      : {
          kind: 'sample',
          first: everybody,
          others: fc
            .constantFrom(...lists.flat())
            .map((one): readonly Step[] => stepsOf(stage, one)),
        },
    succeeded: (exchanges) => exchanges.some(isSuccess),
    // KMS takes a PutKeyPolicy from principals of the key's own account only.
    proof: {
      questions: insiderQuestions(stage, key, PUT_KEY_POLICY),
      whom: "any principal of the key's account",
    },
  };
}

function isUnconditional({ policy }: Key): boolean {
  return statementsIn(policy).every(({ conditions }) => conditions.length === 0);
}

/** Everybody in turn tries to change a key policy. */
export function changesByAll(stage: Inventory, key: Key): readonly Step[] {
  return [...insiderTries(stage, key, PUT_KEY_POLICY)].flatMap((tries) => {
    const [first] = tries;
    return first === undefined ? [] : stepsOf(stage, first);
  });
}
