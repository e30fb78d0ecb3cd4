import { cubesOf, implies } from '../../logic/index.js';
import type { Cube, Formula, Formulas, Literal, Solution } from '../../logic/index.js';
import { showText } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { Assignment, Comparison, RequestAtom } from '../compile/index.js';

/** One condition under which a request is allowed, in the words of policies. */
export interface AnswerCondition {
  readonly key: string;
  /** A condition operator, such as `StringEquals` or `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** One of them matches, or, under a negated operator, none. */
  readonly values: readonly Text[];
}

type Solve = (formula: Formula<RequestAtom>) => Solution<Assignment>;

const cubesMax = 500;

/**
 * The formula as an OR of ANDs that a person would write: no term that the others cover, no condition
 * that could be left out. Empty where that would take more than a few hundred terms.
 */
export function conditionsOf(
  formulas: Formulas<RequestAtom>,
  formula: Formula<RequestAtom>,
  solve: Solve,
): readonly (readonly AnswerCondition[])[] {
  const cubes = cubesOf(formula, cubesMax);
  if (cubes === undefined) return [];
  const isCovered: IsCovered = (cube, by) =>
    implies(formulas, formulas.all(cube), by, solve).kind === 'unsatisfiable';
  const possible = cubes.filter((cube) => !isCovered(cube, formulas.never));
  const shortest = possible.map((cube) => shortened(formula, cube, isCovered));
  return foldIfExists(
    grouped(
      needed(formulas, shortest, isCovered).map((cube) =>
        mergeValues(withoutIdleIfExists(cube.map(conditionOf))),
      ),
    ),
  );
}

/** Whether the formula holds wherever all literals of the cube do. */
type IsCovered = (cube: Cube<RequestAtom>, by: Formula<RequestAtom>) => boolean;

// Leaves out each literal without which the rest still implies the formula.
function shortened(
  formula: Formula<RequestAtom>,
  cube: Cube<RequestAtom>,
  isCovered: IsCovered,
): Cube<RequestAtom> {
  let kept = cube;
  for (const literal of cube) {
    const rest = kept.filter((other) => other !== literal);
    if (isCovered(rest, formula)) kept = rest;
  }
  return kept;
}

// Leaves out each term that the remaining ones cover.
function needed(
  formulas: Formulas<RequestAtom>,
  cubes: readonly Cube<RequestAtom>[],
  isCovered: IsCovered,
): readonly Cube<RequestAtom>[] {
  let kept = [...cubes].sort((a, b) => a.length - b.length);
  for (const cube of [...kept].reverse()) {
    const others = kept.filter((other) => other !== cube);
    if (isCovered(cube, formulas.any(others.map((other) => formulas.all(other))))) kept = others;
  }
  return kept;
}

function conditionOf({ atom, positive }: Literal<RequestAtom>): AnswerCondition {
  switch (atom.kind) {
    case 'exists':
      return {
        key: atom.variable.spelling,
        operator: 'Null',
        values: [positive ? 'false' : 'true'],
      };
    case 'test':
      return testCondition(atom.variable.spelling, atom.comparison, positive);
    case 'linked':
      return testCondition(atom.variable.spelling, atom, positive);
    case 'member':
      return memberCondition(atom.variable.spelling, atom.comparisons, positive);
    case 'undecidable':
      return { key: atom.missing.detail, operator: 'Bool', values: [positive ? 'true' : 'false'] };
  }
}

function testCondition(
  key: string,
  comparison: Pick<Comparison, 'operator' | 'text'>,
  positive: boolean,
): AnswerCondition {
  const { operator } = comparison;
  const text = shown(comparison.text);
  // A test that fails also fails where the key is absent; these operators say so only with IfExists.
  if (!positive && operator.family === 'Bool') {
    return {
      key,
      operator: 'BoolIfExists',
      values: [text.toLowerCase() === 'true' ? 'false' : 'true'],
    };
  }
  const name = operatorName(comparison, positive ? 'plain' : 'negated');
  const ordered = operator.family === 'Numeric' || operator.family === 'Date';
  const ifExists = !positive && ordered && operator.comparison !== 'equals' ? 'IfExists' : '';
  return { key, operator: name + ifExists, values: [text] };
}

function memberCondition(
  key: string,
  comparisons: readonly { readonly comparison: Comparison; readonly wanted: boolean }[],
  positive: boolean,
): AnswerCondition {
  const [first] = comparisons;
  if (first === undefined) return { key, operator: 'Null', values: [positive ? 'false' : 'true'] };
  // "Some value is none of these" is ForAnyValue with a negated operator; its opposite is ForAllValues.
  const negation = first.wanted === positive ? 'plain' : 'negated';
  return {
    key,
    operator: `${positive ? 'ForAnyValue' : 'ForAllValues'}:${operatorName(first.comparison, negation)}`,
    values: comparisons.map(({ comparison }) => shown(comparison.text)),
  };
}

// The escapes of the policy language are of no use to a reader.
function shown(text: Text): Text {
  return showText(text.replaceAll('\uE001', ''));
}

const comparisons = {
  equals: ['Equals', 'NotEquals'],
  less: ['LessThan', 'GreaterThanEquals'],
  'less-or-equal': ['LessThanEquals', 'GreaterThan'],
  greater: ['GreaterThan', 'LessThanEquals'],
  'greater-or-equal': ['GreaterThanEquals', 'LessThan'],
} as const;

