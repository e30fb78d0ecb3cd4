import type { Mapping, Node, Text } from '../source/index.js';

/** A form that a node may take once deployed, and the holes that decide whether it does. */
export interface Alternative {
  /** `undefined`: nothing at all. */
  readonly node: Node | undefined;
  /** Empty for a node that is what it is. */
  readonly presence: Text;
}

/**
 * The forms that a node may take once deployed, where they are known: of an unresolved node its
 * alternatives, of an object one for each combination of its elements' alternatives. Of the forms
 * exactly one comes true. A node whose forms are not known, or are too many, is its own only form.
 */
export function alternativesOf(node: Node): readonly Alternative[] {
  if (node.kind === 'unresolved') {
    if (node.alternatives === undefined) return [{ node, presence: '' }];
    return node.alternatives.flatMap((alternative) => {
      if (alternative === undefined) return [{ node: undefined, presence: node.text }];
      return alternativesOf(alternative).map((inner) => ({
        node: inner.node,
        presence: node.text + inner.presence,
      }));
    });
  }
  return node.kind === 'mapping' ? expandElements(node) : [{ node, presence: '' }];
}

// Each element with alternatives multiplies the forms; real templates have one or two.
const FORMS_MAX = 16;

function expandElements(mapping: Mapping): readonly Alternative[] {
  let forms: readonly { readonly mapping: Mapping; readonly presence: Text }[] = [
    { mapping, presence: '' },
  ];
  for (const { key, value } of mapping.entries) {
    if (value.kind !== 'unresolved' || value.alternatives === undefined) continue;
    const alternatives = alternativesOf(value);
    if (forms.length * alternatives.length > FORMS_MAX) break;
    forms = forms.flatMap((form) =>
      alternatives.map((alternative) => ({
        mapping: withElement(form.mapping, key, alternative.node),
        presence: form.presence + alternative.presence,
      })),
    );
  }
  return forms.map((form) => ({ node: form.mapping, presence: form.presence }));
}

function withElement(mapping: Mapping, key: string, value: Node | undefined): Mapping {
  const entries = mapping.entries.flatMap((entry) => {
    if (entry.key !== key) return [entry];
    return value === undefined ? [] : [{ ...entry, value }];
  });
  return { ...mapping, entries };
}
