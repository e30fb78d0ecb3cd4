import { operations } from './operations/index.js';
import type { Operation } from './types.js';

/** One permission, with the operation that needs it. */
export interface Action {
  /** `kms:Decrypt`. */
  readonly name: `kms:${string}`;
  readonly operation: Operation;
  readonly operationName: string;
}

// SynchronizeMultiRegionKey is a permission of KMS's own service-linked role; no API call needs it.
const permissionOnly = ['kms:SynchronizeMultiRegionKey'] as const;

const byName: ReadonlyMap<string, Action> = new Map(
  Object.entries(operations).flatMap(([operationName, operation]) =>
    operation.actions.map(
      (name) => [name.toLowerCase(), { name, operation, operationName }] as const,
    ),
  ),
);

/** The permission of that name, compared without case; `undefined` where KMS has none or no call needs it. */
export function findAction(name: string): Action | undefined {
  return byName.get(name.toLowerCase());
}

/** Every `kms:` permission that exists. */
export const actionNames: readonly string[] = [
  ...[...byName.values()].map((action) => action.name),
  ...permissionOnly,
].sort();

/**
 * Permissions that work on a key of another account; any other has no effect there.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
export function worksAcrossAccounts(action: string): boolean {
  return findAction(action)?.operation.crossAccount ?? false;
}

/** Whether a permission is granted on `*` by IAM policies alone, such as `kms:CreateKey`. */
export function hasNoResource(action: string): boolean {
  const found = findAction(action);
  return found !== undefined && found.operation.resources.length === 0;
}