function operatorName(
  { operator }: Pick<Comparison, 'operator'>,
  negation: 'plain' | 'negated',
): string {
  const negated = operator.negated !== (negation === 'negated');
  switch (operator.family) {
    case 'String':
      if (operator.like) return negated ? 'StringNotLike' : 'StringLike';
      return `String${negated ? 'Not' : ''}Equals${operator.ignoreCase ? 'IgnoreCase' : ''}`;
    case 'Arn':
      return negated ? 'ArnNotLike' : 'ArnLike';
    case 'IpAddress':
      return negated ? 'NotIpAddress' : 'IpAddress';
    case 'Numeric':
    case 'Date':
      return operator.family + comparisons[operator.comparison][negated ? 1 : 0];
    case 'Binary':
      return negated ? 'not BinaryEquals' : 'BinaryEquals';
    case 'Bool':
    case 'Null':
      return operator.family;
  }
}

// Where the key must be there anyway, IfExists says nothing.
function withoutIdleIfExists(conditions: readonly AnswerCondition[]): readonly AnswerCondition[] {
  const present = new Set(
    conditions
      .filter(({ operator, values }) => operator === 'Null' && values[0] === 'false')
      .map(({ key }) => key),
  );
  const implied = new Set<string>();
  const shorter = conditions.map((condition) => {
    if (!present.has(condition.key) || !condition.operator.endsWith('IfExists')) return condition;
    implied.add(condition.key);
    return { ...condition, operator: condition.operator.slice(0, -'IfExists'.length) };
  });
  return shorter.filter(({ key, operator }) => operator !== 'Null' || !implied.has(key));
}

const negatedOperator = /Not(Equals|Like|IpAddress)|^NotIpAddress/;

// Within an AND, several values under one negated operator are one condition.
function mergeValues(conditions: readonly AnswerCondition[]): readonly AnswerCondition[] {
  const merged = new Map<string, AnswerCondition>();
  for (const condition of conditions) {
    const name = `${condition.key} ${condition.operator}`;
    const known = merged.get(name);
    const joins =
      known !== undefined &&
      negatedOperator.test(condition.operator) &&
      !condition.operator.startsWith('ForA');
    merged.set(
      joins ? name : `${name} ${condition.values.join()}`,
      joins
        ? { ...known, values: [...new Set([...known.values, ...condition.values])] }
        : condition,
    );
    if (
      !joins &&
      negatedOperator.test(condition.operator) &&
      !condition.operator.startsWith('ForA')
    ) {
      merged.delete(`${name} ${condition.values.join()}`);
      merged.set(name, condition);
    }
  }
  return [...merged.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

// Terms that differ only in the values of one positive condition are one term with all the values.
function grouped(
  terms: readonly (readonly AnswerCondition[])[],
): readonly (readonly AnswerCondition[])[] {
  let result = terms;
  for (;;) {
    const next = joinOnce(result);
    if (next === undefined) return result;
    result = next;
  }
}

function joinOnce(
  terms: readonly (readonly AnswerCondition[])[],
): readonly (readonly AnswerCondition[])[] | undefined {
  for (const [index, a] of terms.entries()) {
    for (const b of terms.slice(index + 1)) {
      const joined = join(a, b);
      if (joined !== undefined)
        return [...terms.filter((term) => term !== a && term !== b), joined];
    }
  }
  return undefined;
}

function join(
  a: readonly AnswerCondition[],
  b: readonly AnswerCondition[],
): readonly AnswerCondition[] | undefined {
  if (a.length !== b.length) return undefined;
  const text = (condition: AnswerCondition): string => JSON.stringify(condition);
  const inB = new Set(b.map(text));
  const inA = new Set(a.map(text));
  const [onlyA, ...moreA] = a.filter((condition) => !inB.has(text(condition)));
  const [onlyB, ...moreB] = b.filter((condition) => !inA.has(text(condition)));
  if (onlyA === undefined || onlyB === undefined || moreA.length + moreB.length > 0)
    return undefined;
  if (onlyA.key !== onlyB.key || onlyA.operator !== onlyB.operator) return undefined;
  if (negatedOperator.test(onlyA.operator) || onlyA.operator.startsWith('ForAllValues'))
    return undefined;
  const both = { ...onlyA, values: [...new Set([...onlyA.values, ...onlyB.values])] };
  return a.map((condition) => (condition === onlyA ? both : condition));
}

// "Absent, or equal to x" is IfExists.
function foldIfExists(
  terms: readonly (readonly AnswerCondition[])[],
): readonly (readonly AnswerCondition[])[] {
  for (const [index, a] of terms.entries()) {
    for (const [other, b] of terms.entries()) {
      if (index === other || a.length !== b.length) continue;
      const text = (condition: AnswerCondition): string => JSON.stringify(condition);
      const inB = new Set(b.map(text));
      const inA = new Set(a.map(text));
      const [absent, ...moreA] = a.filter((condition) => !inB.has(text(condition)));
      const [test, ...moreB] = b.filter((condition) => !inA.has(text(condition)));
      if (absent === undefined || test === undefined || moreA.length + moreB.length > 0) continue;
      if (absent.key !== test.key || absent.operator !== 'Null' || absent.values[0] !== 'true')
        continue;
      if (test.operator === 'Null' || test.operator.startsWith('For')) continue;
      const folded = { ...test, operator: `${test.operator}IfExists` };
      return foldIfExists([
        ...terms.filter((term) => term !== a && term !== b),
        b.map((condition) => (condition === test ? folded : condition)),
      ]);
    }
  }
  return terms;
}
