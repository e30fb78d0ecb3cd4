import type { Key } from '../../inventory/index.js';
import { accessDenied, notFound } from '../exceptions.js';
import { operation } from '../operation.js';
import type { KmsInputs, KmsOutputs } from '../operations.js';
import { policyTextOf, readKeyPolicy } from '../policies.js';
import { boolValue } from '../request.js';
import { failed, succeeded } from '../result.js';
import { withKey, withNote } from '../state.js';
import { lockoutCheck } from './keys.js';
import { onKey, theKey } from './on-key.js';

type OneKey = { readonly key: Key };

export const putKeyPolicy = operation<
  KmsInputs['PutKeyPolicy'],
  KmsOutputs['PutKeyPolicy'],
  OneKey
>({
  resolve: theKey('PutKeyPolicy'),
  asks: (_scene, input, { key }) =>
    onKey('PutKeyPolicy', key, {
      'kms:BypassPolicyLockoutSafetyCheck': boolValue(input.BypassPolicyLockoutSafetyCheck),
    }),
  run: ({ state, keys: { key } }, input) => {
    if (!isPolicyName(input.PolicyName)) return failed(noSuchPolicy);
    const policy = readKeyPolicy(state, input.Policy, `policy of ${key.arn}`);
    if (policy.kind === 'failed') return policy;
    const changed: Key = { ...key, policy: policy.value, policyIsDefault: false };
    const next = withNote(withKey(state, changed), key.arn, { policy: policy.value });
    return succeeded({ state: next, output: {}, ...lockoutCheck(changed, input) });
  },
});

export const getKeyPolicy = operation<
  KmsInputs['GetKeyPolicy'],
  KmsOutputs['GetKeyPolicy'],
  OneKey
>({
  resolve: theKey('GetKeyPolicy'),
  asks: (_scene, _input, { key }) => onKey('GetKeyPolicy', key),
  run: ({ state, keys: { key } }, input) => {
    if (!isPolicyName(input.PolicyName)) return failed(noSuchPolicy);
    const text = policyTextOf(state, key);
    // Only IAM policies can have let the caller in, and they do not show what the key's own says.
    if (text === undefined) return failed(accessDenied(`the key policy of ${key.arn} is unknown`));
    return succeeded({ state, output: { Policy: text, PolicyName: 'default' } });
  },
});

const noSuchPolicy = notFound('No such policy exists');

// SOURCE: facts kms-authz 1
function isPolicyName(name: string | undefined): boolean {
  return name === undefined || name === 'default';
}
