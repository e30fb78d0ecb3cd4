import { isComplete } from '../../inventory/index.js';
import type { Formula } from '../../logic/index.js';
import type { RequestAtom } from './atoms.js';
import type { Compiling } from './compiling.js';
import type { Question } from './question.js';

/** Whether the caller would be listed if there were such a principal. */
export function isGone({ inventory, request: { caller } }: Question): boolean {
  return 'account' in caller && isComplete(inventory, caller.account, 'principals');
}

/** The formula where nothing may be assumed; never, where what was not supplied counts as absent. */
export function unlessAssumed(
  { formulas, question }: Compiling,
  formula: Formula<RequestAtom>,
): Formula<RequestAtom> {
  return question.request.assume === 'nothing' ? formula : formulas.never;
}
