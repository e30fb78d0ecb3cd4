import type { Node, Unresolved } from '../../../../source/index.js';
import { listNode } from '../../../make-node.js';
import { asText, isEncoded, isNull, isUnknown, markAsSet, spell, unknown } from '../value.js';
import {
  itemsIn,
  knownNumber,
  mayBeAbsent,
  open,
  orNull,
  refused,
  textOfOpen,
  type CallSite,
  type TerraformFunction,
} from './function.js';

/** Functions of lists and sets. */
export const lists: Readonly<Record<string, TerraformFunction>> = {
  concat: (values, call) => joined(values, call),
  flatten: (values, call) => flattened(values[0], call, 0) ?? open(call),
  compact: filtering((item) => !isNull(item) && asText(item) !== ''),
  distinct: (values, call) => distinct(values, call),
  toset: (values, call) => setOf(values, call),
  tolist: (values, call) =>
    values[0]?.kind === 'sequence' ? listNode(values[0].items, call.span) : open(call),
  sort: (values, call) => {
    const texts = itemsIn(values[0])?.map((item) => ({ item, text: asText(item) ?? '' }));
    if (texts === undefined || texts.some(({ item }) => isUnknown(item))) return open(call);
    const sorted = texts.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
    return listNode(
      sorted.map(({ item }) => item),
      call.span,
    );
  },
  reverse: (values, call) => {
    const items = itemsIn(values[0]);
    return items ? listNode([...items].reverse(), call.span) : open(call);
  },
  slice: (values, call) => {
    const items = itemsIn(values[0]);
    const [from, to] = [knownNumber(values[1]), knownNumber(values[2])];
    if (items === undefined || from === undefined || to === undefined) return open(call);
    return from > to || to > items.length
      ? refused(call)
      : listNode(items.slice(from, to), call.span);
  },
  chunklist: (values, call) => {
    const items = itemsIn(values[0]);
    const size = knownNumber(values[1]);
    if (items === undefined || size === undefined || size < 1) return open(call);
    const count = Math.ceil(items.length / size);
    const chunks = Array.from({ length: count }, (_, at) =>
      listNode(items.slice(at * size, (at + 1) * size), call.span),
    );
    return listNode(chunks, call.span);
  },
  element: (values, call) => {
    const items = itemsIn(values[0]);
    const index = knownNumber(values[1]);
    if (items === undefined || index === undefined) return open(call);
    return items[((index % items.length) + items.length) % items.length] ?? refused(call);
  },
  one: (values, call) => {
    const [list] = values;
    if (list?.kind !== 'sequence') return open(call);
    const [only, ...others] = list.items;
    if (others.length > 0) return list.items.some(mayBeAbsent) ? open(call) : refused(call);
    return only ?? { kind: 'scalar', value: null, span: call.span };
  },
  contains: (values, call) => {
    const [list, wanted] = values;
    const items = itemsIn(list);
    if (items === undefined || wanted === undefined || isUnknown(wanted)) return open(call);
    const text = asText(wanted);
    if (items.some((item) => asText(item) === text)) return truth(true, call);
    return items.some((item) => isUnknown(item)) ? open(call) : truth(false, call);
  },
  index: (values, call) => {
    const items = itemsIn(values[0]);
    const text = values[1] && asText(values[1]);
    if (items === undefined || items.some(isUnknown)) return open(call);
    const at = items.findIndex((item) => asText(item) === text);
    return at < 0 ? refused(call) : { kind: 'scalar', value: at, span: call.span };
  },
  alltrue: (values, call) => quantified(values[0], 'true', call),
  anytrue: (values, call) => quantified(values[0], 'false', call),
  coalescelist: (values, call) => {
    for (const value of values) {
      const items = itemsIn(value);
      if (items === undefined) return open(call);
      if (items.length > 0) return value;
    }
    return refused(call);
  },
  coalesce: (values, call) => coalesce(values, call),
  setunion: (values, call) => {
    const all = joined(values, call);
    return all.kind === 'sequence' ? setOf([all], call) : all;
  },
  setintersection: ofSets((text, others) => others.every((other) => other.has(text))),
  setsubtract: ofSets((text, others) => !others.some((other) => other.has(text))),
  setproduct: (values, call) => {
    const all = values.map(itemsIn);
    const known = all.filter((items) => items !== undefined);
    const count = known.reduce((product, items) => product * items.length, 1);
    if (known.length < all.length || count > ITEMS_MAX) return open(call);
    const rows = known.reduce<readonly (readonly Node[])[]>(
      (before, items) => before.flatMap((row) => items.map((item) => [...row, item])),
      [[]],
    );
    return listNode(
      rows.map((row) => listNode(row, call.span)),
      call.span,
    );
  },
  range: (values, call) => {
    const numbers = values.map(knownNumber);
    if (numbers.includes(undefined)) return open(call);
    const [start = 0, end = 0] = numbers.length > 1 ? numbers : [0, numbers[0]];
    const step = numbers[2] ?? (end < start ? -1 : 1);
    const count = Math.max(0, Math.ceil((end - start) / step));
    if (!(count <= ITEMS_MAX)) return open(call);
    const items = Array.from({ length: count }, (_, at): Node => {
      return { kind: 'scalar', value: start + at * step, span: call.span };
    });
    return listNode(items, call.span);
  },
};

