import type { Missing } from '../../inventory/index.js';
import type { Operator, PolicyDocument } from '../../policy/index.js';
import type { Text } from '../../source/index.js';

/** A fact about a request that a question leaves open. */
export type RequestAtom = Exists | Test | Member | Linked | Undecidable;

/** The request has the condition key, perhaps with an empty value. */
export interface Exists {
  readonly kind: 'exists';
  readonly variable: Variable;
}

/** The request has the single-valued key, and its value passes. */
export interface Test {
  readonly kind: 'test';
  readonly variable: Variable;
  readonly comparison: Comparison;
}

/** Some value of the multivalued key passes every comparison, each with its wanted outcome. */
export interface Member {
  readonly kind: 'member';
  readonly variable: Variable;
  readonly comparisons: readonly { readonly comparison: Comparison; readonly wanted: boolean }[];
}

/** As {@link Test}, against a value that holds other keys of the same request, such as `${aws:SourceIp}`. */
export interface Linked {
  readonly kind: 'linked';
  readonly variable: Variable;
  readonly operator: Operator;
  /** As in the policy, variables unexpanded. */
  readonly text: Text;
  readonly version: PolicyDocument['version'];
  /** The keys in it that the question leaves open. */
  readonly others: readonly Variable[];
}

/** What no request decides: a hole, a broken statement, an attribute that was not supplied. */
export interface Undecidable {
  readonly kind: 'undecidable';
  readonly missing: Missing;
  /** Tells apart two unknowns of one thing. */
  readonly identity: string;
}

/** One value compared: a plain operator, never negated, quantified or `IfExists`. */
export interface Comparison {
  readonly operator: Operator;
  /** With the policy language's own escapes applied. */
  readonly text: Text;
}

/** A condition key whose value the question leaves open. */
export interface Variable {
  /** In lower case. */
  readonly name: string;
  /** As the author of the policy spelled it. */
  readonly spelling: string;
  readonly multivalued: boolean;
  /** What is known of its value beyond its type. */
  readonly domain: Domain;
  /** Set where nobody chooses the value and nobody knows it. */
  readonly missing?: Missing;
}

/** The values that a variable can take when it exists. */
export interface Domain {
  /** Whether every request has the key. */
  readonly always: boolean;
  /** Whether an empty value can occur. */
  readonly mayBeEmpty: boolean;
  /** All possible values, where they are finitely many. */
  readonly values?: readonly Text[];
  /** Values that a multivalued key has in any case. */
  readonly required?: readonly Text[];
  /** A wildcard pattern that every value matches. */
  readonly pattern?: Text;
  /** Values within the pattern that it never has. */
  readonly isExcluded?: (value: Text) => boolean;
}

/** Atoms of equal identity are one atom. */
export function identityOf(atom: RequestAtom): string {
  switch (atom.kind) {
    case 'exists':
      return `exists ${atom.variable.name}`;
    case 'test':
      return `test ${atom.variable.name} ${comparisonText(atom.comparison)}`;
    case 'member':
      return `member ${atom.variable.name} ${atom.comparisons
        .map(({ comparison, wanted }) => `${wanted ? '+' : '-'}${comparisonText(comparison)}`)
        .sort()
        .join(' ')}`;
    case 'linked':
      return `linked ${atom.variable.name} ${operatorText(atom.operator)} ${atom.version} ${atom.text} ${atom.others
        .map(({ name }) => name)
        .join(' ')}`;
    case 'undecidable':
      return `undecidable ${atom.identity}`;
  }
}

function comparisonText({ operator, text }: Comparison): string {
  return `${operatorText(operator)} ${JSON.stringify(text)}`;
}

function operatorText({ family, comparison, like, negated, ignoreCase }: Operator): string {
  const flags = [like ? 'like' : '', negated ? 'not' : '', ignoreCase ? 'ignore-case' : ''];
  return [family, comparison, ...flags].join(':');
}

/** The variables that an atom speaks of. */
export function variablesOf(atom: RequestAtom): readonly Variable[] {
  switch (atom.kind) {
    case 'exists':
    case 'test':
    case 'member':
      return [atom.variable];
    case 'linked':
      return [atom.variable, ...atom.others];
    case 'undecidable':
      return [];
  }
}
