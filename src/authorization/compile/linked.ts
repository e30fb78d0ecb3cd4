import type { Literal, TheoryVerdict } from '../../logic/index.js';
import { expandVariables, matchesCondition } from '../../policy/index.js';
import type { PolicyValue } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { Linked, RequestAtom, Variable } from './atoms.js';
import { stringLike } from './operators.js';
import { findText, isInDomain, nothingWanted, passes } from './single-values.js';
import type { Wanted, WantedTest } from './single-values.js';
import type { Assignment } from './theory.js';

/** How many combinations of values are tried for keys that refer to each other. */
const triesMax = 512;

/**
 * Finds values for keys of which one's allowed values name another's, by trying those that either
 * side suggests. It proves nothing: where none fits the verdict is unknown.
 */
export function linkValues(
  all: ReadonlyMap<string, Variable>,
  byVariable: ReadonlyMap<string, Wanted>,
  links: readonly Literal<RequestAtom>[],
  given: Assignment,
): TheoryVerdict<Assignment> {
  const linked = links.map(({ atom, positive }) => ({ atom: atom as Linked, positive }));
  const variables = new Map<string, Variable>();
  for (const { atom } of linked) {
    for (const variable of [...atom.others, atom.variable])
      variables.set(variable.name, all.get(variable.name) ?? variable);
  }
  const order = [...variables.values()];
  let tries = 0;
  const search = (
    index: number,
    values: ReadonlyMap<string, Text | readonly Text[]>,
  ): Assignment | undefined => {
    const variable = order[index];
    if (variable === undefined) {
      tries += 1;
      return linked.every(({ atom, positive }) => holds(atom, values) === positive)
        ? values
        : undefined;
    }
    for (const value of suggestions(
      variable,
      byVariable.get(variable.name) ?? nothingWanted,
      linked,
      values,
    )) {
      if (tries >= triesMax) return undefined;
      const next = new Map(values);
      if (value === undefined) next.delete(variable.name);
      else next.set(variable.name, value);
      const found = search(index + 1, next);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const model = search(0, given);
  return model === undefined
    ? { kind: 'unknown', limit: `${triesMax} combinations of keys that refer to each other` }
    : { kind: 'model', model };
}

/**
 * What is wanted of each variable, with what positive links imply: the value has the form of the policy's
 * text, and where that is another key and nothing else, it passes what that key must pass.
 */
export function withLinks(
  byVariable: ReadonlyMap<string, Wanted>,
  literals: readonly Literal<RequestAtom>[],
): ReadonlyMap<string, Wanted> {
  const links = literals.flatMap(({ atom, positive }) =>
    positive && atom.kind === 'linked' && atom.operator.family === 'String' ? [atom] : [],
  );
  if (links.length === 0) return byVariable;
  const wanted = new Map(byVariable);
  for (const atom of links) {
    const { name } = atom.variable;
    const own = wanted.get(name) ?? nothingWanted;
    wanted.set(name, { ...own, tests: [...own.tests, ...impliedBy(atom, byVariable)] });
  }
  return wanted;
}

function impliedBy(atom: Linked, byVariable: ReadonlyMap<string, Wanted>): readonly WantedTest[] {
  const { text, others, operator } = atom;
  const [only] = others;
  const isSame =
    only !== undefined &&
    !operator.ignoreCase &&
    text.toLowerCase() === `\${${only.spelling.toLowerCase()}}`;
  const same = isSame ? (byVariable.get(only.name)?.tests ?? []) : [];
  const pattern = formOf(atom);
  if (pattern === undefined) return same;
  const { ignoreCase } = operator;
  return [
    ...same,
    { comparison: { operator: { ...stringLike, ignoreCase }, text: pattern }, wanted: true },
  ];
}

// A wildcard pattern that every value of the policy's text matches; wildcards of its own, where they are
// none, would have to be escaped.
function formOf({ text, others, operator }: Linked): Text | undefined {
  const variable = /\$\{[^}]*\}/g;
  if (!operator.like && /[*?]/.test(text.replaceAll(variable, ''))) return undefined;
  return text.replaceAll(variable, (reference) => {
    const key = reference.slice(2, -1).toLowerCase();
    return others.find(({ spelling }) => spelling.toLowerCase() === key)?.domain.pattern ?? '*';
  });
}

function holds(atom: Linked, values: Assignment): boolean {
  const value = values.get(atom.variable.name);
  const policyValue = expand(atom, values);
  return (
    typeof value === 'string' && matchesCondition(atom.operator, [policyValue], value) === true
  );
}

function expand({ text, version, others }: Linked, values: Assignment): PolicyValue {
  const open = new Map(others.map((variable) => [variable.spelling.toLowerCase(), variable.name]));
  return expandVariables(text, version, (key) =>
    values.get(open.get(key.toLowerCase()) ?? key.toLowerCase()),
  );
}

// What the variable may be: as found without the links, what a link makes of the others, and absent.
function suggestions(
  variable: Variable,
  wanted: Wanted,
  linked: readonly { readonly atom: Linked; readonly positive: boolean }[],
  values: Assignment,
): readonly (Text | undefined)[] {
  const fits = (value: Text): boolean =>
    (variable.domain.values?.includes(value) ?? true) &&
    isInDomain(variable, value) &&
    wanted.tests.every((test) => passes(test.comparison, value) === test.wanted);
  const texts = new Set<Text>();
  const own = values.get(variable.name);
  if (typeof own === 'string') texts.add(own);
  const any = findText(variable, wanted.tests);
  if (any.kind === 'value' && any.value !== undefined) texts.add(any.value);
  for (const value of variable.domain.values ?? []) texts.add(value);
  for (const { atom } of linked) {
    if (atom.variable.name === variable.name) {
      const expanded = expand(atom, values);
      if (expanded.kind === 'value') texts.add(expanded.text.replaceAll(/[\uE001*?]/g, ''));
    }
    const target = values.get(atom.variable.name) ?? atom.variable.domain.values?.[0];
    if (typeof target === 'string' && atom.others.some(({ name }) => name === variable.name)) {
      const [before = '', after = ''] = atom.text.split(/\$\{[^}]*\}/);
      if (target.startsWith(before) && target.endsWith(after))
        texts.add(target.slice(before.length, target.length - after.length));
    }
  }
  for (const plain of ['example', 'another']) texts.add(plain);
  const mayBeAbsent =
    wanted.exists !== true && !variable.domain.always && !wanted.tests.some((test) => test.wanted);
  const present =
    wanted.exists === false ? [] : [...texts].filter((value) => value !== '' && fits(value));
  return mayBeAbsent ? [...present, undefined] : present;
}
