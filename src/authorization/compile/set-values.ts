import type { Text } from '../../source/index.js';
import type { Variable } from './atoms.js';
import { stringEquals } from './operators.js';
import { findText } from './single-values.js';
import type { Found, Wanted, WantedTest } from './single-values.js';

const impossible = { kind: 'impossible' } as const;

/** Values of a multivalued key that do all that is wanted; as few as possible. */
export function findSet(variable: Variable, { members }: Wanted): Found<readonly Text[]> {
  const required = variable.domain.required ?? [];
  const demanded: (readonly WantedTest[])[] = [
    ...required.map((text) => [{ comparison: { operator: stringEquals, text }, wanted: true }]),
    ...members.filter(({ wanted }) => wanted).map(({ comparisons }) => comparisons),
  ];
  const forbidden = members.filter(({ wanted }) => !wanted).map(({ comparisons }) => comparisons);
  const element = { ...variable, domain: { ...variable.domain, mayBeEmpty: false } };
  if (demanded.length === 0) {
    if (!variable.domain.always) return { kind: 'value', value: undefined };
    demanded.push([]);
  }
  const values: Text[] = [];
  for (const comparisons of demanded) {
    const found = findElement(element, comparisons, forbidden);
    if (found.kind !== 'value') return found;
    if (found.value !== undefined && !values.includes(found.value)) values.push(found.value);
  }
  return { kind: 'value', value: values };
}

// An element that passes all tests and, for each forbidden combination, fails at least one of it.
function findElement(
  variable: Variable,
  tests: readonly WantedTest[],
  forbidden: readonly (readonly WantedTest[])[],
): Found<Text> {
  const [first, ...rest] = forbidden;
  if (first === undefined) return findText(variable, tests);
  let limit: Found<Text> | undefined;
  for (const { comparison, wanted } of first) {
    const found = findElement(variable, [...tests, { comparison, wanted: !wanted }], rest);
    if (found.kind === 'value') return found;
    if (found.kind === 'unknown') limit = found;
  }
  return limit ?? impossible;
}
