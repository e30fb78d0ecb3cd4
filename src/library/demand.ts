import type { Mistake } from '../app/index.js';

/**
 * What a function was asked for. Where the asking was at fault, it throws an `Error` with the sentence that
 * the command line would print; its `cause` has the `message`, the `hint` and the `diagnostics` apart.
 */
export function demand<Result extends object>(result: Result | Mistake): Result {
  if (!isMistake(result)) return result;
  const { message, hint } = result;
  throw new Error(hint === undefined ? message : `${message}: ${hint}`, { cause: result });
}

function isMistake(result: object): result is Mistake {
  return 'kind' in result && result.kind === 'mistake';
}
