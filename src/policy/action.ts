import { hasHole, type Text } from '../source/index.js';
import { maskHoles, matchesEverything, matchesWildcard } from './pattern.js';

/**
 * Whether an entry of `Action` matches an action such as `kms:Decrypt`, without regard to case.
 * Malformed entries match nothing; `undefined` where a hole leaves it open.
 *
 * | entry | `kms:Decrypt` |
 * |---|---|
 * | `*` | true |
 * | `KMS:decr?pt` | true |
 * | `*:Decrypt` | false: no wildcards before the colon |
 * | `kms:` | false |
 * | `kms:Encrypt,Decrypt` | false |
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function matchesAction(pattern: Text, action: string): boolean | undefined {
  if (matchesEverything(pattern)) return true;
  const masked = maskHoles(pattern);
  const colon = masked.indexOf(':');
  if (hasHole(pattern)) {
    const prefix = colon < 0 ? undefined : pattern.slice(0, colon);
    // SOURCE: facts evaluation 3.1, a prefix has no wildcards
    if (prefix !== undefined && !hasHole(prefix) && !PREFIX.test(prefix)) return false;
    return matchesWildcard(pattern, action, 'ignore-case') === false ? false : undefined;
  }
  // SOURCE: facts evaluation 3.1, 3.3
  if (!PREFIX.test(pattern.slice(0, Math.max(colon, 0)))) return false;
  if (!NAME.test(pattern.slice(colon + 1))) return false;
  return matchesWildcard(pattern, action, 'ignore-case');
}

const PREFIX = /^[a-z0-9-]+$/i;
const NAME = /^[\w*?.-]+$/;
