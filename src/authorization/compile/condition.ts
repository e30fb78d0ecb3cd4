import type { Formula, Formulas } from '../../logic/index.js';
import type { Condition, Operator, PolicyDocument } from '../../policy/index.js';
import { expandVariables, matchesCondition, variablesOf } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { Comparison, RequestAtom, Variable } from './atoms.js';
import type { Question } from './question.js';
import { valueOf } from './variables.js';
import type { KeyValue, Settled } from './variables.js';
import { arnLike, stringEquals } from './operators.js';

/** What compiling needs at hand: the formula builder and the question. */
export interface Compiling {
  readonly formulas: Formulas<RequestAtom>;
  readonly question: Question;
  /** Values of a key in this policy, where they differ from the question's: see `keyPolicyValue`. */
  readonly valueOf: (spelling: string) => KeyValue;
  /** What it has been asked for so far, by names in lower case. */
  readonly asked: ReadonlyMap<string, KeyValue>;
}

export function compiling(formulas: Formulas<RequestAtom>, question: Question): Compiling {
  const values = new Map<string, KeyValue>();
  return {
    formulas,
    question,
    asked: values,
    valueOf: (spelling) => {
      const name = spelling.toLowerCase();
      let value = values.get(name);
      if (value === undefined) {
        value = valueOf(question, spelling);
        values.set(name, value);
      }
      return value;
    },
  };
}

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

function constant(formulas: Formulas<RequestAtom>, value: boolean): Formula<RequestAtom> {
  return value ? formulas.always : formulas.never;
}

// A fact that neither the request nor the inventory gives; the same for conditions that say the same, so
// that a policy can be compared with itself in another order or file.
function undecidable(at: Compiling, condition: Condition, detail: string): Formula<RequestAtom> {
  const { operatorText, key, values, span } = condition;
  const given = at.valueOf(key);
  const said = [
    operatorText,
    key.toLowerCase(),
    given.kind === 'constant' ? given.value : given.kind,
    values.map(({ text }) => text).sort(),
  ];
  return at.formulas.atom({
    kind: 'undecidable',
    identity: `${detail} ${JSON.stringify(said)}`,
    missing: { layer: 'attribute', of: span.source.path, detail },
  });
}

type Chosen = Exclude<KeyValue, { kind: 'follows' }>;

function compileNull(
  { formulas }: Compiling,
  { values, operator }: Condition,
  value: Chosen,
): Formula<RequestAtom> {
  // SOURCE: facts evaluation 6.10: a set operator settles an absent key without looking at the value
  const wanted = values.map(({ text }) => text.toLowerCase());
  const isNull = nullness(formulas, value);
  const outcome = formulas.any(
    wanted.map((text) =>
      text === 'true' ? isNull : text === 'false' ? formulas.not(isNull) : formulas.never,
    ),
  );
  if (operator.quantifier === 'ForAllValues') return formulas.any([isNull, outcome]);
  if (operator.quantifier === 'ForAnyValue') return formulas.all([formulas.not(isNull), outcome]);
  return outcome;
}

function nullness(
  formulas: Formulas<RequestAtom>,
  value: Exclude<KeyValue, { kind: 'follows' }>,
): Formula<RequestAtom> {
  switch (value.kind) {
    case 'absent':
      return formulas.always;
    case 'constant':
      return constant(formulas, value.value === '' || value.value.length === 0);
    case 'open': {
      const { variable } = value;
      if (variable.multivalued) return formulas.not(memberOf(formulas, variable, []));
      const missing = formulas.not(exists(formulas, variable));
      if (!variable.domain.mayBeEmpty) return missing;
      return formulas.any([missing, formulas.atom({ kind: 'test', variable, comparison: empty })]);
    }
  }
}

const empty: Comparison = { operator: stringEquals, text: '' };

/** The atom that a request has the key, or what is known of it. */
function exists(formulas: Formulas<RequestAtom>, variable: Variable): Formula<RequestAtom> {
  return variable.domain.always ? formulas.always : formulas.atom({ kind: 'exists', variable });
}

