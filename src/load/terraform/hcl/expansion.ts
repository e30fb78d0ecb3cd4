import { showText, type Node } from '../../../source/index.js';
import { textNode } from '../../make-node.js';
import { passedText } from '../../passed.js';
import { evaluate } from './evaluate.js';
import { itemsOver } from './evaluate-for.js';
import { sortedEntries } from './functions/index.js';
import { withNames, type Context, type Scope } from './scope.js';
import { attributeIn, type Body } from './syntax.js';
import { asText, derived, unknown } from './value.js';

/** How often something is created, and with which names. */
export type Expansion<T> =
  | { readonly kind: 'single'; readonly instance: T }
  /** `isOpen`: there may be others, or none. */
  | { readonly kind: 'list'; readonly instances: readonly T[]; readonly isOpen: boolean }
  | { readonly kind: 'map'; readonly instances: ReadonlyMap<string, T> }
  /** With keys that are not known: one that stands for all. */
  | { readonly kind: 'open'; readonly instance: T };

export interface Instance {
  /** `[0]`, `["a"]`, or nothing. */
  readonly index: string;
  readonly context: Context;
}

// More than anybody writes down in one block.
const INSTANCES_MAX = 1000;

/** What `count` or `for_each` of a body makes of it. */
export function expand(body: Body, scope: Scope): Expansion<Instance> {
  const context: Context = { scope, names: new Map() };
  const count = attributeIn(body, 'count');
  if (count) return counted(evaluate(count.value, context), context);
  const each = attributeIn(body, 'for_each');
  if (each) return keyed(evaluate(each.value, context), context);
  return { kind: 'single', instance: { index: '', context } };
}

function counted(value: Node, context: Context): Expansion<Instance> {
  const { span } = value;
  const numbered = (index: number): Instance => ({
    index: `[${String(index)}]`,
    context: withNames(context, {
      count: mapOf({ index: { kind: 'scalar', value: index, span } }, value),
    }),
  });
  const known = countOf(value);
  if (known !== undefined) return list(known, false);
  const choices = value.kind === 'unresolved' ? value.alternatives?.map(countOf) : undefined;
  const all = choices?.filter((choice) => choice !== undefined);
  if (all && all.length > 0 && all.length === choices?.length) return list(Math.max(...all), true);
  const text = derived(context.scope.unit, 'count.index');
  const open = withNames(context, { count: mapOf({ index: unknown(text, span) }, value) });
  return { kind: 'list', instances: [{ index: '[0]', context: open }], isOpen: true };

  function list(length: number, isOpen: boolean): Expansion<Instance> {
    const instances = Array.from({ length: Math.min(length, INSTANCES_MAX) }, (_, at) =>
      numbered(at),
    );
    return { kind: 'list', instances, isOpen: isOpen || length > INSTANCES_MAX };
  }
}

function countOf(node: Node | undefined): number | undefined {
  const number = Number(passedText(node) ?? Number.NaN);
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

function keyed(value: Node, context: Context): Expansion<Instance> {
  const entries = keysOf(value);
  const instance = (key: Node, own: Node): Instance => ({
    index: `["${showText(asText(key) ?? '')}"]`,
    context: withNames(context, { each: mapOf({ key, value: own }, value) }),
  });
  if (entries && entries.size <= INSTANCES_MAX) {
    const instances = [...entries].map(
      ([key, { keyNode, own }]) => [key, instance(keyNode, own)] as const,
    );
    return { kind: 'map', instances: new Map(instances) };
  }
  const { unit } = context.scope;
  const around = passedText(value) === undefined ? '' : `${showText(passedText(value) ?? '')}: `;
  const key = unknown(derived(unit, `${around}each.key`), value.span);
  const own = unknown(derived(unit, `${around}each.value`), value.span);
  const open = { ...instance(key, own), index: '[each.key]' };
  return { kind: 'open', instance: open };
}

type Keys = ReadonlyMap<string, { readonly keyNode: Node; readonly own: Node }>;

/** The keys of a map or a set of texts, those of all forms that it may take; `undefined` where not known. */
function keysOf(value: Node): Keys | undefined {
  if (value.kind === 'unresolved' && value.alternatives) {
    const all = value.alternatives.map((form) => (form ? keysOf(form) : new Map()));
    const known = all.filter((keys): keys is Keys => keys !== undefined);
    return known.length < all.length ? undefined : new Map(known.flatMap((keys) => [...keys]));
  }
  if (value.kind === 'mapping') {
    const entries = sortedEntries(value) ?? [];
    return new Map(
      entries.map(({ key, keySpan, value: own }) => [
        key,
        { keyNode: textNode(key, keySpan), own },
      ]),
    );
  }
  const items = itemsOver(value);
  if (items === undefined) return undefined;
  const nodes = items.flatMap((item) =>
    item.forms ? item.forms.values.filter((form) => form !== undefined) : [item.value],
  );
  return new Map(
    nodes.flatMap((node) => {
      const key = asText(node);
      return key === undefined ? [] : [[key, { keyNode: node, own: node }] as const];
    }),
  );
}

function mapOf(values: Readonly<Record<string, Node>>, { span }: Node): Node {
  const entries = Object.entries(values).map(([key, value]) => ({ key, keySpan: span, value }));
  return { kind: 'mapping', entries, span };
}

/** All instances, in order. */
export function instancesOf<T>(expansion: Expansion<T>): readonly T[] {
  switch (expansion.kind) {
    case 'single':
    case 'open':
      return [expansion.instance];
    case 'list':
      return expansion.instances;
    case 'map':
      return [...expansion.instances.values()];
  }
}

/** The same with something made of each instance. */
export function mapExpansion<T, U>(
  expansion: Expansion<T>,
  make: (instance: T) => U,
): Expansion<U> {
  switch (expansion.kind) {
    case 'single':
    case 'open':
      return { kind: expansion.kind, instance: make(expansion.instance) };
    case 'list':
      return { ...expansion, instances: expansion.instances.map(make) };
    case 'map':
      return {
        kind: 'map',
        instances: new Map([...expansion.instances].map(([key, each]) => [key, make(each)])),
      };
  }
}
