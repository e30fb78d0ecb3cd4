import type { Formula } from '../../logic/index.js';
import { matchesWildcard } from '../../policy/index.js';
import { hasHole, holesOf, hole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { Comparison, RequestAtom, Variable } from './atoms.js';
import { exists } from './compiling.js';
import type { Compiling } from './compiling.js';

/**
 * One of the policy's values, compared with a key whose values name the Region of the request. Where
 * that Region is known only at deployment, whether it is the one that the value names is a fact that
 * nobody can decide; apart from that, the comparison is with the Region that it will be.
 */
export function compareInRegion(
  at: Compiling,
  variable: Variable,
  comparison: Comparison,
): Formula<RequestAtom> {
  const { formulas } = at;
  const { pattern } = variable.domain;
  if (pattern === undefined || !hasHole(pattern)) {
    return formulas.atom({ kind: 'test', variable, comparison });
  }
  const unknown = holesOf(pattern)
    .map(({ unit, expression }) => hole(unit, expression))
    .join('');
  const named = regionNamedIn(comparison);
  if (named?.region === '*' || isOfEveryRegion(comparison, unknown)) {
    return formulas.atom({ kind: 'test', variable, comparison });
  }
  if (named === undefined) {
    return formulas.all([exists(formulas, variable), isRegion(at, unknown, comparison.text)]);
  }
  const text = `${named.before}${unknown}${named.after}`;
  return formulas.all([
    formulas.atom({ kind: 'test', variable, comparison: { ...comparison, text } }),
    isRegion(at, unknown, named.region),
  ]);
}

interface Named {
  readonly before: Text;
  readonly region: Text;
  readonly after: Text;
}

/** What stands for the Region, as in `s3.us-east-1.amazonaws.com`. */
function regionNamedIn({ text }: Comparison): Named | undefined {
  const found = /^(?<before>[^.]*(?:\.[^.]*)*\.)(?<region>[^.]+)(?<after>\.amazonaws\.com)$/.exec(
    text,
  );
  const { before, region, after } = found?.groups ?? {};
  return before === undefined || region === undefined || after === undefined
    ? undefined
    : { before, region, after };
}

/** Whether a service that matches does so whatever the Region turns out to be. */
function isOfEveryRegion({ operator, text }: Comparison, unknown: Text): boolean {
  if (!operator.like) return false;
  const service = /^[^.*]*/.exec(text)?.[0].replaceAll('?', 'x') ?? '';
  const letterCase = operator.ignoreCase ? 'ignore-case' : 'exact';
  const called = `${service === '' ? 'x' : service}.${unknown}.amazonaws.com`;
  return matchesWildcard(text, called, letterCase) === true;
}

function isRegion(at: Compiling, unknown: Text, region: Text): Formula<RequestAtom> {
  return at.formulas.atom({
    kind: 'undecidable',
    identity: `${unknown} is Region ${region}`,
    missing: {
      layer: 'attribute',
      of: at.question.key?.arn ?? unknown,
      detail: 'the Region of the key',
    },
  });
}
