import { expandVariables, variablesOf } from '../../policy/index.js';
import type { Condition, Operator, PolicyDocument } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { Variable } from './atoms.js';
import type { Compiling } from './compiling.js';

interface Expanded {
  /** Values without open variables. */
  readonly values: readonly ReturnType<typeof expandVariables>[];
  /** Values with open variables, as written. */
  readonly linked: readonly { readonly text: Text; readonly others: readonly Variable[] }[];
}

// SOURCE: facts evaluation 5.4
const withVariables: ReadonlySet<Operator['family']> = new Set(['String', 'Arn', 'Bool']);

/** The values of a condition, with the policy variables in them that a question settles. */
export function expandAll(
  at: Compiling,
  { operator, values }: Condition,
  version: PolicyDocument['version'],
): Expanded {
  const result: {
    values: ReturnType<typeof expandVariables>[];
    linked: { text: Text; others: readonly Variable[] }[];
  } = { values: [], linked: [] };
  const expands = withVariables.has(operator.family);
  for (const { text } of values) {
    if (!expands) {
      result.values.push({ kind: 'value', text });
      continue;
    }
    const others = version === '2008-10-17' ? [] : openIn(at, text);
    if (others.length > 0) {
      const partly = expandKnown(at, text, version);
      if (partly !== undefined) result.linked.push({ text: partly, others });
    } else {
      result.values.push(
        expandVariables(text, version, (key) => {
          const value = at.valueOf(key);
          return value.kind === 'constant' ? value.value : undefined;
        }),
      );
    }
  }
  return result;
}

/** A value with only its open variables left; `undefined` where another one has no value. */
export function expandKnown(
  at: Compiling,
  text: Text,
  version: PolicyDocument['version'],
): Text | undefined {
  let known: Text = '';
  for (const piece of text.split(/(\$\{[^}]*\})/)) {
    if (openIn(at, piece).length > 0) {
      known += piece;
      continue;
    }
    const expanded = expandVariables(piece, version, (key) => {
      const value = at.valueOf(key);
      return value.kind === 'constant' ? value.value : undefined;
    });
    if (expanded.kind !== 'value') return undefined;
    known += expanded.text;
  }
  return known;
}

/** The single-valued keys in a value's variables that the question leaves open. */
export function openIn(at: Compiling, text: Text): readonly Variable[] {
  if (!text.includes('${')) return [];
  return variablesOf(text).flatMap((key) => {
    const value = at.valueOf(key);
    return value.kind === 'open' && !value.variable.multivalued ? [value.variable] : [];
  });
}
