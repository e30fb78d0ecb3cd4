import { showText, startOf } from '../source/index.js';
import type { Diagnostic, Parsed } from '../source/index.js';
import type { Defined } from './inventory.js';
import { sayTheSame } from './same.js';

/** A kind of thing of which several definitions may be one. */
export interface Kind<T> {
  /** Its name in messages. */
  readonly what: string;
  /** Equal for definitions of one thing. */
  readonly nameOf: (definition: T) => string;
  /** Whether two definitions that differ are a mistake; they are where this is absent. */
  readonly contradict?: (a: T, b: T) => boolean;
}

/** Puts together the definitions that bear one name, in the order of first appearance. */
export function combine<T extends Defined>(
  definitions: readonly T[],
  { what, nameOf, contradict }: Kind<T>,
): Parsed<readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const definition of definitions) {
    const name = nameOf(definition);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [definition]);
    else group.push(definition);
  }
  const diagnostics: Diagnostic[] = [];
  const value = [...groups].flatMap(([name, group]) => {
    if (group.length === 1) return group;
    const { things, contested } = variantsOf(group);
    const [main, ...others] = things;
    for (const other of others) {
      if (main === undefined || contradict?.(main, other) === false) continue;
      const thing = `${what} \`${showText(name)}\``;
      diagnostics.push(definedTwice(thing, other, main, contested));
    }
    return things;
  });
  return { value, diagnostics };
}

interface Variants<T> {
  readonly things: readonly T[];
  /** The fields in which they differ. */
  readonly contested: readonly string[];
}

function variantsOf<T extends Defined>(group: readonly T[]): Variants<T> {
  const agreed = new Map<string, unknown>();
  const contested = new Set<string>();
  for (const definition of group) {
    for (const [field, value] of fieldsOf(definition)) {
      if (contested.has(field)) continue;
      const together = agreed.has(field)
        ? (combiners[field] ?? agree)(agreed.get(field), value)
        : value;
      agreed.set(field, together);
      if (together === undefined) contested.add(field);
    }
  }
  for (const field of contested) agreed.delete(field);
  // Each value is one that the field had in T, or was made of two of them by the field's own rule.
  const thingOf = (own: Iterable<readonly [string, unknown]>): T =>
    Object.fromEntries([...agreed, ...own]) as unknown as T;
  if (contested.size === 0) return { things: [thingOf([])], contested: [] };
  const things: T[] = [];
  for (const definition of group) {
    const own = fieldsOf(definition).filter(([field]) => contested.has(field) || places.has(field));
    if (own.every(([field]) => places.has(field))) continue;
    const variant = thingOf(own);
    if (!things.some((thing) => sayTheSame(thing, variant))) things.push(variant);
  }
  return { things, contested: [...contested] };
}

/** The fields that are there, in the author's order. */
function fieldsOf(definition: object): readonly (readonly [string, unknown])[] {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(definition);
  return entries.filter(([, value]) => value !== undefined);
}

/** What two definitions say of one field, put together; `undefined` where they contradict. */
type Combiner = (a: unknown, b: unknown) => unknown;

const agree: Combiner = (a, b) => (sayTheSame(a, b) ? a : undefined);
const first: Combiner = (a) => a;
const either: Combiner = (a, b) => a === true || b === true;

/** Where a thing was defined is no claim about it: the first place is as good as any. */
const places = new Set(['address', 'unit', 'span', 'keySpan']);

const combiners: Readonly<Record<string, Combiner>> = {
  address: first,
  unit: first,
  span: first,
  keySpan: first,
  serviceLinked: either,
  fixedName: either,
  policyIsDefault: either,
  aliases: union,
  groups: union,
  grants: (a, b) => unionBy(a, b, 'id'),
  policies: (a, b) => agree(a, b) ?? unionBy(a, b, 'name'),
  complete: (a, b) => new Set([...(a as Set<unknown>), ...(b as Set<unknown>)]),
  // A trail that is only named says nothing of its selectors yet.
  selectors: (a, b) => (isEmpty(a) ? b : isEmpty(b) ? a : agree(a, b)),
  target: (a, b) =>
    agree(a, b) ?? longerKey(String(a), String(b)) ?? longerKey(String(b), String(a)),
};

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function union(a: unknown, b: unknown): unknown {
  return [...new Set([...(a as readonly unknown[]), ...(b as readonly unknown[])])];
}

/** Both lists, unless one item has no name or one name stands for two items. */
function unionBy(a: unknown, b: unknown, nameField: 'id' | 'name'): unknown {
  const byName = new Map<unknown, unknown>();
  for (const item of [...(a as readonly object[]), ...(b as readonly object[])]) {
    const name = new Map(fieldsOf(item)).get(nameField);
    if (name === undefined) return undefined;
    if (byName.has(name) && !sayTheSame(byName.get(name), item)) return undefined;
    if (!byName.has(name)) byName.set(name, item);
  }
  return [...byName.values()];
}

/** The ARN, where the other one is the id in it. */
function longerKey(arn: string, id: string): string | undefined {
  return arn.endsWith(`:key/${id}`) ? arn : undefined;
}

function definedTwice(
  thing: string,
  variant: Defined,
  { span }: Defined,
  contested: readonly string[],
): Diagnostic {
  const where = `\`${span.source.path}\` line ${startOf(span).line}`;
  return {
    code: 'defined-twice',
    severity: 'warning',
    message: `the ${thing} is defined here and in ${where}, with different ${contested.join(', ')}`,
    span: variant.span,
    hint: 'keep one definition; until then both are analysed',
  };
}
