import { nearestName, parseArn, type Arn } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { Node, Span, Text } from '../../source/index.js';
import type { LoadSettings } from '../loader.js';
import { readFields, wrongValue, type Fields, type Report } from './fields.js';
import type { PolicyReader } from './policies.js';

/** What reading any part of an inventory file needs. */
export interface Reading {
  /** The unit of the file's own unknowns: its path. */
  readonly unit: string;
  readonly settings: LoadSettings;
  readonly policies: PolicyReader;
  readonly report: Report;
}

/** Reads each item of a list; an item that cannot be read is reported, and its neighbours stay. */
export function readEach<T>(
  items: readonly Node[] | undefined,
  what: string,
  names: readonly string[],
  { report }: Reading,
  read: (fields: Fields, index: number) => T | undefined,
): readonly T[] {
  return (items ?? []).flatMap((item, index) => {
    const fields = readFields(item, what, names, report);
    return (fields && read(fields, index)) ?? [];
  });
}

/** A text that must be there. */
export function required(
  fields: Fields,
  what: string,
  name: string,
  { report }: Reading,
): Text | undefined {
  if (fields.node(name) === undefined) {
    report({
      code: 'inventory-missing',
      severity: 'error',
      message: `${what} has no \`${name}\``,
      span: fields.span,
      hint: `add \`${name}\`, by which it is told from others`,
    });
    return undefined;
  }
  return fields.text(name);
}

/** The ARN that names a thing, taken apart. `example` is one of its kind, and `resource` what it starts with. */
export function requiredArn(
  fields: Fields,
  what: string,
  expected: { readonly service?: string; readonly resource: RegExp; readonly example: string },
  reading: Reading,
): { readonly text: Text; readonly arn: Arn } | undefined {
  const text = required(fields, what, 'arn', reading);
  if (text === undefined) return undefined;
  const arn = parseArn(text);
  const isRight =
    arn !== undefined &&
    (expected.service === undefined || arn.service === expected.service) &&
    (expected.resource.test(arn.resource) || hasHole(arn.resource));
  if (isRight) return { text, arn };
  const span = fields.node('arn')?.span ?? fields.span;
  reading.report(
    wrongValue(
      span,
      `\`${text}\` is not the ARN of ${what}`,
      `write it like \`${expected.example}\``,
    ),
  );
  return undefined;
}

/** A value that AWS takes from a list; one that is not on it is kept, since AWS adds to its lists. */
export function oneOf(
  fields: Fields,
  name: string,
  known: readonly string[],
  { report }: Reading,
): Text | undefined {
  const text = fields.text(name);
  if (text !== undefined)
    warnUnlessKnown(text, name, known, fields.node(name)?.span ?? fields.span, report);
  return text;
}

export function warnUnlessKnown(
  text: Text,
  name: string,
  known: readonly string[],
  span: Span,
  report: Report,
): void {
  if (known.includes(text) || hasHole(text)) return;
  const nearest = nearestName(text, known);
  report({
    code: 'inventory-value',
    severity: 'warning',
    message: `\`${text}\` is not a known value of \`${name}\``,
    span,
    hint: nearest === undefined ? `known are ${known.join(', ')}` : `did you mean \`${nearest}\`?`,
  });
}

/** The parts of a thing that are there. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Fields that are undefined are left out, so what remains has no undefined in it.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
