import { limits } from '../../facts/index.js';
import { keyIdOf, type Key } from '../../inventory/index.js';
import { findRelatedKeys } from '../lookup.js';
import { algorithmsOf, isMultiRegion, specOf, stateOf, usageOf } from '../key-facts.js';
import type { KeyMetadata } from '../operations.js';
import type { State } from '../state.js';

/** What DescribeKey says of a key. */
export function metadataOf(state: State, key: Key): KeyMetadata {
  const note = state.notes.get(key.arn);
  const algorithms = usageOf(key) === 'ENCRYPT_DECRYPT' ? algorithmsOf(specOf(key)) : [];
  return {
    AWSAccountId: key.account,
    KeyId: keyIdOf(key),
    Arn: key.arn,
    ...(note?.createdMs === undefined ? {} : { CreationDate: new Date(note.createdMs) }),
    Enabled: stateOf(key) === 'Enabled',
    Description: note?.description ?? '',
    KeyUsage: usageOf(key),
    KeyState: stateOf(key),
    ...(key.deletionDate === undefined ? {} : { DeletionDate: new Date(key.deletionDate) }),
    Origin: key.origin ?? 'AWS_KMS',
    KeyManager: key.manager ?? 'CUSTOMER',
    KeySpec: specOf(key),
    MultiRegion: isMultiRegion(key),
    ...(algorithms.length === 0 ? {} : { EncryptionAlgorithms: algorithms }),
    ...(stateOf(key) === 'PendingReplicaDeletion'
      ? { PendingDeletionWindowInDays: note?.pendingWindowDays ?? limits.pendingWindowDaysMax }
      : {}),
    ...relatedOf(state, key),
  };
}

function relatedOf(state: State, key: Key): Pick<KeyMetadata, 'MultiRegionConfiguration'> {
  if (!isMultiRegion(key)) return {};
  const related = findRelatedKeys(state.inventory, key);
  const primary = related.find(({ multiRegion }) => multiRegion !== 'replica');
  return {
    MultiRegionConfiguration: {
      MultiRegionKeyType: key.multiRegion === 'replica' ? 'REPLICA' : 'PRIMARY',
      ...(primary === undefined
        ? {}
        : { PrimaryKey: { Arn: primary.arn, Region: primary.region } }),
      ReplicaKeys: related
        .filter(({ multiRegion }) => multiRegion === 'replica')
        .map(({ arn, region }) => ({ Arn: arn, Region: region })),
    },
  };
}
