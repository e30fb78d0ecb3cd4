import { findConditionKey, keyConditionKeys } from '../../facts/index.js';
import type { Freedom } from './circumstances.js';

/**
 * What anybody chooses who calls KMS from an account of their own: the service to call through, the
 * encryption context, their tags. Not their account, organization or name, nor the network of others.
 */
export const outsiderFreedom: Freedom = (key) => {
  if (isDerived(key)) return 'nothing';
  switch (key) {
    // Services set these for what they do on their own behalf; no caller does.
    case 'aws:sourcearn':
    case 'aws:sourceaccount':
    case 'aws:sourceowner':
    case 'aws:sourceorgid':
    case 'aws:sourceorgpaths':
      return 'nothing';
    case 'aws:sourceip':
      return ['198.51.100.23'];
    case 'aws:sourcevpc':
      return ['vpc-0outsider00000000'];
    case 'aws:sourcevpce':
      return ['vpce-0outsider0000000'];
    case 'aws:sourcevpcarn':
      return ['arn:aws:ec2:us-east-1:999999999999:vpc/vpc-0outsider00000000'];
    case 'aws:vpceaccount':
    case 'aws:vpceorgid':
    case 'aws:vpceorgpaths':
    case 'aws:ec2instancesourcevpc':
      return 'nothing';
  }
  // An attestation proves which image runs, which is what such a condition is for.
  return key.startsWith('kms:recipientattestation:') ? 'nothing' : 'any';
};

/**
 * What the people of the key's own account choose between them: networks, tags, services and names of
 * theirs too, as there may be someone who has the right ones.
 */
export const insiderFreedom: Freedom = (key) =>
  isDerived(key) && !['aws:principalarn', 'aws:userid', 'aws:username'].includes(key)
    ? 'nothing'
    : 'any';

/** What a principal that a policy names chooses, being who it is: its tags, networks and services. */
export const namedFreedom: Freedom = (key) => (isDerived(key) ? 'nothing' : 'any');

function isDerived(key: string): boolean {
  return (
    derived.has(key) || /^aws:resourcetag\/|^kms:(grant|retiring)/.test(key) || isUnheardOf(key)
  );
}

/** No request has a key that AWS does not define, whatever its maker would choose. */
function isUnheardOf(key: string): boolean {
  return /^(kms|aws):/.test(key) && findConditionKey(key) === undefined;
}

const derived = new Set([
  ...keyConditionKeys.map((name) => name.toLowerCase()),
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:securetransport',
  'aws:userid',
  'aws:username',
  'kms:bypasspolicylockoutsafetycheck',
  'kms:calleraccount',
  'kms:encryptionalgorithm',
  'kms:requestalias',
]);
