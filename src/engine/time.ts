import type { Key } from '../inventory/index.js';
import { keyIdOf } from '../inventory/index.js';
import type { CloudTrailEvent } from './engine.js';
import { recordDeletion } from './events.js';
import { findKeysPendingDeletion, findRelatedKeys } from './lookup.js';
import { withInventory, withKey, type State } from './state.js';

const DAY_MS = 86_400_000;

/** When a key goes that was scheduled for deletion now, as an inventory says it. */
export function deletionDate(nowMs: number, days: number): string {
  return new Date(nowMs + days * DAY_MS).toISOString();
}

/** The state once it is that late: keys whose waiting period is over are gone, with their aliases. */
export function passTime(
  state: State,
  nowMs: number,
): { readonly state: State; readonly events: readonly CloudTrailEvent[] } {
  const due = findKeysPendingDeletion(state.inventory).filter(
    (key) => key.deletionDate !== undefined && Date.parse(key.deletionDate) <= nowMs,
  );
  if (due.length === 0) return { state, events: [] };
  return {
    state: due.reduce((current, key) => withoutKey(current, key, nowMs), state),
    events: due.map((key) => recordDeletion(key, nowMs)),
  };
}

function withoutKey(state: State, key: Key, nowMs: number): State {
  const { keys, aliases } = state.inventory;
  const rest = withInventory(state, {
    keys: keys.filter(({ arn }) => arn !== key.arn),
    aliases: aliases.filter(
      ({ target, account, region }) =>
        target !== key.arn &&
        !(target === keyIdOf(key) && account === key.account && region === key.region),
    ),
  });
  const [primary, ...replicas] = findRelatedKeys(rest.inventory, key);
  // SOURCE: facts kms-authz 108: the primary's own waiting period begins when its last replica is gone
  if (primary?.state !== 'PendingReplicaDeletion' || replicas.length > 0) return rest;
  const days = state.notes.get(primary.arn)?.pendingWindowDays ?? 30;
  return withKey(rest, {
    ...primary,
    state: 'PendingDeletion',
    deletionDate: deletionDate(Date.parse(key.deletionDate ?? '') || nowMs, days),
  });
}
