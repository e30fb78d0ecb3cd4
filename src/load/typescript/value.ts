import type {
  CodeBytes,
  CodeOrigin,
  CodeScalar,
  CodeSize,
  CodeText,
  CodeValue,
} from '../../inventory/index.js';
import { partsOf, type Span, type Text } from '../../source/index.js';
import type { CallNode, ClassNode, FunctionNode } from './syntax.js';

/** What an expression comes to, as the loader works with it. */
export type Value =
  | CodeText
  | CodeScalar
  | CodeBytes
  | ObjectValue
  | ListValue
  | OutputValue
  | UnknownValue
  | SymbolValue
  | InstanceValue
  | FunctionValue
  | ClassValue
  | AbsentValue;

export interface ObjectValue {
  readonly kind: 'object';
  readonly fields: readonly FieldValue[];
  readonly open: boolean;
  readonly span: Span;
}

export interface FieldValue {
  readonly name: Text;
  readonly nameSpan: Span;
  /** Name and value as they stand in the code. */
  readonly span: Span;
  readonly value: Value;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly open: boolean;
  readonly span: Span;
}

/** What a call to a library returns, or a part of it. */
export interface OutputValue {
  readonly kind: 'output';
  readonly node: CallNode;
  readonly path: readonly string[];
  readonly encoding?: string;
  readonly span: Span;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly text: Text;
  readonly origin: CodeOrigin;
  readonly fallback?: Value;
  readonly span: Span;
}

/** Something that a known module exports. */
export interface SymbolValue {
  readonly kind: 'symbol';
  /** Without the prefix `node:`, and by the name of the package that holds it: `aws-cdk-lib`. */
  readonly module: string;
  /** `['aws_kms', 'Key']`; empty for all that the module exports. */
  readonly path: readonly string[];
  readonly span: Span;
}

/** An object of a class of a known module. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly of: SymbolValue;
  /** What it was made with; `undefined` where only its type is known. */
  readonly arguments: readonly Value[] | undefined;
  readonly node?: CallNode;
  readonly span: Span;
}

/** A function of the same file. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly node: FunctionNode;
  readonly span: Span;
}

/** A class of the same file. */
export interface ClassValue {
  readonly kind: 'class';
  readonly node: ClassNode;
  readonly span: Span;
}

/** `undefined`, and `null` where a field may be left out. */
export interface AbsentValue {
  readonly kind: 'absent';
  readonly span: Span;
}

export function text(value: Text, span: Span, origin: CodeOrigin = 'literal'): CodeText {
  return { kind: 'text', text: value, origin, span };
}

export function bytes(size: CodeSize, origin: CodeOrigin, span: Span): CodeBytes {
  return { kind: 'bytes', size, origin, span };
}

/** The last value of a name; `undefined` where an object is known to lack it, or is none. */
export function fieldOf(value: Value | undefined, name: string): FieldValue | undefined {
  return value?.kind === 'object'
    ? value.fields.findLast((field) => field.name === name)
    : undefined;
}

/** How long a text is in UTF-8: at least its known parts, and no more where all is known. */
export function sizeOfText(value: Text): CodeSize {
  const parts = partsOf(value);
  const atLeast = parts.reduce(
    (sum, part) => sum + (typeof part === 'string' ? encoder.encode(part).length : 0),
    0,
  );
  return parts.every((part) => typeof part === 'string')
    ? { atLeast, atMost: atLeast }
    : { atLeast };
}

const encoder = new TextEncoder();

/** Where a value comes from that is made of others. */
export function originOfAll(origins: readonly CodeOrigin[]): CodeOrigin {
  return order.find((origin) => origins.includes(origin)) ?? 'literal';
}

// What is secret of itself, or unknown, outweighs what is not.
const order: readonly CodeOrigin[] = [
  'weak-random',
  'random',
  'derived',
  'parameter',
  'unknown',
  'environment',
  'file',
];

export function originOf(value: Value): CodeOrigin {
  switch (value.kind) {
    case 'text':
    case 'bytes':
    case 'unknown':
      return value.origin;
    case 'list':
      return originOfAll(value.items.map(originOf));
    case 'object':
      return originOfAll(value.fields.map((field) => originOf(field.value)));
    case 'scalar':
    case 'absent':
      return 'literal';
    case 'output':
    case 'symbol':
    case 'instance':
    case 'function':
    case 'class':
      return 'unknown';
  }
}

/** A value as the inventory holds it. */
export function toCode(
  value: Value,
  addressOf: (node: CallNode) => string | undefined,
  unknownOf: (value: Value) => Text,
): CodeValue {
  const convert = (one: Value): CodeValue => toCode(one, addressOf, unknownOf);
  const { span } = value;
  switch (value.kind) {
    case 'text':
    case 'scalar':
    case 'bytes':
      return value;
    case 'unknown': {
      const { fallback, ...rest } = value;
      return fallback === undefined ? rest : { ...rest, fallback: convert(fallback) };
    }
    case 'list':
      return { kind: 'list', items: value.items.map(convert), open: value.open, span };
    case 'object': {
      const present = value.fields.filter((field) => field.value.kind !== 'absent');
      const fields = present.map(({ name, nameSpan, value: inner }) => ({
        name,
        nameSpan,
        value: convert(inner),
      }));
      return { kind: 'object', fields, open: value.open, span };
    }
    case 'symbol':
      return text(value.path.slice(-2).join('.'), span);
    case 'output':
    case 'instance': {
      const call = value.node && addressOf(value.node);
      if (call === undefined) {
        return { kind: 'unknown', text: unknownOf(value), origin: 'unknown', span };
      }
      const path = value.kind === 'output' ? value.path : [];
      const encoding = value.kind === 'output' ? value.encoding : undefined;
      return { kind: 'output', call, path, ...(encoding === undefined ? {} : { encoding }), span };
    }
    case 'absent':
      return { kind: 'scalar', value: null, span };
    case 'function':
    case 'class':
      return { kind: 'unknown', text: unknownOf(value), origin: 'unknown', span };
  }
}
