import type { Literal, Theory, TheoryVerdict } from '../../logic/index.js';
import type { Text } from '../../source/index.js';
import type { Comparison, RequestAtom, Variable } from './atoms.js';
import { variablesOf } from './atoms.js';
import { linkValues, withLinks } from './linked.js';
import { settlePath } from './path.js';
import { findSet } from './set-values.js';
import { findValue, nothingWanted } from './single-values.js';
import type { Found, Wanted } from './single-values.js';
import { stringEqualsIgnoreCase } from './operators.js';

/** Values for the open condition keys, by the variables' names; a variable that is not in it is absent. */
export type Assignment = ReadonlyMap<string, Text | readonly Text[]>;

/** Keys of which one lists the names of the others, such as the encryption context. */
const families = [
  { set: 'kms:encryptioncontextkeys', prefix: 'kms:encryptioncontext:' },
  { set: 'aws:tagkeys', prefix: 'aws:requesttag/' },
  // What whoever takes on a role passes beside the tags that policies look at.
  { set: '=session tags', prefix: '=session tag ' },
] as const;

/**
 * What the atoms of requests mean: each condition key has one value, of a kind that its operators
 * compare, and some keys follow others.
 * @param variables all that occur in the formula: those that every request has get a value
 */
export function requestTheory(variables: Iterable<Variable>): Theory<RequestAtom, Assignment> {
  const all = new Map([...variables].map((variable) => [variable.name, variable]));
  const find = rememberValues();
  return {
    couldHold: (literals) => assign(all, find, literals, 'cheap').kind !== 'impossible',
    model: (literals) => assign(all, find, literals, 'full'),
  };
}

/** As {@link findValue}; the cases of a search ask the same again and again. */
function rememberValues(): typeof findValue {
  const ids = new Map<Comparison, number>();
  const known = new Map<string, Found<Text>>();
  const nameOf = ({ comparison, wanted }: Wanted['tests'][number]): string => {
    const id = ids.get(comparison) ?? ids.size;
    ids.set(comparison, id);
    return `${wanted ? '+' : '-'}${id}`;
  };
  return (variable, wanted) => {
    const name = `${variable.name} ${wanted.exists} ${wanted.tests.map(nameOf).join('')}`;
    let found = known.get(name);
    if (found === undefined) {
      found = findValue(variable, wanted);
      known.set(name, found);
    }
    return found;
  };
}

type Effort = 'cheap' | 'full';

function assign(
  all: ReadonlyMap<string, Variable>,
  find: typeof findValue,
  literals: readonly Literal<RequestAtom>[],
  effort: Effort,
): TheoryVerdict<Assignment> {
  const byVariable = settlePath(withLinks(wantedByVariable(literals), literals));
  if (byVariable === 'impossible') return { kind: 'impossible' };
  const values = new Map<string, Text | readonly Text[]>();
  let limit: string | undefined;
  const note = (verdict: { readonly kind: string; readonly limit?: string }): void => {
    limit ??= verdict.limit;
  };

  for (const { set, prefix } of families) {
    const verdict = assignFamily(all, find, byVariable, set, prefix, values, effort);
    if (verdict.kind === 'impossible') return verdict;
    if (verdict.kind === 'unknown') note(verdict);
  }
  for (const variable of all.values()) {
    if (
      families.some(({ set, prefix }) => variable.name === set || variable.name.startsWith(prefix))
    )
      continue;
    const wanted = byVariable.get(variable.name) ?? nothingWanted;
    if (effort === 'cheap' && wanted === nothingWanted) continue;
    const verdict = variable.multivalued ? findSet(variable, wanted) : find(variable, wanted);
    if (verdict.kind === 'impossible') return verdict;
    if (verdict.kind === 'unknown') note(verdict);
    else if (verdict.value !== undefined) values.set(variable.name, verdict.value);
  }
  if (limit !== undefined) return { kind: 'unknown', limit };
  const links = literals.filter(({ atom }) => atom.kind === 'linked');
  if (links.length === 0 || effort === 'cheap') return { kind: 'model', model: values };
  return linkValues(all, byVariable, links, values);
}

