import type { Entry, Mapping, Node } from '../../../../source/index.js';
import { find } from '../../../../source/index.js';
import { listNode, textNode } from '../../../make-node.js';
import { isNull, isOpenList, isUnknown, nullNode, thingOf, unknown } from '../value.js';
import {
  itemsIn,
  known,
  mayBeAbsent,
  open,
  orNull,
  refused,
  textOfOpen,
  type CallSite,
  type TerraformFunction,
} from './function.js';

/** Functions of maps and objects. */
export const maps: Readonly<Record<string, TerraformFunction>> = {
  merge: (values, call) => merged(values, call),
  keys: (values, call) => {
    const entries = sortedEntries(values[0]);
    return entries
      ? listNode(
          entries.map(({ key, keySpan }) => textNode(key, keySpan)),
          call.span,
        )
      : open(call);
  },
  values: (values, call) => {
    const entries = sortedEntries(values[0]);
    return entries
      ? listNode(
          entries.map(({ value }) => value),
          call.span,
        )
      : open(call);
  },
  lookup: ([map, name, preset], call) => {
    const key = known(name);
    if (map?.kind !== 'mapping' || key === undefined) return open(call);
    return find(map, key) ?? preset ?? refused(call);
  },
  zipmap: (values, call) => {
    const keys = itemsIn(values[0])?.map(known);
    const items = itemsIn(values[1]);
    if (keys === undefined || items === undefined || keys.includes(undefined)) return open(call);
    const entries = keys.map((key, at) => ({
      key: key ?? '',
      keySpan: call.span,
      value: items[at] ?? nullNode(call.span),
    }));
    return mapOf(entries, call);
  },
  transpose: ([map], call) => {
    const pairs = sortedEntries(map)?.map(
      ({ key, value }) => [key, itemsIn(value)?.map(known)] as const,
    );
    if (pairs === undefined || pairs.some(([, list]) => !list || list.includes(undefined))) {
      return open(call);
    }
    const turned = new Map<string, Node[]>();
    for (const [key, list] of pairs) {
      for (const item of list ?? []) {
        turned.set(item ?? '', [...(turned.get(item ?? '') ?? []), textNode(key, call.span)]);
      }
    }
    const entries = [...turned].map(([key, items]) => ({
      key,
      keySpan: call.span,
      value: listNode(items, call.span),
    }));
    return mapOf(entries, call);
  },
  tomap: ([map], call) => map ?? refused(call),
};

function mapOf(entries: readonly Entry[], { span }: CallSite): Mapping {
  return { kind: 'mapping', entries, span };
}

/** The entries of a map in the order in which Terraform goes through them; `undefined` where not known. */
export function sortedEntries(node: Node | undefined): readonly Entry[] | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const last = new Map(node.entries.map((entry) => [entry.key, entry]));
  return [...last.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Later entries win; those of a map that is there in one case only win in that case. */
const merged: TerraformFunction = (values, call) => {
  const entries = new Map<string, Entry>();
  for (const value of values) {
    if (isNull(value)) continue;
    if (value.kind === 'mapping') {
      for (const entry of value.entries) entries.set(entry.key, entry);
      continue;
    }
    if (value.kind !== 'unresolved' || !value.alternatives) {
      return isUnknown(value) ? open(call) : refused(call);
    }
    const forms = value.alternatives.map((form) => orNull(form, value.span));
    if (forms.some((form) => form.kind !== 'mapping' && !isNull(form))) return open(call);
    const all = forms.flatMap((form) => (form.kind === 'mapping' ? form.entries : []));
    for (const { key, keySpan } of all) {
      const before = entries.get(key)?.value;
      const choices = forms.map((form) => find(form, key) ?? before);
      const isSame = choices.every((choice) => choice === choices[0]);
      const [first] = choices;
      const chosen = isSame && first ? first : unknown(value.text, keySpan, choices);
      entries.set(key, { key, keySpan, value: chosen });
    }
  }
  return mapOf([...entries.values()], call);
};

/** How many there are of what a list, a map or a text has; of what may be absent, each number that is possible. */
export const lengthOf: TerraformFunction = ([value], call) => {
  if (value === undefined) return refused(call);
  const numbered = (count: number): Node => ({ kind: 'scalar', value: count, span: call.span });
  if (value.kind === 'sequence' && !isOpenList(value)) {
    const most = value.items.length;
    const least = value.items.filter((item) => !mayBeAbsent(item)).length;
    if (most === least) return numbered(most);
    const counts = Array.from({ length: most - least + 1 }, (_, at) => numbered(least + at));
    return unknown(textOfOpen(call), call.span, counts);
  }
  const count =
    value.kind === 'mapping' && !thingOf(value)
      ? sortedEntries(value)?.length
      : lengthOfText(value);
  return count === undefined ? open(call) : numbered(count);
};

function lengthOfText(value: Node): number | undefined {
  const text = value.kind === 'scalar' ? known(value) : undefined;
  return text === undefined ? undefined : [...text].length;
}
