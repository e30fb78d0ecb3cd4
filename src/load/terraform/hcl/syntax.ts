import type { Span, Text, TextPiece } from '../../../source/index.js';

/** An expression of HCL after its syntax is gone; `.tf.json` gives the same ones. */
export type Expression =
  | Literal
  | Template
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[]; readonly span: Span }
  | Name
  | Attribute
  | Index
  | Splat
  | Call
  | ForExpression
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'operation';
      readonly operator: string;
      readonly left?: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  /** Where the text could not be understood, which is reported. */
  | { readonly kind: 'broken'; readonly span: Span };

export interface Literal {
  readonly kind: 'literal';
  readonly value: Text | number | boolean | null;
  readonly spelling?: string;
  readonly span: Span;
  /** How the characters of a text stand in the file, where they do. */
  readonly pieces?: readonly TextPiece[];
}

export interface Name {
  readonly kind: 'name';
  readonly name: string;
  readonly span: Span;
}

export interface Attribute {
  readonly kind: 'attribute';
  readonly of: Expression;
  readonly name: string;
  readonly span: Span;
}

export interface Index {
  readonly kind: 'index';
  readonly of: Expression;
  readonly key: Expression;
  readonly span: Span;
}

/** `of[*].each`: `each` is an expression over {@link ITEM}. */
export interface Splat {
  readonly kind: 'splat';
  readonly of: Expression;
  readonly each: Expression;
  readonly span: Span;
}

/** The name that stands for an item in what follows a splat. */
export const ITEM = '*';

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** Whether the last argument is a list of arguments. */
  readonly spreads: boolean;
  readonly span: Span;
}

export interface ForExpression {
  readonly kind: 'for';
  readonly keyName?: string;
  readonly valueName: string;
  readonly over: Expression;
  /** Makes an object. */
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  /** Whether values with the same key make a list. */
  readonly groups: boolean;
  readonly span: Span;
}

export interface ObjectEntry {
  readonly key: Expression;
  readonly value: Expression;
}

/** A text with expressions in it. */
export interface Template {
  readonly kind: 'template';
  readonly parts: readonly TemplatePart[];
  readonly span: Span;
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly pieces: readonly TextPiece[] }
  | { readonly kind: 'value'; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly TemplatePart[];
      readonly otherwise: readonly TemplatePart[];
    }
  | {
      readonly kind: 'for';
      readonly keyName?: string;
      readonly valueName: string;
      readonly over: Expression;
      readonly body: readonly TemplatePart[];
    };

export interface Body {
  readonly attributes: readonly BodyAttribute[];
  readonly blocks: readonly Block[];
  readonly span: Span;
}

export interface BodyAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  readonly span: Span;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** From the type to the closing brace. */
  readonly span: Span;
}

/** What an expression in `.tf` or `.tf.json` is called by a body, absent where it is not given. */
export function attributeIn(body: Body, name: string): BodyAttribute | undefined {
  return body.attributes.findLast((attribute) => attribute.name === name);
}

/** How the author spells an expression; expressions are told apart by it where nothing else can. */
export function sourceOf({ span }: Expression): string {
  return span.source.text.slice(span.start, span.end);
}
