import { hasHole, type Text } from '../source/index.js';
import { matchesArn, splitArn } from './arn.js';
import type { PolicyKind } from './document.js';
import { maskHoles, matchesEverything } from './pattern.js';

/**
 * Whether an entry of `Resource` (or `NotResource`, as `element` says), its variables expanded,
 * matches the resource of a request: an ARN, or `*` for an action that has none. `void` means that
 * the whole statement has no effect because of this entry.
 *
 * | entry | kind | against a key ARN | against `*` |
 * |---|---|---|---|
 * | `*` | any | match | match |
 * | `arn:aws:kms:*:*:key/*` | any | match | no-match |
 * | `arn:aws:kms` | identity, boundary, session | match | no-match |
 * | `arn:aws:kms` | key-policy, resource, endpoint, trust | no-match | no-match |
 * | `arn:aws:kms:*` | key-policy, resource, endpoint, trust | match | no-match |
 * | `arn:aws:kms` | scp | void | void |
 * | `arn:aws:*` | rcp | void | void |
 *
 * In a `NotResource` an entry of fewer than six parts that does not match is `void` as well.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesResource(
  pattern: Text,
  resource: Text,
  kind: PolicyKind,
  element: 'Resource' | 'NotResource' = 'Resource',
): 'match' | 'no-match' | 'void' | 'unknown' {
  if (matchesEverything(pattern)) return 'match';
  const parts = splitArn(pattern);
  if (parts.length < 6 && !hasHole(pattern)) {
    return matchesShort(parts, resource, kind, element);
  }
  // SOURCE: facts evaluation 4.7
  if (resource === '*') return matchesNoResource(pattern);
  return outcomeOf(matchesArn(pattern, resource));
}

// Only what may turn out to be a bare `*` may match.
function matchesNoResource(pattern: Text): 'no-match' | 'unknown' {
  return hasHole(pattern) && /^[*\uE001]*$/.test(maskHoles(pattern)) ? 'unknown' : 'no-match';
}

// SOURCE: facts evaluation 4.5
function matchesShort(
  parts: readonly Text[],
  resource: Text,
  kind: PolicyKind,
  element: 'Resource' | 'NotResource',
): 'match' | 'no-match' | 'void' | 'unknown' {
  switch (kind) {
    case 'identity':
    case 'boundary':
    case 'session':
      return matchesExpanded(parts, resource, element);
    case 'key-policy':
    case 'resource':
    case 'endpoint':
    case 'trust':
      return parts.some((part) => part.includes('*'))
        ? matchesExpanded(parts, resource, element)
        : 'no-match';
    case 'scp':
      return parts.at(-1)?.endsWith('*') === true
        ? matchesExpanded(parts, resource, element)
        : 'void';
    case 'rcp':
      return 'void';
    case 'unknown':
      return 'unknown';
  }
}

function matchesExpanded(
  parts: readonly Text[],
  resource: Text,
  element: 'Resource' | 'NotResource',
): 'match' | 'no-match' | 'void' | 'unknown' {
  const missing = new Array<Text>(6 - parts.length).fill('*');
  const expanded = [...parts, ...missing].join(':');
  const outcome = resource === '*' ? 'no-match' : outcomeOf(matchesArn(expanded, resource));
  return outcome === 'no-match' && element === 'NotResource' ? 'void' : outcome;
}

function outcomeOf(matches: boolean | undefined): 'match' | 'no-match' | 'unknown' {
  if (matches === undefined) return 'unknown';
  return matches ? 'match' : 'no-match';
}
