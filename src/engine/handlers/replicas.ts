import { keyIdOf, type Key } from '../../inventory/index.js';
import { exception, invalid, unsupported } from '../exceptions.js';
import { isMultiRegion } from '../key-facts.js';
import { findRelatedKeys } from '../lookup.js';
import { operation } from '../operation.js';
import type { KmsInputs, KmsOutputs } from '../operations.js';
import { policyTextOf } from '../policies.js';
import { boolValue } from '../request.js';
import { failed, succeeded } from '../result.js';
import { addKey, checkTags, creationAsks, newKey, tagsOf } from './keys.js';
import { metadataOf } from './metadata.js';
import { onKey, theKey } from './on-key.js';

/**
 * Makes a replica, which is ready at once: the time that AWS takes to copy the material is not shown.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html
 */
export const replicateKey = operation<
  KmsInputs['ReplicateKey'],
  KmsOutputs['ReplicateKey'],
  { readonly key: Key }
>({
  resolve: theKey('ReplicateKey'),
  // SOURCE: facts kms-authz 103
  asks: (_scene, input, { key }) => [
    ...onKey('ReplicateKey', key, { 'kms:ReplicaRegion': input.ReplicaRegion }),
    ...creationAsks(input.Tags, {
      'aws:RequestedRegion': input.ReplicaRegion,
      'kms:BypassPolicyLockoutSafetyCheck': boolValue(input.BypassPolicyLockoutSafetyCheck),
      'kms:KeySpec': key.spec,
      'kms:CustomerMasterKeySpec': key.spec,
      'kms:KeyUsage': key.usage,
      'kms:CustomerMasterKeyUsage': key.usage,
      'kms:KeyOrigin': key.origin,
      'kms:MultiRegion': 'true',
      'kms:MultiRegionKeyType': 'REPLICA',
    }),
  ],
  run: (scene, input) => {
    const { key } = scene.keys;
    const { ReplicaRegion } = input;
    if (!isMultiRegion(key) || key.multiRegion === 'replica') {
      return failed(unsupported(`${key.arn} is not a multi-Region primary key.`));
    }
    if (ReplicaRegion === key.region) {
      return failed(
        invalid(`The replica Region ${ReplicaRegion} is the Region of the primary key.`),
      );
    }
    const related = findRelatedKeys(scene.state.inventory, key);
    if (related.some(({ region }) => region === ReplicaRegion)) {
      return failed(
        exception(
          'AlreadyExistsException',
          `${key.arn} already has a replica in ${ReplicaRegion}.`,
        ),
      );
    }
    const refused = checkTags(input.Tags);
    if (refused !== undefined) return failed(refused);
    // SOURCE: facts kms-authz 101, 102
    const { spec, usage, origin, account } = key;
    const replica = newKey({
      arn: `arn:${scene.partition}:kms:${ReplicaRegion}:${account}:key/${keyIdOf(key)}`,
      account,
      region: ReplicaRegion,
      ...(spec === undefined ? {} : { spec }),
      ...(usage === undefined ? {} : { usage }),
      ...(origin === undefined ? {} : { origin }),
      state: origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
      multiRegion: 'replica',
      primaryRegion: key.region,
      tags: tagsOf(input.Tags),
    });
    const added = addKey(scene, replica, input);
    if (added.kind === 'failed') return added;
    const { state, madeKey } = added.value;
    return succeeded({
      ...added.value,
      output: {
        ReplicaKeyMetadata: metadataOf(state, madeKey),
        ReplicaPolicy: policyTextOf(state, madeKey) ?? '',
      },
    });
  },
});
