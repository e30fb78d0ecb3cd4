import { nearestName } from '../../policy/index.js';
import type { Diagnostic, Entry, Mapping, Node, Span, Text } from '../../source/index.js';

/** Takes the diagnostics of one file. */
export type Report = (diagnostic: Diagnostic) => void;

/** One mapping of the file, whose values are asked for by name; what has a wrong type is reported. */
export interface Fields {
  readonly span: Span;
  node(name: string): Node | undefined;
  text(name: string): Text | undefined;
  flag(name: string): boolean | undefined;
  list(name: string): readonly Node[] | undefined;
  texts(name: string): readonly Text[] | undefined;
  /** A mapping of texts, such as tags. */
  pairs(name: string): ReadonlyMap<Text, Text> | undefined;
}

/**
 * The fields of `what`, one of the things that the file lists; `undefined` if the node is no mapping.
 * A name that is not among `names` is an error: taken for absent, it would change what is analysed.
 */
export function readFields(
  node: Node,
  what: string,
  names: readonly string[],
  report: Report,
): Fields | undefined {
  if (node.kind !== 'mapping') {
    report(wrongType(node, `${what} must be a mapping`, `write ${names[0] ?? 'name'}: …`));
    return undefined;
  }
  const entries = knownEntries(node, what, names, report);
  const valueOf = (name: string): Node | undefined => {
    const value = entries.get(name)?.value;
    if (value?.kind !== 'scalar' || value.value !== null) return value;
    const message = `\`${name}\` has no value`;
    report(wrongType(value, message, 'write `[]` for none, or leave it out where it is not known'));
    return undefined;
  };
  const list = (name: string): readonly Node[] | undefined => {
    const value = valueOf(name);
    if (value === undefined || value.kind === 'sequence') return value?.items;
    report(wrongType(value, `\`${name}\` must be a list`, 'write it as `[…]` or with dashes'));
    return undefined;
  };
  const textIn = (value: Node, name: string): readonly Text[] => {
    const text = textOrNumber(value);
    if (text !== undefined) return [text];
    report(wrongType(value, `\`${name}\` must be text`, 'put it in quotes'));
    return [];
  };
  return {
    span: node.span,
    node: valueOf,
    list,
    text: (name) => {
      const value = valueOf(name);
      return value === undefined ? undefined : textIn(value, name)[0];
    },
    texts: (name) => list(name)?.flatMap((item) => textIn(item, name)),
    flag: (name) => {
      const value = valueOf(name);
      if (value === undefined) return undefined;
      if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
      report(wrongType(value, `\`${name}\` must be \`true\` or \`false\``, 'write it unquoted'));
      return undefined;
    },
    pairs: (name) => {
      const value = valueOf(name);
      if (value === undefined) return undefined;
      if (value.kind === 'mapping') {
        return new Map(
          value.entries.flatMap(({ key, value: each }) =>
            textIn(each, key).map((text) => [key, text] as const),
          ),
        );
      }
      report(wrongType(value, `\`${name}\` must be a mapping`, 'write `{ team: orders }`'));
      return undefined;
    },
  };
}

function knownEntries(
  { entries }: Mapping,
  what: string,
  names: readonly string[],
  report: Report,
): ReadonlyMap<string, Entry> {
  for (const { key, keySpan } of entries) {
    if (names.includes(key)) continue;
    const nearest = nearestName(key, names);
    report({
      code: 'inventory-unknown-key',
      severity: 'error',
      message: `${what} has no \`${key}\``,
      span: keySpan,
      hint:
        nearest === undefined
          ? `remove it; ${what} takes ${names.map((name) => `\`${name}\``).join(', ')}`
          : `did you mean \`${nearest}\`?`,
    });
  }
  return new Map(entries.map((entry) => [entry.key, entry]));
}

export function wrongType({ span }: Node, message: string, hint: string): Diagnostic {
  return { code: 'inventory-type', severity: 'error', message, span, hint };
}

export function wrongValue(span: Span, message: string, hint: string): Diagnostic {
  return { code: 'inventory-value', severity: 'error', message, span, hint };
}

/** The text of a scalar; a number as it was spelled, since account ids look like numbers. */
function textOrNumber(node: Node): Text | undefined {
  if (node.kind !== 'scalar') return undefined;
  if (typeof node.value === 'string') return node.value;
  return typeof node.value === 'number' ? (node.spelling ?? String(node.value)) : undefined;
}
