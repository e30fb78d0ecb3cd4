import { findConditionKey } from '../../facts/index.js';
import { findWord } from '../../logic/index.js';
import type { Membership, Wildcard, WildcardToken } from '../../logic/index.js';
import { matchesCondition, parseArn, wildcardsOf } from '../../policy/index.js';
import { fillHoles } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { Comparison, Domain, Variable } from './atoms.js';
import { candidates } from './candidates.js';
import { dateEquals, ipAddress, numericEquals, stringLike } from './operators.js';

/** What a conjunction of literals asks of one variable. */
export interface Wanted {
  readonly exists: boolean | undefined;
  readonly tests: readonly WantedTest[];
  readonly members: readonly {
    readonly comparisons: readonly WantedTest[];
    readonly wanted: boolean;
  }[];
}

export const nothingWanted: Wanted = { exists: undefined, tests: [], members: [] };

export interface WantedTest {
  readonly comparison: Comparison;
  readonly wanted: boolean;
}

export type Found<V> =
  /** `undefined`: the key is absent. */
  | { readonly kind: 'value'; readonly value: V | undefined }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unknown'; readonly limit: string };

const impossible = { kind: 'impossible' } as const;

/** A value of a single-valued key that does all that is wanted, absence preferred. */
export function findValue(variable: Variable, { exists, tests }: Wanted): Found<Text> {
  const mustExist = exists === true || variable.domain.always || tests.some(({ wanted }) => wanted);
  if (exists === false) return mustExist ? impossible : { kind: 'value', value: undefined };
  if (!mustExist) return { kind: 'value', value: undefined };
  return findText(variable, tests);
}

/** Whether a text passes a comparison. */
export function passes({ operator, text }: Comparison, value: Text): boolean {
  return matchesCondition(operator, [{ kind: 'value', text }], value) === true;
}

/** A text in the variable's domain that passes, or fails, each test as wanted. */
export function findText(variable: Variable, tests: readonly WantedTest[]): Found<Text> {
  const { domain } = variable;
  const fits = (value: Text): boolean =>
    isInDomain(variable, value) &&
    tests.every(({ comparison, wanted }) => passes(comparison, value) === wanted);
  if (domain.values !== undefined) {
    const value = domain.values.find(fits);
    return value === undefined ? impossible : { kind: 'value', value };
  }
  const exact = tests.find(({ comparison, wanted }) => wanted && isExact(comparison));
  // Only one text equals a text that holds no wildcard.
  if (exact !== undefined)
    return fits(exact.comparison.text)
      ? { kind: 'value', value: exact.comparison.text }
      : impossible;
  const { values, complete } = candidates(variable, tests);
  for (const value of values) if (fits(value)) return { kind: 'value', value };
  if (complete && domain.pattern === undefined) return impossible;
  const memberships = tests.map(membershipOf);
  if (memberships.includes(undefined)) return mixed(variable, tests);
  return findInLanguage(
    variable,
    [
      ...memberships.filter((membership) => membership !== undefined),
      ...(domain.pattern === undefined ? [] : [inside(within(domain))]),
      ...(domain.mayBeEmpty ? [] : [outside('')]),
    ],
    fits,
  );
}

// What is excluded one by one is told apart only where the search comes upon it.
function findInLanguage(
  variable: Variable,
  memberships: readonly Membership[],
  fits: (value: Text) => boolean,
): Found<Text> {
  const { domain, spelling } = variable;
  const avoided: Membership[] = [];
  while (avoided.length <= excludedMax) {
    const found = findWord([...memberships, ...avoided], statesMax);
    switch (found.kind) {
      case 'word':
        if (fits(found.word)) return { kind: 'value', value: found.word };
        if (domain.isExcluded?.(found.word) !== true)
          return { kind: 'unknown', limit: `values of ${spelling}` };
        avoided.push(outside(found.word));
        break;
      case 'none':
        return impossible;
      case 'limit':
        return { kind: 'unknown', limit: `${statesMax} states for ${spelling}` };
    }
  }
  return { kind: 'unknown', limit: `${excludedMax} values of ${spelling} that it never has` };
}

function isExact({ operator: { family, like, ignoreCase }, text }: Comparison): boolean {
  return family === 'String' && !like && !ignoreCase && /^[\w:/.,@+= -]+$/.test(text);
}

/** Whether the variable can have the value at all. */
export function isInDomain(variable: Variable, value: Text): boolean {
  const { mayBeEmpty, pattern, isExcluded } = variable.domain;
  return (
    (mayBeEmpty || value !== '') &&
    isExcluded?.(value) !== true &&
    (pattern === undefined || passes(like(spelled(pattern)), spelled(value))) &&
    isOfType(variable, value)
  );
}