function wantedByVariable(literals: readonly Literal<RequestAtom>[]): ReadonlyMap<string, Wanted> {
  const wanted = new Map<
    string,
    {
      exists: boolean | undefined;
      tests: Wanted['tests'][number][];
      members: Wanted['members'][number][];
    }
  >();
  const of = (variable: Variable) => {
    let found = wanted.get(variable.name);
    if (found === undefined) {
      found = { exists: undefined, tests: [], members: [] };
      wanted.set(variable.name, found);
    }
    return found;
  };
  for (const { atom, positive } of literals) {
    switch (atom.kind) {
      case 'exists':
        of(atom.variable).exists = positive;
        break;
      case 'test':
        of(atom.variable).tests.push({ comparison: atom.comparison, wanted: positive });
        break;
      case 'member':
        of(atom.variable).members.push({ comparisons: atom.comparisons, wanted: positive });
        break;
      case 'linked':
        // A positive link needs the key and, for its value, the keys in it.
        if (positive) for (const variable of variablesOf(atom)) of(variable);
        break;
      case 'undecidable':
        break;
    }
  }
  return wanted;
}

// The names of the pairs first, then the pairs' values.
function assignFamily(
  all: ReadonlyMap<string, Variable>,
  find: typeof findValue,
  byVariable: ReadonlyMap<string, Wanted>,
  set: string,
  prefix: string,
  values: Map<string, Text | readonly Text[]>,
  effort: Effort,
):
  | { readonly kind: 'done' }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unknown'; readonly limit: string } {
  const pairs = [...all.values()].filter(({ name }) => name.startsWith(prefix));
  const setVariable = all.get(set);
  if (pairs.length === 0 && setVariable === undefined) return { kind: 'done' };
  const present: Text[] = [];
  const absent: Text[] = [];
  for (const pair of pairs) {
    const wanted = byVariable.get(pair.name) ?? nothingWanted;
    const verdict = find(pair, wanted);
    if (verdict.kind === 'impossible') return verdict;
    if (verdict.kind === 'unknown') return verdict;
    const name = pair.spelling.slice(prefix.length);
    if (verdict.value !== undefined) {
      present.push(name);
      values.set(pair.name, verdict.value);
    } else if (
      wanted.exists === false ||
      find(pair, { ...wanted, exists: true }).kind === 'impossible'
    ) {
      absent.push(name);
    }
  }
  if (setVariable === undefined) return { kind: 'done' };
  const given = byVariable.get(set) ?? nothingWanted;
  if (effort === 'cheap' && given === nothingWanted) return { kind: 'done' };
  const verdict = findSet(setVariable, {
    ...given,
    members: [
      ...given.members,
      ...present.map((name) => ({
        comparisons: [{ comparison: named(name), wanted: true }],
        wanted: true,
      })),
      ...absent.map((name) => ({
        comparisons: [{ comparison: named(name), wanted: true }],
        wanted: false,
      })),
    ],
  });
  if (verdict.kind !== 'value') return verdict;
  if (verdict.value !== undefined) values.set(set, verdict.value);
  // A name that the set demands brings its pair along.
  for (const pair of pairs) {
    const name = pair.spelling.slice(prefix.length).toLowerCase();
    const isListed =
      typeof verdict.value === 'object' && verdict.value.some((one) => one.toLowerCase() === name);
    if (!isListed || values.has(pair.name)) continue;
    const forced = find(pair, {
      ...(byVariable.get(pair.name) ?? nothingWanted),
      exists: true,
    });
    if (forced.kind !== 'value') return { kind: 'unknown', limit: `names in ${set}` };
    if (forced.value !== undefined) values.set(pair.name, forced.value);
  }
  return { kind: 'done' };
}

// SOURCE: facts evaluation 13.16: condition keys name the pairs without regard to case
function named(name: Text): Wanted['tests'][number]['comparison'] {
  return {
    operator: stringEqualsIgnoreCase,
    text: name,
  };
}
