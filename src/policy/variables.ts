import { hasHole, type Text } from '../source/index.js';
import { splitArn } from './arn.js';
import type { PolicyDocument } from './document.js';
import { escapeWildcards, maskHoles } from './pattern.js';

/** A value of a policy after its variables were replaced. */
export type PolicyValue =
  /** A pattern; what came out of a variable, or was written as `${*}`, matches only itself. */
  | { readonly kind: 'value'; readonly text: Text }
  /** A variable had no value and no default. */
  | { readonly kind: 'no-value' }
  /** The value of a variable is not known. */
  | { readonly kind: 'unknown' };

/** What a request says of a key: one value, several, none, or that it is not known. */
export type VariableLookup = (
  key: string,
) => Text | readonly Text[] | undefined | { readonly unknown: unknown };

/**
 * Replaces the policy variables of a value. Under the version of 2008 there are none, and `${…}` is
 * plain text. A key with several values, or with an empty one, counts as one without a value.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expandVariables(
  text: Text,
  version: PolicyDocument['version'],
  lookup: VariableLookup,
): PolicyValue {
  // SOURCE: facts evaluation 2.4
  if (version === '2008-10-17' || !text.includes('${')) return { kind: 'value', text };
  let expanded = '';
  let at = 0;
  let isUnknown = false;
  for (const found of variablesIn(text)) {
    expanded += text.slice(at, found.start);
    at = found.end;
    const value = valueOf(found.variable, lookup);
    if (value.kind === 'no-value') return value;
    if (value.kind === 'unknown') isUnknown = true;
    else expanded += value.text;
  }
  if (isUnknown) return { kind: 'unknown' };
  return { kind: 'value', text: expanded + text.slice(at) };
}

/**
 * As {@link expandVariables}, for an entry of `Resource` or `NotResource`: there, variables stand only
 * after the fifth colon, and are plain text before it.
 */
export function expandResource(
  text: Text,
  version: PolicyDocument['version'],
  lookup: VariableLookup,
): PolicyValue {
  const parts = splitArn(text);
  if (parts.length < 6) return { kind: 'value', text };
  const resource = parts[5] ?? '';
  const expanded = expandVariables(resource, version, lookup);
  if (expanded.kind !== 'value') return expanded;
  // SOURCE: facts evaluation 4.6
  return { kind: 'value', text: text.slice(0, text.length - resource.length) + expanded.text };
}

/** The condition keys that a value refers to as `${key}`, as written. */
export function variablesOf(text: Text): readonly string[] {
  return variablesIn(text).flatMap(({ variable }) =>
    variable.kind === 'key' ? [variable.key] : [],
  );
}

type Variable =
  | { readonly kind: 'key'; readonly key: Text; readonly fallback?: Text }
  /** `${*}`, `${?}` or `${$}`. */
  | { readonly kind: 'character'; readonly character: string };

interface Found {
  readonly variable: Variable;
  readonly start: number;
  readonly end: number;
}

const VARIABLE = /\$\{([^}']*'[^']*'\s*|[^}]*)\}/g;
const WITH_DEFAULT = /^(.*?)\s*,\s*'(.*)'\s*$/s;

function variablesIn(text: Text): readonly Found[] {
  const masked = maskHoles(text);
  return [...masked.matchAll(VARIABLE)].map((match) => {
    const start = match.index;
    const end = start + match[0].length;
    return { variable: parseVariable(text.slice(start + 2, end - 1)), start, end };
  });
}

function parseVariable(inside: Text): Variable {
  if (inside === '*' || inside === '?' || inside === '$') {
    return { kind: 'character', character: inside };
  }
  const [, key, fallback] = WITH_DEFAULT.exec(inside) ?? [];
  if (key === undefined || fallback === undefined) return { kind: 'key', key: inside };
  return { kind: 'key', key, fallback };
}

function valueOf(variable: Variable, lookup: VariableLookup): PolicyValue {
  if (variable.kind === 'character') {
    return { kind: 'value', text: escapeWildcards(variable.character) };
  }
  if (hasHole(variable.key)) return { kind: 'unknown' };
  const value = lookup(variable.key);
  // SOURCE: facts evaluation 5.1, 5.2: several values, or an empty one, are no value
  if (typeof value === 'string' && value !== '') {
    return { kind: 'value', text: escapeWildcards(value) };
  }
  if (typeof value === 'object' && 'unknown' in value) return { kind: 'unknown' };
  if (variable.fallback === undefined) return { kind: 'no-value' };
  return { kind: 'value', text: escapeWildcards(variable.fallback) };
}
