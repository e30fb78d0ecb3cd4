import type { Formula } from '../../logic/index.js';
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
  if (named === undefined) {
    return leavesOpen(comparison)
      ? formulas.atom({ kind: 'test', variable, comparison })
      : formulas.all([exists(formulas, variable), isRegion(at, unknown, comparison.text)]);
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

/** The Region in `s3.us-east-1.amazonaws.com`; none where a wildcard stands for all Regions. */
function regionNamedIn({ text }: Comparison): Named | undefined {
  const found = /^(?<before>[^.]*(?:\.[^.]*)*\.)(?<region>[^.]+)(?<after>\.amazonaws\.com)$/.exec(
    text,
  );
  const { before = '', region = '*', after = '' } = found?.groups ?? {};
  return region === '*' ? undefined : { before, region, after };
}

/** Whether a value says the same of every Region. */
function leavesOpen({ operator, text }: Comparison): boolean {
  return (
    operator.like &&
    (/^[^.]*\*$/.test(text) || /\.\*\.amazonaws\.com$/.test(text) || /^[^.]*\.\*$/.test(text))
  );
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
