import type { Diagnostic, Mapping, Node, Text } from '../source/index.js';
import { find, itemsOf } from '../source/index.js';

/** Reads the parts of a document, and reports what is not as it must be. */
export interface Reader {
  /** A text that must be there. */
  text(node: Mapping, key: string): Text | undefined;
  optionalText(node: Mapping, key: string): Text | undefined;
  /** One of a few words. */
  word<Word extends string>(node: Mapping, key: string, words: readonly Word[]): Word | undefined;
  optionalFlag(node: Mapping, key: string): 'set' | 'unset';
  mapping(node: Node | undefined, what: string): Mapping | undefined;
  optionalMapping(node: Mapping, key: string): Mapping | undefined;
  texts(node: Mapping, key: string): readonly Text[];
  /** Reports keys that are not among the known ones. */
  onlyKeys(node: Mapping, what: string, keys: readonly string[]): void;
  report(node: Node, code: string, message: string, hint: string): void;
}

export function createReader(diagnostics: Diagnostic[]): Reader {
  const report: Reader['report'] = (node, code, message, hint) => {
    diagnostics.push({ code, severity: 'error', message, span: node.span, hint });
  };
  const optionalText = (node: Mapping, key: string): Text | undefined => {
    const value = find(node, key);
    if (value === undefined) return undefined;
    const text = scalarText(value);
    if (text === undefined)
      report(value, 'test-wrong-type', `\`${key}\` is no text`, 'write a text');
    return text;
  };
  const mapping = (node: Node | undefined, what: string): Mapping | undefined => {
    if (node?.kind === 'mapping') return node;
    if (node !== undefined)
      report(node, 'test-wrong-type', `${what} is no mapping`, 'write `key: value` pairs');
    return undefined;
  };
  return {
    optionalText,
    mapping,
    report,
    text: (node, key) => {
      if (find(node, key) === undefined) {
        report(node, 'test-missing-key', `\`${key}\` is missing`, `add \`${key}\``);
      }
      return optionalText(node, key);
    },
    word: (node, key, words) => {
      const text = optionalText(node, key);
      const word = words.find((known) => known === text);
      if (word === undefined && text !== undefined) {
        const message = `\`${key}\` is \`${text}\``;
        report(
          find(node, key) ?? node,
          'test-unknown-word',
          message,
          `write one of ${words.join(', ')}`,
        );
      }
      return word;
    },
    optionalFlag: (node, key) => {
      const value = find(node, key);
      if (value === undefined) return 'unset';
      if (value.kind === 'scalar' && typeof value.value === 'boolean')
        return value.value ? 'set' : 'unset';
      report(
        value,
        'test-wrong-type',
        `\`${key}\` is neither true nor false`,
        'write `true` or `false`',
      );
      return 'unset';
    },
    optionalMapping: (node, key) => mapping(find(node, key), `\`${key}\``),
    texts: (node, key) =>
      itemsOf(find(node, key)).flatMap((item) => {
        const text = scalarText(item);
        if (text === undefined)
          report(item, 'test-wrong-type', `an entry of \`${key}\` is no text`, 'write a text');
        return text ?? [];
      }),
    onlyKeys: (node, what, keys) => {
      for (const { key, value } of node.entries) {
        if (keys.includes(key)) continue;
        report(
          value,
          'test-unknown-key',
          `${what} has no \`${key}\``,
          `its keys are ${keys.join(', ')}`,
        );
      }
    },
  };
}

/** The text of a scalar; numbers and booleans as spelled. */
export function scalarText(node: Node): Text | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : (node.spelling ?? String(node.value));
}
