import { nearestName } from '../../policy/index.js';
import type { Exception } from './exception.js';
import type { OwnRuleId } from './own-rules.js';

/** Why an exception has no effect. */
export interface Fault {
  readonly ruleId: OwnRuleId;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

/** What keeps an exception from having its effect; `undefined`: nothing. */
export function findFault(
  exception: Exception,
  { rules, today }: { readonly rules: readonly string[]; readonly today: string },
): Fault | undefined {
  const { malformed, until, reason, by } = exception;
  if (malformed !== undefined) {
    return unknown(`this directive has no effect: ${malformed}`, 'correct it, or take it out');
  }
  const stranger = exception.rules.find((rule) => !rules.includes(rule));
  if (stranger !== undefined) {
    const nearest = nearestName(stranger, rules);
    return unknown(
      `this suppression has no effect: there is no rule \`${stranger}\``,
      nearest === undefined ? '`keyproof rules` lists the rules' : `did you mean \`${nearest}\`?`,
    );
  }
  if (until !== undefined && !isDate(until)) {
    return unknown(
      `this suppression has no effect: \`${until}\` is no date`,
      'write the last day on which it holds as YYYY-MM-DD',
    );
  }
  const what = exception.rules.map((rule) => `\`${rule}\``).join(', ');
  if (reason === undefined || reason.trim() === '') {
    return {
      ruleId: 'suppression-without-reason',
      message: `the suppression of ${what} gives no reason, and has no effect`,
      why: 'whoever reads it later cannot tell whether it still holds',
      fix:
        by === 'config'
          ? 'give its `reason`'
          : 'write the reason behind the rules, after `--`, or as `reason` in metadata',
    };
  }
  if (until === undefined || until >= today) return undefined;
  return {
    ruleId: 'suppression-expired',
    message: `the suppression of ${what} ended on ${until}, and has no effect any more`,
    why: 'it was given a last day, which is past',
    fix: 'repair what it covers, or set a later date',
  };
}

/** That an exception suppresses nothing of one of its rules. */
export function unusedFault(rule: string): Fault {
  return {
    ruleId: 'unused-suppression',
    message: `there is nothing of \`${rule}\` here to suppress`,
    why: 'an exception that outlives its cause hides the next finding of its kind',
    fix: 'take it out',
  };
}

function unknown(message: string, fix: string): Fault {
  const why = 'whoever wrote it believes that what it is about is accepted';
  return { ruleId: 'unknown-directive', message, why, fix };
}

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
