import ipaddr from 'ipaddr.js';
import { findConditionKey } from '../../facts/index.js';
import { wildcardsOf } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { Variable } from './atoms.js';
import type { WantedTest } from './single-values.js';

/** Values worth trying first; `complete` where one of them fits if any value does. */
export interface Candidates {
  /** Made one after the other, as the first often fits. */
  readonly values: Iterable<Text>;
  readonly complete: boolean;
}

/** Candidate values for a variable: its operators' own values, and those next to them. */
export function candidates(variable: Variable, tests: readonly WantedTest[]): Candidates {
  const families = new Set(tests.map(({ comparison }) => comparison.operator.family));
  const isOfTexts = families.has('String') || families.has('Arn');
  return {
    values: valuesFor(variable, families, tests),
    complete: families.size === 1 && !isOfTexts,
  };
}

function* valuesFor(
  variable: Variable,
  families: Iterable<Family>,
  tests: readonly WantedTest[],
): Generator<Text> {
  const texts = tests.map(({ comparison }) => comparison.text);
  const { pattern } = variable.domain;
  if (pattern !== undefined)
    for (const text of [pattern, ...texts]) yield* namesLike(text, pattern);
  for (const family of families) yield* valuesOf(family, texts);
  yield plainValue(variable);
}

// An ARN of the account that the variable's are of, with names where wildcards stand.
function namesLike(text: Text, pattern: Text): readonly Text[] {
  const head = pattern.split(':').slice(0, 5);
  const resource = text.split(':').slice(5).join(':');
  if (head.length < 5 || head[0] !== 'arn') return [];
  return ['', 'example'].map((run) =>
    [...head, pieces(resource, (wildcard) => (wildcard === 'run' ? run : 'x'))].join(':'),
  );
}

type Family = WantedTest['comparison']['operator']['family'];

function* valuesOf(family: Family, texts: readonly Text[]): Generator<Text> {
  switch (family) {
    case 'String':
    case 'Arn':
      for (const text of texts) yield asWritten(text);
      for (const text of texts) yield filled(text);
      break;
    case 'Numeric':
      yield* numbersAround(texts);
      yield 'not a number';
      break;
    case 'Date':
      yield* datesAround(texts);
      yield 'not a date';
      break;
    case 'Bool':
    case 'Null':
      yield 'true';
      yield 'false';
      break;
    case 'Binary':
      yield* texts;
      yield 'a2V5cHJvb2Y=';
      break;
    case 'IpAddress':
      yield* addressesAround(texts);
      yield 'not an address';
      break;
  }
}

/** A value that reads well for a key that may have any. */
function plainValue({ name, spelling }: Variable): Text {
  const example = examples.get(name);
  if (example !== undefined) return example;
  switch (findConditionKey(spelling)?.type) {
    case 'Numeric':
      return '7';
    case 'Date':
      return '1767225600';
    case 'IPAddress':
      return '203.0.113.10';
    case 'String':
    case 'ARN':
    case 'Bool':
    case 'Binary':
    case undefined:
      return 'example';
  }
}

const examples: ReadonlyMap<string, Text> = new Map([
  ['aws:sourceip', '203.0.113.10'],
  ['aws:vpcsourceip', '10.0.0.10'],
  ['aws:currenttime', '1767225600'],
  ['aws:epochtime', '1767225600'],
  ['aws:tokenissuetime', '1767225600'],
  ['aws:multifactorauthage', '60'],
  ['aws:sourcevpce', 'vpce-0123456789abcdef0'],
  ['aws:sourcevpc', 'vpc-0123456789abcdef0'],
  ['kms:viaservice', 's3.us-east-1.amazonaws.com'],
]);

function asWritten(text: Text): Text {
  return pieces(text, (wildcard) => (wildcard === 'run' ? '*' : '?'));
}

function filled(text: Text): Text {
  return pieces(text, (wildcard) => (wildcard === 'run' ? '' : 'x'));
}

function pieces(text: Text, fill: (wildcard: 'run' | 'any') => string): Text {
  return wildcardsOf(text)
    .map((piece) => (typeof piece === 'object' ? piece.character : fill(piece)))
    .join('');
}

// Between any two bounds, at each of them and beyond both ends: no other case differs.
function numbersAround(texts: readonly Text[]): readonly Text[] {
  const bounds = texts
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const between = bounds.slice(1).map((bound, index) => ((bounds[index] ?? bound) + bound) / 2);
  const low = bounds[0] ?? 0;
  const high = bounds.at(-1) ?? 0;
  return [...bounds, Math.max(low - 1, Math.min(0, low - 1)), high + 1, ...between].map(decimal);
}

function decimal(value: number): Text {
  return Number.isInteger(value) ? String(value) : value.toFixed(6);
}

function datesAround(texts: readonly Text[]): readonly Text[] {
  const seconds = texts.map((text) =>
    /^\d+(\.\d+)?$/.test(text) && Number(text) > 9_999 ? Number(text) : Date.parse(text) / 1_000,
  );
  return numbersAround(seconds.filter(Number.isFinite).map(String))
    .map((text) => new Date(Number(text) * 1_000))
    .map((date) => (Number.isNaN(date.getTime()) ? '' : date.toISOString()));
}

// The first and last address of each range, and their neighbours.
function addressesAround(texts: readonly Text[]): readonly Text[] {
  return texts
    .flatMap((text) => {
      const [address = '', bits] = text.split('/');
      if (!ipaddr.isValid(address)) return [];
      const parsed = ipaddr.parse(address);
      const bytes = parsed.toByteArray();
      const prefix = bits === undefined ? bytes.length * 8 : Number(bits);
      const first = masked(bytes, prefix, 0x00);
      const last = masked(bytes, prefix, 0xff);
      return [first, last, moved(first, -1), moved(last, 1)].flatMap((found) =>
        found === undefined ? [] : [textOf(found)],
      );
    })
    .concat('203.0.113.10', '2001:db8::1');
}

function masked(bytes: readonly number[], prefix: number, fill: number): readonly number[] {
  return bytes.map((byte, index) => {
    const kept = Math.max(0, Math.min(8, prefix - index * 8));
    const mask = (0xff << (8 - kept)) & 0xff;
    return (byte & mask) | (fill & ~mask & 0xff);
  });
}

function moved(bytes: readonly number[], by: 1 | -1): readonly number[] | undefined {
  const next = [...bytes];
  for (let index = next.length - 1; index >= 0; index -= 1) {
    const value = (next[index] ?? 0) + by;
    next[index] = value & 0xff;
    if (value >= 0 && value <= 255) return next;
  }
  return undefined;
}

function textOf(bytes: readonly number[]): Text {
  return ipaddr.fromByteArray([...bytes]).toString();
}
