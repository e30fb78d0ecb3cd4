import type { KeyStateRule } from './types.js';

// SOURCE: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

export const onlyPendingDeletion: KeyStateRule = {
  Enabled: 'KMSInvalidStateException',
  Disabled: 'KMSInvalidStateException',
  PendingDeletion: 'ok',
  PendingImport: 'KMSInvalidStateException',
  Unavailable: 'KMSInvalidStateException',
  PendingReplicaDeletion: 'ok',
  Creating: 'KMSInvalidStateException',
  Updating: 'KMSInvalidStateException',
};

export const unlessPendingDeletion: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'ok',
  Unavailable: 'ok',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'ok',
  Updating: 'ok',
};

export const usableOrUnavailable: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'DisabledException',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'KMSInvalidStateException',
  Unavailable: 'ok',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'ok',
};

export const usable: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'DisabledException',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'KMSInvalidStateException',
  Unavailable: 'KMSInvalidStateException',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'ok',
};

export const anyState: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'ok',
  PendingImport: 'ok',
  Unavailable: 'ok',
  PendingReplicaDeletion: 'ok',
  Creating: 'ok',
  Updating: 'ok',
};

export const deletingMaterial: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'ok',
  PendingImport: 'ok',
  Unavailable: 'KMSInvalidStateException',
  PendingReplicaDeletion: 'ok',
  Creating: 'KMSInvalidStateException',
  Updating: 'KMSInvalidStateException',
};

export const switchable: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'KMSInvalidStateException',
  Unavailable: 'ok',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'KMSInvalidStateException',
};

export const rotatable: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'DisabledException',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'UnsupportedOperationException',
  Unavailable: 'UnsupportedOperationException',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'ok',
};

export const usableOutsideKeyStores: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'DisabledException',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'KMSInvalidStateException',
  Unavailable: 'UnsupportedOperationException',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'ok',
};

export const rotationVisible: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'ok',
  PendingImport: 'UnsupportedOperationException',
  Unavailable: 'UnsupportedOperationException',
  PendingReplicaDeletion: 'ok',
  Creating: 'ok',
  Updating: 'ok',
};

export const preparingImport: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'ok',
  Unavailable: 'UnsupportedOperationException',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'KMSInvalidStateException',
};

export const publicKeyVisible: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'ok',
  Unavailable: 'KMSInvalidStateException',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'ok',
};

export const importing: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'ok',
  Unavailable: 'UnsupportedOperationException',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'ok',
};

export const rotationsListed: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'ok',
  PendingImport: 'ok',
  Unavailable: 'UnsupportedOperationException',
  PendingReplicaDeletion: 'ok',
  Creating: 'ok',
  Updating: 'ok',
};

export const replicable: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'DisabledException',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'KMSInvalidStateException',
  Unavailable: 'KMSInvalidStateException',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'KMSInvalidStateException',
  Updating: 'KMSInvalidStateException',
};

export const deletable: KeyStateRule = {
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'KMSInvalidStateException',
  PendingImport: 'ok',
  Unavailable: 'ok',
  PendingReplicaDeletion: 'KMSInvalidStateException',
  Creating: 'ok',
  Updating: 'KMSInvalidStateException',
};
