import { findAction } from '../actions.js';
import type { ConditionKey } from '../types.js';
import { globalConditionKeys } from './global.js';
import { kmsConditionKeys } from './kms.js';

/** Every `kms:` and `aws:` condition key. */
export const conditionKeys: readonly ConditionKey[] = [...kmsConditionKeys, ...globalConditionKeys];

const exact = new Map<string, ConditionKey>();
const prefixed: (readonly [prefix: string, key: ConditionKey])[] = [];
for (const key of conditionKeys) {
  const [prefix = '', hasHole] = key.name.toLowerCase().split('${');
  if (hasHole === undefined) exact.set(prefix, key);
  else prefixed.push([prefix, key]);
}
// The longest prefix first, so that `kms:RecipientAttestation:NitroTPMPCR` is not taken for a shorter one.
prefixed.sort(([a], [b]) => b.length - a.length);

/** The condition key of that name, compared without case; for `aws:PrincipalTag/team` the one with the placeholder. */
export function findConditionKey(name: string): ConditionKey | undefined {
  let found = known.get(name);
  if (found === undefined && !known.has(name)) {
    found = findOnce(name);
    if (known.size >= knownMax) known.clear();
    known.set(name, found);
  }
  return found;
}

// Every question asks for the same few names.
const known = new Map<string, ConditionKey | undefined>();
const knownMax = 10_000;

function findOnce(name: string): ConditionKey | undefined {
  const lower = name.toLowerCase();
  return (
    exact.get(lower) ??
    prefixed.find(([prefix]) => lower.startsWith(prefix) && lower.length > prefix.length)?.[1]
  );
}

/**
 * Condition keys that every operation on a KMS key has, beside its own and the global ones.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export const keyConditionKeys: readonly string[] = [
  'kms:CustomerMasterKeySpec',
  'kms:CustomerMasterKeyUsage',
  'kms:KeyOrigin',
  'kms:KeySpec',
  'kms:KeyUsage',
  'kms:MultiRegion',
  'kms:MultiRegionKeyType',
  'kms:ResourceAliases',
  'aws:ResourceTag/${TagKey}',
];

const withoutCaller = new Set([
  'kms:generaterandom',
  'kms:listaliases',
  'kms:listkeys',
  'kms:listretirablegrants',
]);

/**
 * Whether a request for `action` can carry the `kms:` condition key at all; true for any key that is
 * not KMS's, and for any action of another service.
 */
export function canCarry(action: string, key: string): boolean {
  const found = findAction(action);
  const conditionKey = findConditionKey(key);
  if (found === undefined || conditionKey === undefined) return true;
  const { name } = conditionKey;
  const { operation } = found;
  if (operation.conditionKeys?.some((own) => prefixOf(own) === prefixOf(name)) === true)
    return true;
  if (keyConditionKeys.includes(name)) {
    return (
      operation.resources.includes('key') ||
      (found.name === 'kms:CreateKey' && name !== 'kms:ResourceAliases')
    );
  }
  if (name === 'kms:CallerAccount') return !withoutCaller.has(action.toLowerCase());
  if (name === 'kms:ViaService')
    return operation.resources.includes('key') || found.name === 'kms:CreateKey';
  if (name === 'aws:TagKeys' || name.startsWith('aws:RequestTag/')) return false;
  return !name.startsWith('kms:');
}

/** A name as far as all of its kind share it. */
function prefixOf(name: string): string {
  const placeholder = name.indexOf('${');
  return placeholder < 0 ? name : name.slice(0, placeholder);
}
