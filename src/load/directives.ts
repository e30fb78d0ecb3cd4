import type { Directive } from '../inventory/index.js';
import { find, itemsOf, startOf, textOf } from '../source/index.js';
import type { Comment, Node, Span } from '../source/index.js';

/**
 * The suppressions in the comments of a file whose documents are `nodes`: `keyproof-disable-line`,
 * `keyproof-disable-next-line` and, above all content, `keyproof-disable`. One that is misspelt, or
 * stands where it has no effect, is kept with `malformed`, so that it can be reported.
 */
export function commentDirectives(
  comments: readonly Comment[],
  nodes: readonly Node[],
): readonly Directive[] {
  const found = comments.filter(({ text }) => LOOKS_LIKE_ONE.test(text));
  if (found.length === 0) return [];
  const begins = beginsByLine(nodes);
  const commented = new Set(comments.map(({ span }) => startOf(span).line));
  const contentAt = nodes[0]?.span.start ?? Infinity;
  return found.map((comment) => {
    const directive = parseDirective(comment);
    const line = startOf(comment.span).line;
    switch (directive.scope) {
      case 'line':
        return withCovers(directive, begins.get(line));
      case 'next-line': {
        let next = line + 1;
        while (commented.has(next) && !begins.has(next)) next += 1;
        return withCovers(directive, begins.get(next));
      }
      case 'file':
        return directive.malformed === undefined && comment.span.start > contentAt
          ? { ...directive, malformed: 'it covers a whole file only from above all content' }
          : directive;
      case 'resource':
        return directive;
    }
  });
}

/**
 * The suppressions in the `Metadata` of a template's resource, which span `covers`:
 * `keyproof: { disable: [{ rules: [<rule>], reason: …, until: … }] }`.
 */
export function metadataDirectives(metadata: Node | undefined, covers: Span): readonly Directive[] {
  const own = find(metadata, 'keyproof');
  if (own === undefined) return [];
  const scope = 'resource';
  const disable = find(own, 'disable');
  if (disable === undefined) {
    const malformed = 'it has no list `disable`';
    return [{ rules: [], scope, span: own.span, covers, malformed }];
  }
  return itemsOf(disable).map((item) => {
    const rules = itemsOf(find(item, 'rules')).flatMap((rule) => textOf(rule) ?? []);
    const reason = textOf(find(item, 'reason'))?.trim();
    const until = textOf(find(item, 'until'));
    return {
      rules,
      ...(reason ? { reason } : {}),
      ...(until === undefined ? {} : { until }),
      scope,
      span: item.span,
      covers,
      ...(rules.length === 0 ? { malformed: NAMES_NO_RULE } : {}),
    };
  });
}

const NAMES_NO_RULE = 'it names no rule';

/** Prose that merely mentions keyproof is no directive. */
const LOOKS_LIKE_ONE = /^keyproof(?:-\w|[._:]?\s*(?:dis|ignore|suppress|skip)\w*)/i;

const SCOPES: ReadonlyMap<string, Directive['scope']> = new Map([
  ['keyproof-disable-line', 'line'],
  ['keyproof-disable-next-line', 'next-line'],
  ['keyproof-disable', 'file'],
]);

function parseDirective({ text, span }: Comment): Directive {
  const [, name = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(text) ?? [];
  const [, words = '', reason = ''] = /^([^]*?)(?:(?:^|\s)--\s*([^]*))?$/.exec(rest) ?? [];
  const until = /(?:^|\s)until=(\S+)/.exec(words)?.[1];
  const rules = words
    .replace(/(?:^|\s)until=\S+/, ' ')
    .split(/[\s,]+/)
    .filter((rule) => rule !== '');
  const scope = SCOPES.get(name);
  const malformed =
    scope === undefined
      ? `\`${name}\` is not one of ${[...SCOPES.keys()].map((each) => `\`${each}\``).join(', ')}`
      : rules.length === 0
        ? NAMES_NO_RULE
        : undefined;
  return {
    rules: scope === undefined ? [] : rules,
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    ...(until === undefined ? {} : { until }),
    scope: scope ?? 'line',
    span,
    ...(malformed === undefined ? {} : { malformed }),
  };
}

function withCovers(directive: Directive, covers: Span | undefined): Directive {
  return covers === undefined ? directive : { ...directive, covers };
}

/** For each line, the outermost entry or item that begins on it. */
function beginsByLine(nodes: readonly Node[]): ReadonlyMap<number, Span> {
  const begins = new Map<number, Span>();
  const begin = (span: Span): void => {
    const { line } = startOf(span);
    if (!begins.has(line)) begins.set(line, span);
  };
  const visit = (node: Node): void => {
    if (node.kind === 'sequence') {
      for (const item of node.items) {
        begin(item.span);
        visit(item);
      }
    } else if (node.kind === 'mapping') {
      for (const { keySpan, value } of node.entries) {
        begin({ ...keySpan, end: Math.max(keySpan.end, value.span.end) });
        visit(value);
      }
    }
  };
  nodes.forEach(visit);
  return begins;
}
