import { limits } from '../../facts/index.js';
import type { Key } from '../../inventory/index.js';
import { invalid } from '../exceptions.js';
import { isMultiRegion, stateOf } from '../key-facts.js';
import { findRelatedKeys } from '../lookup.js';
import { operation } from '../operation.js';
import type { KmsInputs, KmsOutputs } from '../operations.js';
import { failed, succeeded } from '../result.js';
import { withKey, withNote } from '../state.js';
import { deletionDate } from '../time.js';
import { onKey, theKey } from './on-key.js';

type OneKey = { readonly key: Key };

export const enableKey = switching('EnableKey', 'Enabled');
export const disableKey = switching('DisableKey', 'Disabled');

export const scheduleKeyDeletion = operation<
  KmsInputs['ScheduleKeyDeletion'],
  KmsOutputs['ScheduleKeyDeletion'],
  OneKey
>({
  resolve: theKey('ScheduleKeyDeletion'),
  asks: (_scene, input, { key }) =>
    onKey('ScheduleKeyDeletion', key, {
      'kms:ScheduleKeyDeletionPendingWindowInDays': String(windowOf(input)),
    }),
  run: ({ state, nowMs, keys: { key } }, input) => {
    const days = windowOf(input);
    const { pendingWindowDaysMin: min, pendingWindowDaysMax: max } = limits;
    if (days < min || days > max) {
      return failed(invalid(`PendingWindowInDays is ${days}, and must be from ${min} to ${max}.`));
    }
    const output = { KeyId: key.arn, PendingWindowInDays: days };
    // SOURCE: facts kms-authz 108
    const hasReplicas =
      isMultiRegion(key) &&
      key.multiRegion !== 'replica' &&
      findRelatedKeys(state.inventory, key).length > 1;
    if (hasReplicas) {
      const waiting: Key = { ...key, state: 'PendingReplicaDeletion' };
      return succeeded({
        state: withNote(withKey(state, waiting), key.arn, { pendingWindowDays: days }),
        output: { ...output, KeyState: stateOf(waiting) },
      });
    }
    const date = deletionDate(nowMs, days);
    const pending: Key = { ...key, state: 'PendingDeletion', deletionDate: date };
    return succeeded({
      state: withKey(state, pending),
      output: { ...output, KeyState: stateOf(pending), DeletionDate: new Date(date) },
    });
  },
});

export const cancelKeyDeletion = operation<
  KmsInputs['CancelKeyDeletion'],
  KmsOutputs['CancelKeyDeletion'],
  OneKey
>({
  resolve: theKey('CancelKeyDeletion'),
  asks: (_scene, _input, { key }) => onKey('CancelKeyDeletion', key),
  run: ({ state, keys: { key } }) => {
    const { deletionDate: cancelled, ...kept } = key;
    const disabled: Key = cancelled === undefined ? key : kept;
    return succeeded({
      state: withKey(state, { ...disabled, state: 'Disabled' }),
      output: { KeyId: key.arn },
    });
  },
});

function switching<Name extends 'EnableKey' | 'DisableKey'>(
  name: Name,
  to: 'Enabled' | 'Disabled',
): ReturnType<typeof operation<KmsInputs[Name], KmsOutputs[Name], OneKey>> {
  return operation<KmsInputs[Name], KmsOutputs[Name], OneKey>({
    resolve: theKey(name),
    asks: (_scene, _input, { key }) => onKey(name, key),
    // SOURCE: facts kms-limits, footnote 12: an unavailable key stays so until its key store is back
    run: ({ state, keys: { key } }) =>
      succeeded({
        state: stateOf(key) === 'Unavailable' ? state : withKey(state, { ...key, state: to }),
        output: {},
      }),
  });
}

function windowOf({ PendingWindowInDays }: KmsInputs['ScheduleKeyDeletion']): number {
  return PendingWindowInDays ?? limits.pendingWindowDaysMax;
}