// A hole is itself and nothing else here: what else it may turn out to be is told by other atoms.
function spelled(text: Text): Text {
  return fillHoles(text, ({ unit, expression }) => `{${unit} ${expression}}`);
}

// The value of a key has the type that is documented for it, whatever operators a policy puts to it.
function isOfType({ name, spelling }: Variable, value: Text): boolean {
  // What a question gives is taken as it is.
  if (name.startsWith('=')) return true;
  switch (findConditionKey(spelling)?.type) {
    case 'Numeric':
      return passes({ operator: numericEquals, text: value }, value);
    case 'Date':
      return passes({ operator: dateEquals, text: value }, value);
    case 'IPAddress':
      return passes({ operator: ipAddress, text: value }, value);
    case 'String':
    case 'ARN':
    case 'Bool':
    case 'Binary':
    case undefined:
      return true;
  }
}

const statesMax = 20_000;
const excludedMax = 8;

// Operators of several families on one key: each family alone may already contradict itself.
function mixed(variable: Variable, tests: readonly WantedTest[]): Found<Text> {
  const strings = tests.filter((test) => membershipOf(test) !== undefined);
  const others = tests.filter((test) => membershipOf(test) === undefined);
  if (strings.length > 0 && others.length > 0) {
    if (findText(variable, strings).kind === 'impossible') return impossible;
    const { complete, values } = candidates(variable, others);
    const possible = [...values].some((value) =>
      others.every(({ comparison, wanted }) => passes(comparison, value) === wanted),
    );
    if (complete && !possible) return impossible;
  }
  return { kind: 'unknown', limit: `operators of several types on ${variable.spelling}` };
}

function like(text: Text): Comparison {
  return {
    operator: stringLike,
    text,
  };
}

function inside(language: Wildcard): Membership {
  return { language, inside: true };
}

function outside(text: Text): Membership {
  const tokens = [...text].map((character): WildcardToken => ({ kind: 'character', character }));
  return { language: { tokens, ignoreCase: false }, inside: false };
}

// Where values are excluded, that is above all for characters which no name has.
function within({ pattern = '*', isExcluded }: Domain): Wildcard {
  return {
    tokens: tokensOf(pattern, isExcluded === undefined ? undefined : ':*?'),
    ignoreCase: false,
  };
}

/** The language of a comparison of texts; `undefined` for the other families. */
function membershipOf({
  comparison: { operator, text },
  wanted,
}: WantedTest): Membership | undefined {
  switch (operator.family) {
    case 'String': {
      const tokens = operator.like
        ? tokensOf(text, undefined)
        : wildcardsOf(text).map((piece): WildcardToken => ({
            kind: 'character',
            character: characterOf(piece),
          }));
      return { language: { tokens, ignoreCase: operator.ignoreCase }, inside: wanted };
    }
    case 'Arn':
      return { language: { tokens: arnTokens(text), ignoreCase: false }, inside: wanted };
    case 'Bool':
    case 'Numeric':
    case 'Date':
    case 'Binary':
    case 'IpAddress':
    case 'Null':
      return undefined;
  }
}

function characterOf(piece: ReturnType<typeof wildcardsOf>[number]): string {
  if (piece === 'run') return '*';
  return piece === 'any' ? '?' : piece.character;
}

function tokensOf(pattern: string, not: string | undefined): readonly WildcardToken[] {
  return wildcardsOf(pattern).map((piece): WildcardToken => {
    if (typeof piece === 'object') return { kind: 'character', character: piece.character };
    return not === undefined ? { kind: piece } : { kind: piece, not };
  });
}

// SOURCE: facts evaluation 6.13: wildcards never cross the first five colons; what is no ARN never matches
function arnTokens(pattern: string): readonly WildcardToken[] {
  const parts = pattern.split(':');
  const arn = parseArn(pattern);
  if (parts.length < 6) return nothing;
  const head = parts.slice(0, 5);
  if (arn === undefined && !passes(like(head[0] ?? ''), 'arn')) return nothing;
  const tokens: WildcardToken[] = [...'arn'].map((character) => ({ kind: 'character', character }));
  for (const part of head.slice(1))
    tokens.push({ kind: 'character', character: ':' }, ...tokensOf(part, ':'));
  return [
    ...tokens,
    { kind: 'character', character: ':' },
    ...tokensOf(parts.slice(5).join(':'), undefined),
  ];
}

// A character that must be none of all there are: no text has it.
const nothing: readonly WildcardToken[] = [{ kind: 'character', character: '\uE002' }];