function memberOf(
  formulas: Formulas<RequestAtom>,
  variable: Variable,
  comparisons: readonly { readonly comparison: Comparison; readonly wanted: boolean }[],
): Formula<RequestAtom> {
  return formulas.atom({ kind: 'member', variable, comparisons });
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

interface Expanded {
  /** Values without open variables. */
  readonly values: readonly ReturnType<typeof expandVariables>[];
  /** Values with open variables, as written. */
  readonly linked: readonly { readonly text: Text; readonly others: readonly Variable[] }[];
}

// SOURCE: facts evaluation 5.4
const withVariables: ReadonlySet<Operator['family']> = new Set(['String', 'Arn', 'Bool']);

function expandAll(
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

function positive(operator: Operator): Operator {
  return {
    family: operator.family,
    comparison: operator.comparison,
    like: operator.like,
    ignoreCase: operator.ignoreCase,
    negated: false,
    ifExists: false,
  };
}

function compileSingle(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
): Formula<RequestAtom> {
  const { formulas } = at;
  const { operator } = condition;
  const there = exists(formulas, variable);
  const missing = formulas.not(there);
  const satisfied = operator.negated
    ? noneOf(at, condition, version, variable)
    : formulas.any(oneOf(at, condition, version, variable, positive(operator)));
  // SOURCE: facts evaluation 6.3, 6.4, 6.6, 6.9
  if (operator.quantifier === 'ForAllValues') {
    return formulas.any([nullness(formulas, { kind: 'open', variable }), satisfied]);
  }
  if (operator.quantifier === 'ForAnyValue') {
    const notNull = formulas.not(nullness(formulas, { kind: 'open', variable }));
    const some = formulas.all([notNull, satisfied]);
    return operator.ifExists ? formulas.any([missing, some]) : some;
  }
  return operator.ifExists || operator.negated ? formulas.any([missing, satisfied]) : satisfied;
}

const isAnArn: Comparison = {
  operator: arnLike,
  text: 'arn:*:*:*:*:*',
};

// The request's value is present, of the operator's type, and none of the policy's values match it.
function noneOf(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
): Formula<RequestAtom> {
  const { formulas } = at;
  const { operator } = condition;
  const there = exists(formulas, variable);
  switch (operator.family) {
    case 'String':
    case 'Bool':
      return formulas.all([
        there,
        formulas.not(formulas.any(oneOf(at, condition, version, variable, positive(operator)))),
      ]);
    case 'Arn': {
      // SOURCE: facts evaluation 6.14: neither an ARN operator nor its negation matches what is no ARN
      if (condition.values.some(({ text }) => !isArnPattern(text))) return formulas.never;
      const matched = formulas.any(oneOf(at, condition, version, variable, positive(operator)));
      return formulas.all([
        formulas.atom({ kind: 'test', variable, comparison: isAnArn }),
        formulas.not(matched),
      ]);
    }
    case 'Numeric':
    case 'Date':
    case 'IpAddress':
    case 'Binary':
    case 'Null':
      return formulas.all([
        there,
        ...oneOf(at, condition, version, variable, { ...positive(operator), negated: true }),
      ]);
  }
}

function isArnPattern(text: Text): boolean {
  return hasHole(text) || /^\*+$/.test(text) || text.split(':').length >= 6;
}

// One formula for each of the policy's values: the request's value is present and passes.
function oneOf(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
  operator: Operator,
): readonly Formula<RequestAtom>[] {
  const { formulas } = at;
  const { values, linked } = expandAll(at, condition, version);
  return [
    ...values.map((value) => {
      switch (value.kind) {
        case 'no-value':
          return operator.negated ? formulas.always : formulas.never;
        case 'unknown':
          return undecidable(at, condition, `the values of \`${condition.key}\``);
        case 'value':
          return hasHole(value.text) && value.text !== '*'
            ? withHole(at, condition, variable, { operator, text: value.text })
            : formulas.atom({
                kind: 'test',
                variable,
                comparison: { operator, text: value.text },
              });
      }
    }),
    ...linked.map(({ text, others }) =>
      formulas.atom({ kind: 'linked', variable, operator, text, version, others }),
    ),
  ];
}

// A hole in the policy's value: the comparison is undecided, and can only hold where the key is there.
function withHole(
  at: Compiling,
  condition: Condition,
  variable: Variable,
  { text }: Comparison,
): Formula<RequestAtom> {
  return at.formulas.all([
    exists(at.formulas, variable),
    at.formulas.atom({
      kind: 'undecidable',
      identity: `${variable.name} ${condition.operatorText} ${text}`,
      missing: {
        layer: 'attribute',
        of: condition.span.source.path,
        detail: `the value of \`${text}\``,
      },
    }),
  ]);
}

function compileSet(
  at: Compiling,
  condition: Condition,
  version: PolicyDocument['version'],
  variable: Variable,
): Formula<RequestAtom> {
  const { formulas } = at;
  const { operator } = condition;
  // SOURCE: facts evaluation 6.8: without a set operator a multivalued key never matches
  if (operator.quantifier === undefined) return formulas.never;
  const { values, linked } = expandAll(at, condition, version);
  if (
    linked.length > 0 ||
    values.some(
      (value) => value.kind === 'unknown' || (value.kind === 'value' && hasHole(value.text)),
    )
  ) {
    return undecidable(at, condition, `the values of \`${condition.key}\``);
  }
  const comparisons = values.flatMap((value) =>
    value.kind === 'value' ? [{ operator: positive(operator), text: value.text }] : [],
  );
  const oneMatches = formulas.any(
    comparisons.map((comparison) => memberOf(formulas, variable, [{ comparison, wanted: true }])),
  );
  const oneMatchesNone = memberOf(
    formulas,
    variable,
    comparisons.map((comparison) => ({ comparison, wanted: false })),
  );
  const some = operator.negated ? oneMatchesNone : oneMatches;
  const someOtherwise = operator.negated ? oneMatches : oneMatchesNone;
  if (operator.quantifier === 'ForAllValues') return formulas.not(someOtherwise);
  return operator.ifExists
    ? formulas.any([formulas.not(memberOf(formulas, variable, [])), some])
    : some;
}
