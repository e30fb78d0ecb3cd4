import { hasHole, holesOf, partsOf, hole, type Node, type Text } from '../../../../source/index.js';
import { listNode, textNode } from '../../../make-node.js';
import { asText, boundedText, isNull, isUnknown, jsonOf } from '../value.js';
import {
  itemsIn,
  known,
  knownNumber,
  ofTexts,
  open,
  refused,
  type TerraformFunction,
} from './function.js';

/** Functions that make texts, or lists of texts. */
export const texts: Readonly<Record<string, TerraformFunction>> = {
  upper: ofTexts((text = '') => text.toUpperCase()),
  lower: ofTexts((text = '') => text.toLowerCase()),
  title: ofTexts((text = '') =>
    text.replace(
      /(^|[^\p{L}\p{N}_'])(\p{Ll})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    ),
  ),
  trimspace: ofTexts((text = '') => text.trim()),
  chomp: ofTexts((text = '') => text.replace(/[\r\n]+$/, '')),
  trim: ofTexts((text = '', cut = '') => trimmed(text, cut)),
  trimprefix: (values, call) => withoutEnd(values, call, 'start'),
  trimsuffix: (values, call) => withoutEnd(values, call, 'end'),
  startswith: (values, call) => hasEnd(values, call, 'start'),
  endswith: (values, call) => hasEnd(values, call, 'end'),
  strcontains: ofTexts((text = '', part = '') => text.includes(part)),
  strrev: ofTexts((text = '') => [...text].reverse().join('')),
  indent: ofTexts((spaces = '', text = '') =>
    text.replaceAll('\n', `\n${' '.repeat(Math.min(Number(spaces) || 0, 100))}`),
  ),
  substr: ofTexts((text = '', offset = '', length = '') => {
    const start = Number(offset) < 0 ? Math.max(text.length + Number(offset), 0) : Number(offset);
    return Number(length) < 0 ? text.slice(start) : text.slice(start, start + Number(length));
  }),
  replace: (values, call) => replace(values, call),
  regex: (values, call) => {
    const found = matches(values, call);
    return found ? (found[0] ?? refused(call)) : open(call);
  },
  regexall: (values, call) => {
    const found = matches(values, call);
    return found ? listNode(found, call.span) : open(call);
  },
  split: (values, call) => split(values, call),
  join: (values, call) => join(values, call),
  format: (values, call) => format(values, call),
  formatlist: (values, call) => formatlist(values, call),
  urlencode: ofTexts((text = '') => encodeURIComponent(text).replaceAll('%20', '+')),
  basename: ofTexts((path = '') => path.slice(path.replace(/\/+$/, '').lastIndexOf('/') + 1)),
  dirname: ofTexts((path = '') =>
    path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.',
  ),
  abspath: ofTexts((path = '') => path),
  pathexpand: ofTexts((path = '') => path),
};

function trimmed(text: string, cut: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && cut.includes(text[start] ?? '')) start += 1;
  while (end > start && cut.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

type Side = 'start' | 'end';

function hasLiteralEnd(text: Text, end: string, side: Side): boolean | undefined {
  const isThere = side === 'start' ? text.startsWith(end) : text.endsWith(end);
  if (isThere || !hasHole(text)) return isThere;
  const parts = partsOf(text);
  const literal = side === 'start' ? parts[0] : parts.at(-1);
  if (typeof literal !== 'string') return undefined;
  // A literal end that differs already decides, whatever the hole holds.
  const couldBe = side === 'start' ? end.startsWith(literal) : end.endsWith(literal);
  return couldBe ? undefined : false;
}

function hasEnd(...[values, call, side]: [...Parameters<TerraformFunction>, Side]): Node {
  const [text, end] = [values[0] && asText(values[0]), known(values[1])];
  const result =
    text === undefined || end === undefined ? undefined : hasLiteralEnd(text, end, side);
  return result === undefined ? open(call) : { kind: 'scalar', value: result, span: call.span };
}

function withoutEnd(...[values, call, side]: [...Parameters<TerraformFunction>, Side]): Node {
  const [text, end] = [values[0] && asText(values[0]), known(values[1])];
  const isThere =
    text === undefined || end === undefined ? undefined : hasLiteralEnd(text, end, side);
  if (text === undefined || end === undefined || isThere === undefined) return open(call);
  if (!isThere) return textNode(text, call.span);
  return textNode(
    side === 'start' ? text.slice(end.length) : text.slice(0, text.length - end.length),
    call.span,
  );
}

const replace: TerraformFunction = (values, call) => {
  const [text, wanted, by] = [
    values[0] && asText(values[0]),
    known(values[1]),
    values[2] && asText(values[2]),
  ];
  if (text === undefined || wanted === undefined || by === undefined) return open(call);
  const pattern = /^\/(.+)\/$/s.exec(wanted)?.[1];
  if (pattern === undefined) {
    // A hole may hold what is to be replaced.
    return hasHole(text)
      ? open(call)
      : boundedText(text.split(wanted).join(by), call.span, call.unit);
  }
  const expression = expressionOf(pattern, 'gu');
  if (expression === undefined || hasHole(text) || hasHole(by)) return open(call);
  // Go names groups in the replacement as `$1`, `${1}` and `${name}`, and the whole match as `$0`.
  const replacement = by.replaceAll(/\$\$|\$\{?(\w+)\}?/g, (_, name: string | undefined) =>
    name === undefined
      ? '$$$$'
      : name === '0'
        ? '$&'
        : /^\d+$/.test(name)
          ? `$${name}`
          : `$<${name}>`,
  );
  return boundedText(text.replace(expression, replacement), call.span, call.unit);
};

/** The expression of Go's syntax as one of ours, where it is safe to run: short, and on short texts. */
function expressionOf(pattern: string, flags: string): RegExp | undefined {
  // Nested repetition could run for ever, which Go's does not.
  if (pattern.length > 500 || /[+*}]\)*[+*{]|\([^)]*[+*][^)]*\)[+*{]/.test(pattern))
    return undefined;
  try {
    return new RegExp(
      pattern.replaceAll('(?P<', '(?<').replaceAll('\\z', '$').replaceAll('\\A', '^'),
      flags,
    );
  } catch {
    return undefined;
  }
}

/** All matches, each as Terraform gives it; `undefined` where they are not known. */
function matches(...[values, call]: Parameters<TerraformFunction>): readonly Node[] | undefined {
  const [pattern, text] = values.map(known);
  const expression = pattern === undefined ? undefined : expressionOf(pattern, 'gu');
  if (expression === undefined || text === undefined || text.length > 10_000) return undefined;
  const { span } = call;
  return [...text.matchAll(expression)].map((match): Node => {
    const part = (value: string | undefined): Node => ({
      kind: 'scalar',
      value: value ?? null,
      span,
    });
    if (match.groups) {
      const entries = Object.entries(match.groups).map(([key, value]) => ({
        key,
        keySpan: span,
        value: part(value),
      }));
      return { kind: 'mapping', entries, span };
    }
    return match.length > 1 ? listNode(match.slice(1).map(part), span) : part(match[0]);
  });
}

/** Cuts a text only where no hole can hide a delimiter. */
const split: TerraformFunction = (values, call) => {
  const [delimiter, text] = [known(values[0]), values[1] && asText(values[1])];
  if (delimiter === undefined || delimiter === '' || text === undefined) return open(call);
  if (!holesOf(text).every(({ expression }) => isWord(expression, delimiter))) return open(call);
  const pieces: string[] = [];
  for (const part of partsOf(text)) {
    const [first = '', ...others] =
      typeof part === 'string' ? part.split(delimiter) : [hole(part.unit, part.expression)];
    pieces.push((pieces.pop() ?? '') + first, ...others);
  }
  return listNode(
    pieces.map((piece) => textNode(piece, call.span)),
    call.span,
  );
};

/** Whether a hole stands for a single word: an account, a Region, a partition, an id that AWS makes up. */
function isWord(expression: string, delimiter: string): boolean {
  const isPunctuation = !/[A-Za-z0-9-]/.test(delimiter);
  return isPunctuation && /\.(?:account_id|region|partition|key_id|unique_id|id)$/.test(expression);
}

const join: TerraformFunction = (values, call) => {
  const delimiter = values[0] && asText(values[0]);
  const lists = values.slice(1).map(itemsIn);
  const items = lists.flatMap((list) => (list ?? []).map(asText));
  if (delimiter === undefined || lists.includes(undefined)) return open(call);
  const words = items.filter((item) => item !== undefined);
  if (words.length < items.length) return open(call);
  return boundedText(words.join(delimiter), call.span, call.unit);
};

const format: TerraformFunction = (values, call) => {
  const [pattern, ...others] = values;
  const text = known(pattern);
  const result = text === undefined ? undefined : formatted(text, others);
  return result === undefined ? open(call) : boundedText(result, call.span, call.unit);
};

/** The common verbs of `format`; `undefined` where another one, or what is no text, stands in the way. */
function formatted(pattern: string, values: readonly Node[]): Text | undefined {
  let next = 0;
  let missing = 0;
  const result = pattern.replaceAll(
    /%(?:%|(-?0?\d*)(?:\.(\d+))?([svdqtfgj]))/g,
    (verb, width: string, digits: string | undefined, kind: string) => {
      if (verb === '%%') return '%';
      const value = values[next];
      next += 1;
      const shown = value && formattedOne(kind, digits, value);
      if (shown === undefined) missing += 1;
      return padded(shown ?? '', width);
    },
  );
  return missing === 0 ? result : undefined;
}

function formattedOne(kind: string, digits: string | undefined, value: Node): Text | undefined {
  const number = knownNumber(value);
  switch (kind) {
    case 'd':
      return number === undefined ? asText(value) : String(Math.trunc(number));
    case 'f':
      return number === undefined ? undefined : number.toFixed(Number(digits ?? 6));
    case 'q':
    case 'j':
      return isUnknown(value) ? undefined : jsonOf(value);
    case 's':
      return asText(value);
  }
  return asText(value) ?? (isNull(value) ? 'null' : isUnknown(value) ? undefined : jsonOf(value));
}

function padded(text: Text, width: string): Text {
  const length = Number(width.replace('-', ''));
  if (!(length > 0 && length < 1000) || hasHole(text)) return text;
  if (width.startsWith('-')) return text.padEnd(length);
  return text.padStart(length, width.startsWith('0') ? '0' : ' ');
}

const formatlist: TerraformFunction = (values, call) => {
  const [pattern, ...others] = values;
  const text = known(pattern);
  const lists = others.map((value) => (value.kind === 'sequence' ? itemsIn(value) : undefined));
  const isOpen = others.some(
    (value, at) => value.kind === 'unresolved' || (value.kind === 'sequence' && !lists[at]),
  );
  if (text === undefined || isOpen) return open(call);
  const count = Math.max(...lists.map((list) => list?.length ?? 0), lists.some(Boolean) ? 0 : 1);
  const items = Array.from({ length: count }, (_, row) => {
    const cells = others.map((value, at) => lists[at]?.[row] ?? value);
    const result = formatted(text, cells);
    return result === undefined
      ? open({ ...call, name: 'format', values: cells })
      : textNode(result, call.span);
  });
  return listNode(items, call.span);
};
