import type { Inventory } from '../../inventory/index.js';
import { atomsOf } from '../../logic/index.js';
import type { Formula, Formulas } from '../../logic/index.js';
import type { Operator } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import { variablesOf } from './atoms.js';
import type { RequestAtom, Variable } from './atoms.js';
import { anyNameOf, isNamed, unlistedArn } from './caller-keys.js';
import { stringEquals, stringLike } from './operators.js';
import type { PartialRequest } from './question.js';
import { possibleSessions } from './session-tags.js';
import { findText } from './single-values.js';

/**
 * What holds of every caller that a question stands for, as far as the formula looks at it: which tags a
 * session has together, and that an ARN is one that such a caller can have.
 */
export function possibleCallers(
  formulas: Formulas<RequestAtom>,
  inventory: Inventory,
  request: PartialRequest,
  formula: Formula<RequestAtom>,
): Formula<RequestAtom> {
  return request.unlisted === undefined
    ? possibleSessions(formulas, inventory, request, formula)
    : possibleNames(formulas, request, formula);
}

/** Whether one of those whom nobody lists can have the ARN that is asked for. */
export function areThereUnlisted({ caller, unlisted }: PartialRequest): boolean {
  if (unlisted?.like === undefined) return true;
  const text = unlisted.like;
  if (!isNamed(caller)) return false;
  const { variable } = unlistedArn(caller, unlisted, arnKey);
  const comparison = { operator: stringLike, text };
  return findText(variable, [{ comparison, wanted: true }]).kind !== 'impossible';
}

const arnKey = 'aws:PrincipalArn';

function possibleNames(
  formulas: Formulas<RequestAtom>,
  { caller, unlisted }: PartialRequest,
  formula: Formula<RequestAtom>,
): Formula<RequestAtom> {
  if (unlisted === undefined || !isNamed(caller)) return formulas.always;
  const { variable } = unlistedArn(caller, unlisted, arnKey);
  const seen = new Map(
    [...atomsOf(formula).values()].flatMap(variablesOf).map((one) => [one.name, one]),
  );
  const name = seen.get('aws:username');
  const { like } = unlisted;
  return formulas.all([
    ...(like === undefined ? [] : [isLike(formulas, variable, like)]),
    ...(name === undefined || !seen.has(variable.name)
      ? []
      : [endsIn(formulas, variable, anyNameOf(caller), name)]),
  ]);
}

function isLike(
  formulas: Formulas<RequestAtom>,
  variable: Variable,
  text: Text,
): Formula<RequestAtom> {
  return formulas.atom({
    kind: 'test',
    variable,
    comparison: { operator: stringLike, text },
  });
}

// The name is the last part of the ARN, with or without a path before it.
function endsIn(
  formulas: Formulas<RequestAtom>,
  variable: Variable,
  pattern: Text,
  name: Variable,
): Formula<RequestAtom> {
  const start = pattern.replace(/\?\*$/, '');
  const link = (operator: Operator, text: Text) =>
    formulas.atom({ kind: 'linked', variable, operator, text, version, others: [name] });
  return formulas.any([
    link(stringEquals, `${start}\${${name.spelling}}`),
    link(stringLike, `${start}?*/\${${name.spelling}}`),
  ]);
}

const version = '2012-10-17';
