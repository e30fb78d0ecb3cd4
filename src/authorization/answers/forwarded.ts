import type { ContextValue } from '../../inventory/index.js';

/**
 * Whether a condition key has the same value where a service calls KMS for its caller as in the caller's
 * own request: what belongs to the principal, its session and the moment. Not: what belongs to the
 * resource, the network that the request came through, or the service's own API.
 * @param name in lower case
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function forwarded(name: string): boolean {
  if (name === sessionName) return true;
  return !isOfService(name) && !isOfRequestItself(name);
}

/** Whether it is a condition key of KMS's own. */
export function isOfKms(name: string): boolean {
  return name.startsWith('kms:');
}

/** The variable that stands for the name of a role session. */
const sessionName = '=session';

/** Prefixes of keys that a session carries, wherever it calls. */
const sessionPrefixes = /^(aws|saml|sts|cognito-identity\.amazonaws\.com|.*\..*):/;

function isOfService(name: string): boolean {
  return !sessionPrefixes.test(name);
}

function isOfRequestItself(name: string): boolean {
  return (
    lostOnTheWay.includes(name) ||
    ofEachRequest.has(name) ||
    name.startsWith('aws:resource') ||
    name.startsWith('aws:requesttag/')
  );
}

// SOURCE: facts gotchas 12: a Deny on the caller's network hits the calls of services, which lack these keys
/** Keys of the caller's request that the service's call lacks. */
export const lostOnTheWay: readonly string[] = [
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:referer',
];

/** Keys that either request has for itself. */
const ofEachRequest: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:tagkeys',
  'aws:useragent',
  'aws:viaawsservice',
]);

/** What tells for which resource a service principal acts. */
export const sourceKeys: readonly string[] = [
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
];

/** Keys of the service's call that the service sets as it likes, and no document tells how. */
export function setByService(
  service: string,
  isNamedByAlias: boolean,
): Readonly<Record<string, ContextValue>> {
  const unknown = (key: string): ContextValue => ({
    unknown: { layer: 'attribute', of: service, detail: `\`${key}\` of its calls to KMS` },
  });
  const keys = ['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:UserAgent'];
  return Object.fromEntries(
    [...keys, ...(isNamedByAlias ? ['kms:RequestAlias'] : [])].map((key) => [key, unknown(key)]),
  );
}
