import type { CodeOrigin } from '../../inventory/index.js';
import { hasHole } from '../../source/index.js';
import { memberName } from './evaluate-member.js';
import type { Env, Evaluator } from './evaluator.js';
import { jsonText } from './json-text.js';
import { readFile } from './read-file.js';
import { spread } from './spread.js';
import { is, type CallNode, type SyntaxNode } from './syntax.js';
import {
  bytes,
  originOf,
  originOfAll,
  sizeOfText,
  text,
  type FieldValue,
  type Value,
} from './value.js';

/** A call to something that JavaScript or Node.js brings along, of which it is known what it returns. */
export function builtIn(node: CallNode, env: Env, evaluator: Evaluator): Value | undefined {
  const call = describe(node, env, evaluator);
  return (
    fromGlobal(call) ??
    fromFiles(call) ??
    fromCrypto(call) ??
    fromMethod(call) ??
    fromWeakSource(call)
  );
}

interface BuiltInCall {
  readonly node: CallNode;
  readonly env: Env;
  readonly evaluator: Evaluator;
  /** As written: `Buffer.from`, `JSON.stringify`; empty where what is called is an expression. */
  readonly name: string;
  /** The name alone of the function or method. */
  readonly method: string;
  readonly object: SyntaxNode | undefined;
  value(at: number): Value;
}

function describe(node: CallNode, env: Env, evaluator: Evaluator): BuiltInCall {
  const { callee } = node;
  const object = is(callee, 'MemberExpression') ? callee.object : undefined;
  const method = is(callee, 'MemberExpression')
    ? (memberName(callee, env, evaluator) ?? '')
    : is(callee, 'Identifier')
      ? callee.name
      : '';
  const isGlobal = (one: SyntaxNode): boolean =>
    is(one, 'Identifier') && (evaluator.code.variableOf(one)?.defs.length ?? 0) === 0;
  const root = object ?? callee;
  // `Buffer` may be imported, which is the same one.
  const isImported = is(root, 'Identifier') && root.name === 'Buffer';
  const isKnown = isGlobal(root) || isImported;
  const name = !isKnown
    ? ''
    : object === undefined
      ? method
      : `${evaluator.code.textOf(object)}.${method}`;
  return {
    node,
    env,
    evaluator,
    name,
    method,
    object,
    value: (at) => evaluator.evaluate(node.arguments[at], env),
  };
}

function fromGlobal(call: BuiltInCall): Value | undefined {
  const { node, name, value, evaluator, env } = call;
  const span = evaluator.code.spanOf(node);
  switch (name) {
    case 'Buffer.from':
    case 'Uint8Array.from':
      return bytesOf(call, value(0), node.arguments.length > 1 ? value(1) : undefined);
    case 'Buffer.alloc':
    case 'Buffer.allocUnsafe':
      return bytes(sizeOfNumber(value(0)), 'literal', span);
    case 'Buffer':
    case 'Uint8Array': {
      const first = value(0);
      return first.kind === 'scalar'
        ? bytes(sizeOfNumber(first), 'literal', span)
        : bytesOf(call, first);
    }
    case 'Buffer.concat': {
      const list = value(0);
      if (list.kind !== 'list') return undefined;
      const sizes = list.items.map((item) => (item.kind === 'bytes' ? item.size : { atLeast: 0 }));
      const isExact = !list.open && sizes.every((size) => 'atMost' in size);
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      const atLeast = sum(sizes.map((size) => size.atLeast));
      const atMost = sum(sizes.map((size) => ('atMost' in size ? (size.atMost ?? 0) : 0)));
      return bytes(
        isExact ? { atLeast, atMost } : { atLeast },
        originOfAll(list.items.map(originOf)),
        span,
      );
    }
    case 'JSON.stringify':
      return jsonText(value(0), node, evaluator);
    case 'String': {
      const first = value(0);
      return first.kind === 'scalar'
        ? text(String(first.value), span)
        : first.kind === 'text'
          ? first
          : undefined;
    }
    case 'Number':
    case 'parseInt': {
      const first = value(0);
      if (first.kind === 'text' && !hasHole(first.text))
        return { kind: 'scalar', value: Number(first.text), span };
      return first.kind === 'scalar' ? first : undefined;
    }
    case 'Object.freeze':
    case 'Promise.resolve':
    case 'structuredClone':
    case 'Promise.all':
      return value(0);
    case 'Object.assign': {
      const fields = new Map<string, FieldValue>();
      const put = (field: FieldValue): void => void fields.set(field.name, field);
      const open = node.arguments.map((argument) => spread(evaluator.evaluate(argument, env), put));
      return { kind: 'object', fields: [...fields.values()], open: open.includes(true), span };
    }
    case 'URL': {
      const [path, base] = [value(0), value(1)];
      const isBeside = base.kind === 'text' && base.text.includes('import.meta.url');
      return path.kind === 'text' && isBeside
        ? {
            ...evaluator.unknown(node),
            kind: 'text',
            text: `${base.text.replace('import.meta.url', '__dirname')}/${path.text}`,
          }
        : undefined;
    }
    case 'Array':
    case 'Array.from':
    case 'Date.now':
    case 'Math.random':
      return undefined;
  }
  return undefined;
}

