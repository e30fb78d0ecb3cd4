import {
  find,
  hole,
  holesOf,
  type Mapping,
  type Node,
  type Text,
  type Unresolved,
} from '../source/index.js';
import { principalTypes } from './elements.js';

/** A form that a node may take once deployed, and the holes that decide whether it does. */
export interface Alternative {
  /** `undefined`: nothing at all. */
  readonly node: Node | undefined;
  /** Empty for a node that is what it is. Forms of one node have different ones. */
  readonly presence: Text;
}

/** The forms that an unresolved node may take, where they are known; any other node is its only form. */
export function alternativesOf(node: Node): readonly Alternative[] {
  if (!hasAlternatives(node)) return [{ node, presence: '' }];
  return node.alternatives.flatMap((alternative, index) => {
    const presence = formOf(node.text, index);
    if (alternative === undefined) return [{ node: undefined, presence }];
    return alternativesOf(alternative).map((inner) => ({
      node: inner.node,
      presence: presence + inner.presence,
    }));
  });
}

// INVARIANT: the forms of one node exclude each other, so no two share the hole that decides them.
function formOf(text: Text, index: number): Text {
  return holesOf(text)
    .map(({ unit, expression }) => hole(unit, `${expression}, form ${String(index + 1)}`))
    .join('');
}

type WithAlternatives = Unresolved & Required<Pick<Unresolved, 'alternatives'>>;

/** Whether a node is unresolved, and the forms that it may take are known. */
export function hasAlternatives(node: Node | undefined): node is WithAlternatives {
  return node?.kind === 'unresolved' && node.alternatives !== undefined;
}

/** A statement in one of its forms. */
export interface Form {
  readonly mapping: Mapping;
  readonly presence: Text;
}

// Each element with alternatives multiplies the forms; real templates have one or two.
const FORMS_MAX = 16;

/**
 * The forms of a statement some of whose elements are known only at deployment. Those that come true
 * say together what the statement will say. What makes too many forms is left as it is.
 */
export function statementForms(statement: Mapping): readonly Form[] {
  const paths = [
    ...statement.entries.map(({ key }) => [key]),
    ...principalTypes.map((type) => ['Principal', type]),
  ];
  let forms: readonly Form[] = [{ mapping: statement, presence: '' }];
  for (const path of paths) {
    const next = forms.flatMap((form) => [...formsAt(form, path)]);
    if (next.length <= FORMS_MAX) forms = next;
  }
  return forms;
}

function formsAt(form: Form, path: readonly string[]): readonly Form[] {
  const [element = ''] = path;
  const value = path.reduce<Node | undefined>(find, form.mapping);
  if (hasAlternatives(value)) {
    return alternativesOf(value).map(({ node, presence }) => ({
      mapping: withValue(form.mapping, path, node),
      presence: form.presence + presence,
    }));
  }
  return value?.kind === 'sequence' && SPLITTABLE.has(element)
    ? splitList(form, path, value.items)
    : [form];
}

/** Elements of which any one entry suffices, so that a list is as good as a statement for each entry. */
const SPLITTABLE: ReadonlySet<string> = new Set(['Action', 'Resource', 'Principal']);

function splitList(form: Form, path: readonly string[], items: readonly Node[]): readonly Form[] {
  const open = items.filter(hasAlternatives);
  if (open.length === 0) return [form];
  const certain = items.filter((item) => !hasAlternatives(item));
  const rest = certain.length === 0 ? [] : [listForm(form, path, certain)];
  const others = open.flatMap((item) =>
    alternativesOf(item).flatMap(({ node, presence }) =>
      node === undefined
        ? []
        : [{ ...listForm(form, path, [node]), presence: form.presence + presence }],
    ),
  );
  return [...rest, ...others];
}

function listForm(form: Form, path: readonly string[], items: readonly Node[]): Form {
  const list = path.reduce<Node | undefined>(find, form.mapping);
  const span = list?.span ?? form.mapping.span;
  return { ...form, mapping: withValue(form.mapping, path, { kind: 'sequence', items, span }) };
}

function withValue(mapping: Mapping, path: readonly string[], value: Node | undefined): Mapping {
  const [key, ...rest] = path;
  const entries = mapping.entries.flatMap((entry) => {
    if (entry.key !== key) return [entry];
    const nested =
      rest.length > 0 && entry.value.kind === 'mapping'
        ? withValue(entry.value, rest, value)
        : value;
    return nested === undefined ? [] : [{ ...entry, value: nested }];
  });
  return { ...mapping, entries };
}
