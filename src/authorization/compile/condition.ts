import type { Formula } from '../../logic/index.js';
import { matchesCondition } from '../../policy/index.js';
import type { Condition, PolicyDocument } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { RequestAtom, Variable } from './atoms.js';
import { constant, exists, undecidable } from './compiling.js';
import type { Compiling } from './compiling.js';
import type { KeyValue, Settled } from './key-value.js';
import { compileNull } from './null-condition.js';
import { expandAll } from './policy-values.js';
import { compileSet } from './set-condition.js';
import { compileSingle } from './single-condition.js';

/** When one condition of a statement holds. */
export function compileCondition(
  at: Compiling,
  given: Condition,
  version: PolicyDocument['version'],
): Formula<RequestAtom> {
  const { formulas } = at;
  const condition = asInstants(given);
  if (hasHole(condition.key))
    return undecidable(at, condition, `the condition key \`${condition.key}\``);
  const value = at.valueOf(condition.key);
  const { operator } = condition;
  if (operator.family === 'Null' && value.kind !== 'follows')
    return compileNull(at, condition, value);
  switch (value.kind) {
    case 'absent':
      return constant(formulas, matchesCondition(operator, [], undefined) ?? false);
    case 'constant':
      return compileConstant(at, condition, version, value.value);
    case 'open':
      return value.variable.multivalued
        ? compileSet(at, condition, version, value.variable)
        : compileSingle(at, condition, version, value.variable);
    case 'follows':
      return byCases(at, condition, value, (settled) =>
        compileCondition(withValue(at, settled), condition, version),
      );
  }
}

// SOURCE: facts evaluation 6.16: aws:EpochTime is a number of seconds, and the instant aws:CurrentTime
function asInstants(condition: Condition): Condition {
  const { key, operator, values } = condition;
  const isEpoch = key.toLowerCase() === 'aws:epochtime' && operator.family === 'Numeric';
  if (!isEpoch || !values.every(({ text }) => isSeconds(text))) return condition;
  return {
    ...condition,
    operator: { ...operator, family: 'Date' },
    values: values.map((value) => ({
      ...value,
      text: new Date(Number(value.text) * 1_000).toISOString(),
    })),
  };
}

function isSeconds(text: Text): boolean {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) < 8.64e12;
}

function withValue(at: Compiling, value: Settled): Compiling {
  return { ...at, valueOf: () => value };
}

// One outcome where the other key is there, and one of several where it is not: where those differ,
// nobody can tell which it is.
function byCases(
  at: Compiling,
  condition: Condition,
  value: Extract<KeyValue, { kind: 'follows' }>,
  outcomeOf: (settled: Settled) => Formula<RequestAtom>,
): Formula<RequestAtom> {
  const { formulas } = at;
  const leader = at.valueOf(value.spelling);
  const there =
    leader.kind === 'open'
      ? exists(formulas, leader.variable)
      : constant(formulas, leader.kind !== 'absent');
  const outcomes = new Set(value.absent.map(outcomeOf));
  const [only, ...others] = outcomes;
  const otherwise =
    others.length === 0 && only !== undefined
      ? only
      : undecidable(at, condition, `\`${condition.key}\` of a direct call`);
  return formulas.any([
    formulas.all([there, outcomeOf(value.present)]),
    formulas.all([formulas.not(there), otherwise]),
  ]);
}

// Both sides are known, unless a variable in the policy's value is open.
function compileConstant(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  value: Text | readonly Text[],
): Formula<RequestAtom> {
  const { formulas } = at;
  const { operator } = condition;
  const expanded = expandAll(at, condition, version);
  if (expanded.linked.length === 0) {
    const outcome = matchesCondition(operator, expanded.values, value);
    return outcome === undefined
      ? undecidable(at, condition, `the values of \`${condition.key}\``)
      : constant(formulas, outcome);
  }
  if (typeof value !== 'string')
    return undecidable(at, condition, `variables in the values of \`${condition.key}\``);
  const pinned: Variable = {
    name: `=${condition.key.toLowerCase()}`,
    spelling: condition.key,
    multivalued: false,
    domain: { always: true, mayBeEmpty: true, values: [value] },
  };
  return compileSingle(at, condition, version, pinned);
}