/** `Buffer.from` of a text in some encoding, of numbers, or of bytes. */
function bytesOf(
  { node, evaluator }: BuiltInCall,
  value: Value,
  encoding?: Value,
): Value | undefined {
  const span = evaluator.code.spanOf(node);
  switch (value.kind) {
    case 'text': {
      const { atLeast, atMost } = sizeOfText(value.text);
      if (encoding !== undefined && encoding.kind !== 'text')
        return bytes({ atLeast: 0 }, value.origin, span);
      const name = encoding?.text.toLowerCase() ?? 'utf8';
      if (name === 'utf8' || name === 'utf-8')
        return bytes({ atLeast, ...(atMost === undefined ? {} : { atMost }) }, value.origin, span);
      if (hasHole(value.text)) return bytes({ atLeast: 0 }, value.origin, span);
      const length = lengthIn(value.text, name);
      return bytes(
        length === undefined ? { atLeast: 0 } : { atLeast: length, atMost: length },
        value.origin,
        span,
      );
    }
    case 'list': {
      const atLeast = value.items.length;
      return bytes(value.open ? { atLeast } : { atLeast, atMost: atLeast }, originOf(value), span);
    }
    case 'bytes':
      return { ...value, span };
    case 'output':
      return value.encoding === undefined ? value : withoutEncoding(value);
    case 'unknown':
      return bytes({ atLeast: 0 }, value.origin, span);
    case 'scalar':
    case 'object':
    case 'symbol':
    case 'instance':
    case 'function':
    case 'class':
    case 'absent':
      return undefined;
  }
}

function withoutEncoding({ kind, node, path, span }: Extract<Value, { kind: 'output' }>): Value {
  return { kind, node, path, span };
}

/** How many bytes a text is in an encoding of Node.js. */
function lengthIn(value: string, encoding: string): number | undefined {
  switch (encoding) {
    case 'hex':
      return Math.floor(value.length / 2);
    case 'base64':
    case 'base64url':
      return Math.floor((value.replace(/=+$/, '').length * 3) / 4);
    case 'ascii':
    case 'latin1':
    case 'binary':
      return value.length;
    case 'utf16le':
    case 'ucs2':
      return value.length * 2;
    default:
      return undefined;
  }
}

function sizeOfNumber(value: Value): { readonly atLeast: number; readonly atMost?: number } {
  if (value.kind !== 'scalar' || typeof value.value !== 'number') return { atLeast: 0 };
  return { atLeast: value.value, atMost: value.value };
}

/** `readFileSync` and its like, of `node:fs` or of an object that is called as it. */
function fromFiles(call: BuiltInCall): Value | undefined {
  const { method, node, value, evaluator, env } = call;
  if (method === 'join' || method === 'resolve') {
    const called = is(node.callee, 'Super') ? undefined : evaluator.evaluate(node.callee, env);
    if (called?.kind !== 'symbol' || called.module !== 'path') return undefined;
    const parts = node.arguments.map((argument) => evaluator.evaluate(argument, env));
    const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
    return texts.length === parts.length
      ? text(texts.join('/'), evaluator.code.spanOf(node))
      : undefined;
  }
  if (method !== 'readFileSync' && method !== 'readFile') return undefined;
  return readFile(value(0), node.arguments.length > 1 ? value(1) : undefined, node, evaluator);
}

/** What comes out of `node:crypto`, as far as it tells where a value comes from. */
function fromCrypto({ method, node, value, evaluator }: BuiltInCall): Value | undefined {
  const span = evaluator.code.spanOf(node);
  switch (method) {
    case 'randomBytes':
      return bytes(sizeOfNumber(value(0)), 'random', span);
    case 'getRandomValues': {
      const first = value(0);
      return first.kind === 'bytes' ? { ...first, origin: 'random' } : undefined;
    }
    case 'randomUUID':
      return text(evaluator.unknown(node).text, span, 'random');
    case 'scryptSync':
    case 'pbkdf2Sync':
      return bytes(sizeOfNumber(value(method === 'scryptSync' ? 2 : 3)), 'derived', span);
    case 'hkdfSync':
      return bytes(sizeOfNumber(value(4)), 'derived', span);
    case 'digest':
      return bytes({ atLeast: 0 }, 'derived', span);
    default:
      return undefined;
  }
}