/** More items than any configuration means to have. */
const ITEMS_MAX = 10_000;

function truth(value: boolean, { span }: CallSite): Node {
  return { kind: 'scalar', value, span };
}

/** Lists one after the other; one that is there in one case only gives items that are. */
function joined(values: readonly Node[], call: CallSite): Node {
  const items: Node[] = [];
  for (const value of values) {
    if (value.kind === 'sequence') items.push(...value.items);
    else if (value.kind === 'unresolved' && value.alternatives) {
      const own = choiceItems(value, value.alternatives);
      if (own === undefined) return open(call);
      items.push(...own);
    } else if (!isNull(value)) return value.kind === 'unresolved' ? open(call) : refused(call);
  }
  return items.length > ITEMS_MAX ? open(call) : listNode(items, call.span);
}

/** The items of the lists that a value may be, each there only where its list is. */
function choiceItems(
  { text, span }: Unresolved,
  alternatives: readonly (Node | undefined)[],
): readonly Node[] | undefined {
  const items: Node[] = [];
  for (const [at, alternative] of alternatives.entries()) {
    const list = orNull(alternative, span);
    if (list.kind !== 'sequence') {
      if (isNull(list)) continue;
      return undefined;
    }
    for (const item of list.items) {
      const forms = alternatives.map((_, index) => (index === at ? item : undefined));
      items.push(unknown(text, item.span, forms));
    }
  }
  return items;
}

function flattened(node: Node | undefined, call: CallSite, depth: number): Node | undefined {
  if (node?.kind !== 'sequence' || depth > 50) return undefined;
  const items: Node[] = [];
  for (const item of node.items) {
    if (item.kind === 'sequence' && !isEncoded(item)) {
      const inner = flattened(item, call, depth + 1);
      if (inner?.kind !== 'sequence') return undefined;
      items.push(...inner.items);
    } else if (
      item.kind === 'unresolved' &&
      item.alternatives?.some((form) => form?.kind === 'sequence')
    ) {
      const own = choiceItems(item, item.alternatives);
      if (own === undefined) return undefined;
      items.push(...own);
    } else items.push(item);
    if (items.length > ITEMS_MAX) return undefined;
  }
  return listNode(items, call.span);
}

function filtering(keeps: (item: Node) => boolean): TerraformFunction {
  return ([list], call) =>
    list?.kind === 'sequence' ? listNode(list.items.filter(keeps), call.span) : open(call);
}

const distinct: TerraformFunction = ([list], call) => {
  if (list?.kind !== 'sequence') return open(call);
  const seen = new Map<string, Node>();
  for (const item of list.items) {
    const mark = `${item.kind} ${spell(item)}`;
    if (!seen.has(mark)) seen.set(mark, item);
  }
  return listNode([...seen.values()], call.span);
};

const setOf: TerraformFunction = (values, call) => {
  const list = distinct(values, call);
  if (list.kind !== 'sequence') return list;
  // The order of a set of texts is that of the alphabet.
  const isOpen = list.items.some((item) => asText(item) === undefined || isUnknown(item));
  const mark = (item: Node): string => asText(item) ?? '';
  const items = isOpen
    ? list.items
    : [...list.items].sort((a, b) => (mark(a) < mark(b) ? -1 : mark(a) > mark(b) ? 1 : 0));
  return markAsSet(listNode(items, call.span));
};

function ofSets(
  keeps: (text: string, others: readonly ReadonlySet<string>[]) => boolean,
): TerraformFunction {
  return (values, call) => {
    const all = values.map(itemsIn);
    const known = all.filter((items) => items !== undefined);
    if (known.length < all.length || known.flat().some(isUnknown)) return open(call);
    const [first = [], ...others] = known;
    const sets = others.map((items) => new Set(items.map((item) => asText(item) ?? '')));
    const kept = first.filter((item) => keeps(asText(item) ?? '', sets));
    return setOf([listNode(kept, call.span)], call);
  };
}

function quantified(list: Node | undefined, neutral: 'true' | 'false', call: CallSite): Node {
  const items = itemsIn(list);
  if (items === undefined) return open(call);
  const texts = items.map(asText);
  if (texts.some((text, at) => text !== neutral && items[at] && !isUnknown(items[at]))) {
    return truth(neutral === 'false', call);
  }
  return texts.every((text) => text === neutral) ? truth(neutral === 'true', call) : open(call);
}

/** The first that is neither null nor the empty text; one that may be either leaves the choice open. */
const coalesce: TerraformFunction = (values, call) => {
  const [first, ...others] = values;
  if (first === undefined) return refused(call);
  const isEmpty = isNull(first) || asText(first) === '';
  if (isEmpty) return coalesce(others, call);
  if (first.kind !== 'unresolved' || others.length === 0) return first;
  const forms = first.alternatives?.map((form) =>
    form === undefined || isNull(form) || asText(form) === '' ? coalesce(others, call) : form,
  );
  return unknown(textOfOpen(call), call.span, forms ?? [first, coalesce(others, call)]);
};
