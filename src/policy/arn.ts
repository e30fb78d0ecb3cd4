import { hasHole, hole, partsOf, type Text } from '../source/index.js';
import { maskHoles, matchesEverything, matchesWildcard } from './pattern.js';
import { every } from './three-valued.js';

/** An Amazon Resource Name, taken apart at its first five colons. Any part may be empty or have holes. */
export interface Arn {
  readonly partition: Text;
  readonly service: Text;
  readonly region: Text;
  readonly account: Text;
  /** Everything after the fifth colon, further colons included. */
  readonly resource: Text;
}

/**
 * The parts of an ARN, or `undefined` for a text that is none or hides its shape in a hole
 * (`${Role.Arn}`). A hole between colons is taken to fill one part.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: Text): Arn | undefined {
  const [arn, partition, service, region, account, resource] = splitArn(text);
  if (arn !== 'arn' || resource === undefined) return undefined;
  return {
    partition: partition ?? '',
    service: service ?? '',
    region: region ?? '',
    account: account ?? '',
    resource,
  };
}

/** The parts of a text between its first five colons outside of holes: at most six. */
export function splitArn(text: Text): readonly Text[] {
  const masked = hasHole(text) ? maskHoles(text) : text;
  const parts: Text[] = [];
  let start = 0;
  while (parts.length < 5) {
    const colon = masked.indexOf(':', start);
    if (colon < 0) break;
    parts.push(text.slice(start, colon));
    start = colon + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/**
 * Whether an ARN pattern matches an ARN: each of the six parts on its own, so that `*` never crosses
 * the first five colons; case-sensitive. False where either is no ARN; `undefined` where holes leave
 * it open. A text that hides its colons in a hole is taken to be an ARN.
 *
 * | pattern | ARN | matches |
 * |---|---|---|
 * | `arn:aws:kms:*:1:key/*` | `arn:aws:kms:eu-west-1:1:key/a:b` | true |
 * | `*` | `arn:aws:kms:eu-west-1:1:key/a` | true |
 * | `arn:aws:*` | `arn:aws:kms:eu-west-1:1:key/a` | false: two parts |
 * | `${Key.Arn}` | `${Key.Arn}`, one unit | true |
 * | `arn:${P}:iam::1:role/a` | `arn:aws:iam::1:role/b` | false |
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function matchesArn(pattern: Text, arn: Text): boolean | undefined {
  const patternParts = splitArn(pattern);
  const parts = splitArn(arn);
  if (patternParts.length === 6 && parts.length === 6) return matchesParts(patternParts, parts);
  // SOURCE: facts evaluation 6.14
  if (parts.length < 6 && !hasHole(arn)) return false;
  // SOURCE: no document says; `*` alone is taken to match every ARN, the cautious reading in an Allow
  if (matchesEverything(pattern)) return true;
  if (patternParts.length < 6 && !hasHole(pattern)) return false;
  return matchesHidden(pattern, arn);
}

function matchesParts(patternParts: readonly Text[], parts: readonly Text[]): boolean | undefined {
  if (parts[0] !== 'arn' && !hasHole(parts[0] ?? '')) return false;
  const pairs = patternParts.map((part, index) => [part, parts[index] ?? ''] as const);
  return every(pairs, ([patternPart, part]) => matchesWildcard(patternPart, part, 'exact'));
}

// One of the two hides some of its colons in a hole, so the parts cannot be told apart.
function matchesHidden(pattern: Text, arn: Text): boolean | undefined {
  if (pattern === arn) return true;
  // Parts that match one by one also match as a whole.
  if (matchesWildcard(pattern, arn, 'exact') === false) return false;
  // `${Bucket.Arn}/*` and `${Bucket.Arn}/k`: the shared hole holds the colons of both.
  const shared = leadingHole(pattern);
  if (shared === '' || shared !== leadingHole(arn)) return undefined;
  const rest = matchesWildcard(pattern.slice(shared.length), arn.slice(shared.length), 'exact');
  return rest === true ? true : undefined;
}

function leadingHole(text: Text): Text {
  const [first] = partsOf(text);
  return first === undefined || typeof first === 'string' ? '' : hole(first.unit, first.expression);
}
