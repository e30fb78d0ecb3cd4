import type { Interruption } from '../lint/index.js';
import { nowhere } from '../load/index.js';
import type { Diagnostic } from '../source/index.js';

/** That a run was ended before its end, and how far it came; an error, since what it says is not all. */
export function interruption(done: string): Diagnostic {
  return {
    code: 'interrupted',
    severity: 'error',
    message: `interrupted: ${done}, so that this is only what was known by then`,
    span: nowhere('.'),
  };
}

/** That a lint run was ended before its end. */
export function interruptedLint({ rules, unapplied, tried, findings }: Interruption): Diagnostic {
  const applied = rules - unapplied.length;
  return interruption(
    unapplied.length > 0
      ? `${applied} of ${rules} rules were applied`
      : `${tried} of ${findings} findings were tried`,
  );
}
