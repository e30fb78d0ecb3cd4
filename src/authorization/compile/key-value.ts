import { findConditionKey } from '../../facts/index.js';
import type { Missing } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import type { Domain, Variable } from './atoms.js';
import type { Question } from './question.js';

/** What a question says about one condition key. */
export type KeyValue =
  | { readonly kind: 'constant'; readonly value: Text | readonly Text[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'open'; readonly variable: Variable }
  /** It follows from whether the request has another key. */
  | {
      readonly kind: 'follows';
      readonly spelling: string;
      readonly present: Settled;
      /** Several: it is one of them, and nobody can tell which. */
      readonly absent: readonly Settled[];
    };

/** A value that no request chooses. */
export type Settled =
  { readonly kind: 'constant'; readonly value: Text } | { readonly kind: 'absent' };

export const absent: KeyValue = { kind: 'absent' };

/** What becomes of a condition key in a question. */
export type Rule = (question: Question, spelling: string) => KeyValue;

export function constant(value: Text | readonly Text[]): KeyValue {
  return { kind: 'constant', value };
}

export function fixed(value: Text | undefined): KeyValue {
  return value === undefined ? absent : constant(value);
}

export function open(
  spelling: string,
  domain: Partial<Domain>,
): Extract<KeyValue, { readonly kind: 'open' }> {
  const name = spelling.toLowerCase();
  return {
    kind: 'open',
    variable: {
      name,
      spelling,
      multivalued: findConditionKey(spelling)?.multivalued ?? false,
      domain: { always: false, mayBeEmpty: false, ...domain },
    },
  };
}

export const optional = (spelling: string): KeyValue => open(spelling, {});
export const always = (spelling: string): KeyValue => open(spelling, { always: true });
export const optionalRule: Rule = (_, spelling) => optional(spelling);
export const flag: Rule = (_, spelling) =>
  open(spelling, { always: true, values: ['true', 'false'] });
export const optionalFlag: Rule = (_, spelling) => open(spelling, { values: ['true', 'false'] });

export function unknownValue(
  name: string,
  spelling: string,
  missing: Missing,
  multivalued = false,
): KeyValue {
  return {
    kind: 'open',
    variable: {
      name,
      spelling,
      multivalued,
      domain: { always: false, mayBeEmpty: true },
      missing,
    },
  };
}

export function unknownAttribute(spelling: string, of: Text, detail: string): KeyValue {
  const multivalued = findConditionKey(spelling)?.multivalued ?? false;
  return unknownValue(
    spelling.toLowerCase(),
    spelling,
    { layer: 'attribute', of, detail },
    multivalued,
  );
}