/** Methods of texts, lists and bytes. */
function fromMethod(call: BuiltInCall): Value | undefined {
  const { method, object, node, env, evaluator, value } = call;
  if (object === undefined || !methods.has(method)) return undefined;
  const on = is(object, 'Super') ? undefined : evaluator.evaluate(object, env);
  const span = evaluator.code.spanOf(node);
  if (method === 'encode') {
    const first = value(0);
    return first.kind === 'text' ? bytes(sizeOfText(first.text), first.origin, span) : undefined;
  }
  if (method === 'decode' && value(0).kind === 'output') return asText(value(0), 'utf8');
  if (on === undefined) return undefined;
  if (method === 'toString') {
    const encoding = node.arguments.length === 0 ? 'utf8' : encodingOf(value(0));
    return on.kind === 'output' ? asText(on, encoding) : asTextOfBytes(on, call);
  }
  if (on.kind === 'text') return ofText(on, call);
  if (on.kind === 'list' && method === 'join') {
    const separator = node.arguments.length === 0 ? ',' : value(0);
    const items = on.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
    const between =
      typeof separator === 'string'
        ? separator
        : separator.kind === 'text'
          ? separator.text
          : undefined;
    const isKnown = !on.open && items.length === on.items.length && between !== undefined;
    return isKnown ? text(items.join(between), span, originOf(on)) : undefined;
  }
  if (on.kind === 'output' && /^(?:slice|subarray)$/.test(method)) return on;
  if (on.kind === 'bytes' && method === 'fill') return on;
  return undefined;
}

const methods = new Set([
  'concat',
  'decode',
  'encode',
  'fill',
  'join',
  'padEnd',
  'padStart',
  'repeat',
  'replace',
  'slice',
  'subarray',
  'toLowerCase',
  'toString',
  'toUpperCase',
  'trim',
]);

function encodingOf(value: Value): string | undefined {
  return value.kind === 'text' ? value.text.toLowerCase() : undefined;
}

function asText(value: Value, encoding: string | undefined): Value {
  return value.kind === 'output' ? { ...value, encoding: encoding ?? 'unknown' } : value;
}

function asTextOfBytes(on: Value, { node, evaluator }: BuiltInCall): Value | undefined {
  if (on.kind === 'text') return on;
  const span = evaluator.code.spanOf(node);
  if (on.kind === 'scalar') return text(String(on.value), span);
  return on.kind === 'bytes' ? text(evaluator.unknown(node).text, span, on.origin) : undefined;
}

function ofText(
  on: Extract<Value, { kind: 'text' }>,
  { method, node, evaluator, value }: BuiltInCall,
): Value | undefined {
  const span = evaluator.code.spanOf(node);
  const isKnown = !hasHole(on.text);
  const number = (at: number): number | undefined => {
    const given = node.arguments.length > at ? value(at) : undefined;
    return given?.kind === 'scalar' ? Number(given.value) : undefined;
  };
  const made = (result: string): Value => text(result, span, on.origin);
  const first = number(0);
  switch (method) {
    case 'repeat':
      return first !== undefined && first * on.text.length <= CHARS_MAX
        ? made(on.text.repeat(Math.max(0, first)))
        : undefined;
    case 'padEnd':
    case 'padStart': {
      const filler = node.arguments.length > 1 ? value(1) : undefined;
      if (
        !isKnown ||
        first === undefined ||
        first > CHARS_MAX ||
        (filler && filler.kind !== 'text')
      )
        return undefined;
      return made(
        method === 'padEnd'
          ? on.text.padEnd(first, filler?.text)
          : on.text.padStart(first, filler?.text),
      );
    }
    case 'trim':
      return isKnown ? made(on.text.trim()) : undefined;
    case 'toLowerCase':
      return isKnown ? made(on.text.toLowerCase()) : undefined;
    case 'toUpperCase':
      return isKnown ? made(on.text.toUpperCase()) : undefined;
    case 'slice':
      return isKnown && first !== undefined ? made(on.text.slice(first, number(1))) : undefined;
    case 'concat': {
      const others = node.arguments.map((_, at) => value(at));
      const texts = others.flatMap((other) => (other.kind === 'text' ? [other.text] : []));
      return texts.length === others.length ? made(on.text + texts.join('')) : undefined;
    }
    default:
      return undefined;
  }
}

const CHARS_MAX = 1_000_000;

/** Values that somebody can guess: of `Math.random`, or of the clock. */
function fromWeakSource({ node, evaluator }: BuiltInCall): Value | undefined {
  const spelled = evaluator.code.textOf(node);
  const origin: CodeOrigin | undefined = WEAK.test(spelled) ? 'weak-random' : undefined;
  return origin && evaluator.unknown(node, origin);
}

const WEAK = /\bMath\.random\(\)|\bDate\.now\(\)/;
