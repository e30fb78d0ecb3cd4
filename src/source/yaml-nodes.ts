import type * as Yaml from 'yaml';
import type { Diagnostic } from './diagnostic.js';
import { DIAGNOSTICS_MAX, duplicateKeys } from './duplicates.js';
import type { Entry, Node, Scalar, Unresolved } from './node.js';
import type { Source, Span } from './source.js';
import { hole, withoutReserved } from './text.js';

// What aliases may blow a document up to.
const EXPANDED_NODES_MAX = 1_000_000;

interface YamlReader {
  readonly diagnostics: readonly Diagnostic[];
  read(node: Yaml.ParsedNode): Node;
}

/** An anchored node, once it is read; its weight counts what its own aliases stand for. */
interface Anchored {
  readonly node: Node;
  readonly weight: number;
}

/** Turns the library's nodes of one document into ours. */
export function createYamlReader(source: Source, yaml: typeof Yaml): YamlReader {
  const diagnostics: Diagnostic[] = [];
  const anchors = new Map<string, Anchored | 'open'>();
  let expanded = 0;
  let overflowed = false;

  const spanOf = (start: number, end: number): Span => ({ source, start, end });

  const problem = (code: string, message: string, span: Span, hint: string): Unresolved => {
    diagnostics.push({ code, severity: 'error', message, span, hint });
    return unreadable(span);
  };

  const unreadable = (span: Span): Unresolved => ({
    kind: 'unresolved',
    text: hole(source.path, `unreadable YAML at offset ${span.start}`),
    span,
  });

  const read = (node: Yaml.ParsedNode): Node => {
    expanded += 1;
    if (yaml.isAlias(node)) return readAlias(node);
    const name = node.anchor;
    if (name === undefined) return withTag(node, readContent(node));
    const before = expanded;
    anchors.set(name, 'open');
    const value = withTag(node, readContent(node));
    anchors.set(name, { node: value, weight: expanded - before + 1 });
    return value;
  };

  const readAlias = (alias: Yaml.Alias.Parsed): Node => {
    const [start, end] = alias.range;
    const span = spanOf(start, end);
    const anchored = anchors.get(alias.source);
    if (anchored === undefined) {
      const message = `no anchor \`&${alias.source}\` stands before its alias`;
      return problem('yaml-alias', message, span, 'define it above, or put the text in quotes');
    }
    if (anchored === 'open') {
      const message = `the alias \`*${alias.source}\` stands inside the node that it repeats`;
      return problem('yaml-cycle', message, span, 'write the value out');
    }
    expanded += anchored.weight;
    if (expanded <= EXPANDED_NODES_MAX) return anchored.node;
    if (overflowed) return unreadable(span);
    overflowed = true;
    const message = `aliases expand this file to more than ${EXPANDED_NODES_MAX} nodes`;
    return problem('yaml-expansion', message, span, 'write the values out, or generate JSON');
  };

  const readContent = (node: Exclude<Yaml.ParsedNode, Yaml.Alias.Parsed>): Node => {
    if (yaml.isScalar(node)) return readScalar(node);
    if (yaml.isSeq(node)) {
      const items = node.items.map((item) => read(item));
      return { kind: 'sequence', items, span: collectionSpan(node, items.at(-1)?.span.end) };
    }
    const entries = node.items.flatMap(readPair);
    if (diagnostics.length < DIAGNOSTICS_MAX) diagnostics.push(...duplicateKeys(entries));
    const merged = applyMerges(entries);
    return { kind: 'mapping', entries: merged, span: collectionSpan(node, endOfLast(node)) };
  };

  // A block collection's own range runs on over the comments and blank lines below it.
  const collectionSpan = (
    node: Yaml.YAMLMap.Parsed | Yaml.YAMLSeq.Parsed,
    lastEnd: number | undefined,
  ): Span => {
    const [start, end] = node.range;
    return spanOf(start, node.flow === true ? end : trimmedEnd(start, lastEnd ?? end));
  };

  const endOfLast = (node: Yaml.YAMLMap.Parsed): number | undefined => {
    const last = node.items.at(-1);
    const range = last?.value?.range ?? last?.key.range;
    return range?.[1];
  };

  const trimmedEnd = (start: number, end: number): number => {
    let at = end;
    while (at > start && /\s/.test(source.text.charAt(at - 1))) at -= 1;
    return at;
  };

  const readPair = (pair: Yaml.Pair<Yaml.ParsedNode, Yaml.ParsedNode | null>): Entry[] => {
    const key = read(pair.key);
    const value = pair.value === null ? emptyAfter(key.span) : read(pair.value);
    if (key.kind === 'scalar') {
      const spelled = key.spelling ?? String(key.value);
      return [{ key: spelled, keySpan: key.span, value, ...mergeMark(pair.key) }];
    }
    problem(
      'yaml-key',
      'a key of a mapping must be text',
      key.span,
      source.text.slice(Math.max(0, key.span.start - 1), key.span.start + 2).includes('{{')
        ? 'fill the template in before keyproof reads the file, or put it in quotes'
        : 'put the key in quotes',
    );
    return [];
  };

  const emptyAfter = (span: Span): Scalar => ({
    kind: 'scalar',
    value: null,
    spelling: '',
    span: spanOf(span.end, span.end),
  });

  const mergeMark = (key: Yaml.ParsedNode): { readonly merge?: true } =>
    yaml.isScalar(key) && key.type === 'PLAIN' && key.value === '<<' ? { merge: true } : {};

  const applyMerges = (entries: readonly (Entry & { readonly merge?: true })[]): Entry[] => {
    if (!entries.some(({ merge }) => merge)) return [...entries];
    const taken = new Set(entries.filter(({ merge }) => !merge).map(({ key }) => key));
    return entries.flatMap(({ merge, ...entry }) => {
      if (!merge) return [entry];
      const sources = entry.value.kind === 'sequence' ? entry.value.items : [entry.value];
      return sources.flatMap((from) => {
        if (from.kind !== 'mapping') {
          const message = 'the merge key `<<` takes a mapping or a list of mappings';
          problem('yaml-merge', message, from.span, 'refer to a mapping by its alias');
          return [];
        }
        // Of several mappings the first wins; within one, the last entry of a repeated key.
        const added = from.entries.filter(({ key }) => !taken.has(key));
        for (const { key } of added) taken.add(key);
        return added;
      });
    });
  };

  const readScalar = (node: Yaml.Scalar.Parsed): Scalar => {
    const [start, end] = node.range;
    const text = withoutReserved(typeof node.value === 'string' ? node.value : node.source);
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    const span = spanOf(start, block ? trimmedEnd(start, end) : end);
    const asText = node.type !== 'PLAIN' || (node.tag !== undefined && !isEmptyTag(node.tag));
    if (asText) return { kind: 'scalar', value: text, span };
    const value = plainValue(text);
    const differs = value !== text && String(value) !== text;
    return { kind: 'scalar', value, ...(differs ? { spelling: text } : {}), span };
  };

  // `!Sub x` and its like: the short form of an intrinsic function.
  const withTag = (node: Yaml.ParsedNode, value: Node): Node => {
    const tag = node.tag;
    if (tag === undefined || !/^![A-Za-z][\w:]*$/.test(tag)) return value;
    const name = tag.slice(1);
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const found = source.text.lastIndexOf(tag, Math.max(0, value.span.start - tag.length));
    const start = found < 0 ? value.span.start : found;
    const keySpan = spanOf(start, found < 0 ? start : start + tag.length);
    const span = spanOf(start, Math.max(keySpan.end, value.span.end));
    return { kind: 'mapping', entries: [{ key, keySpan, value }], span };
  };

  return { diagnostics, read };
}

/** Standard tags other than `!!str` change nothing about how a scalar is read. */
function isEmptyTag(tag: string): boolean {
  return tag.startsWith('tag:yaml.org,2002:') && tag !== 'tag:yaml.org,2002:str';
}

const NUMBER = /^[-+]?(?:0|[1-9]\d*|(?:0|[1-9]\d*)?\.\d+|(?:0|[1-9]\d*)\.)(?:[eE][-+]?\d+)?$/;

/** The core schema, less what YAML 1.1, 1.2 and JSON readers see differently: that stays text. */
function plainValue(text: string): Scalar['value'] {
  const constant = constants.get(text);
  if (constant !== undefined) return constant;
  return NUMBER.test(text) ? Number(text) : text;
}

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ...['true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, false] as const),
]);
