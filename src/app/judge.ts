import { rules } from '../../rules/index.js';
import { matchesIn, ruleAt, type Config } from '../config/index.js';
import type { Host } from '../host/index.js';
import {
  lint,
  ownRules,
  suppress,
  type Expectations,
  type LintResult,
  type LintSettings,
  type RuleMeta,
  type RuleSetting,
} from '../lint/index.js';
import type { Diagnostic } from '../source/index.js';
import type { Estate } from './estate.js';
import { expectationsOf } from './expectations.js';

export interface JudgeInput {
  /** The ids of the rules to apply; those that the configuration chooses where empty. */
  readonly rules: readonly string[];
  readonly confirmation: { readonly runs: number; readonly seed: number } | 'not-requested';
  /** `part`: there are files that were not read, and what excepts none of those that were may be about them. */
  readonly extent: 'everything' | 'part';
  /** The fingerprints of findings that need not be tried, as they were found before. */
  readonly known?: ReadonlySet<string>;
  /** Absent: what the estate and its configuration say. */
  readonly expectations?: Expectations;
  /**
   * Whether whoever interrupts the run gets what it knows by then, or only while findings are tried, all of
   * which are then known. Absent: they end the process.
   */
  readonly interruptions?: 'heeded' | 'heeded-while-trying';
}

export interface Judgement extends LintResult {
  /** Whether what there is of a rule in a file would have been found. */
  looksFor(ruleId: string, path: string): boolean;
}

/** What is wrong with an estate by its configuration, with what is suppressed marked so. */
export async function judge(estate: Estate, input: JudgeInput, host: Host): Promise<Judgement> {
  const { inventory, config, diagnostics, loaded } = estate;
  const settingAt = (rule: RuleMeta, path: string): RuleSetting =>
    askedFor(rule, path, config, input.rules);
  const result = await lint(inventory, rules, {
    expectations: input.expectations ?? expectationsOf(inventory, config),
    ruleAt: settingAt,
    ...(input.rules.length > 0 ? { rules: input.rules } : {}),
    ...(input.confirmation === 'not-requested'
      ? { confirm: 'skip', runs: 0, seed: 0 }
      : { confirm: 'run', ...input.confirmation }),
    ...(input.known === undefined ? {} : { known: input.known }),
    ...(host.memo === undefined || estate.madeOf === undefined
      ? {}
      : { remembered: { memo: host.memo, madeOf: estate.madeOf } }),
    now: () => host.elapsedMs(),
    pause: pauseOf(input, host),
  });
  const unapplied = result.interrupted?.unapplied ?? [];
  const looks = looker(input.rules, diagnostics, settingAt);
  const looksFor: Judgement['looksFor'] = (ruleId, path) =>
    !unapplied.includes(ruleId) && looks(ruleId, path);
  const findings = suppress(result.findings, {
    directives: inventory.directives,
    configured: config.suppressions.map((one) => ({
      ...one,
      concerns: (path) => matchesIn(config, path, one.files),
    })),
    rules: rules.map(({ meta }) => meta.id),
    files: loaded,
    extent: input.extent,
    looksFor,
    severityOf: (rule, path) =>
      isAsked(rule.id, input.rules) ? settingAt(rule, path).severity : 'off',
    today: new Date(host.now()).toISOString().slice(0, 'YYYY-MM-DD'.length),
  });
  return { ...result, findings, looksFor };
}

function pauseOf(
  { interruptions }: JudgeInput,
  { progress }: Host,
): NonNullable<LintSettings['pause']> {
  return (what, done, total) => {
    const isHeeded =
      interruptions === 'heeded' ||
      (interruptions === 'heeded-while-trying' && what === 'findings tried');
    if (isHeeded) return progress.pause(what, done, total);
    progress.note(what, done, total);
    return Promise.resolve('go-on');
  };
}

/** Every rule that there is, lint's own included. */
export const allRules: readonly RuleMeta[] = [...rules.map(({ meta }) => meta), ...ownRules];

function isAsked(id: string, asked: readonly string[]): boolean {
  return asked.length === 0 || asked.includes(id);
}

/** A rule that is asked for by name applies, though the configuration leaves it off; not where it excepts files. */
function askedFor(
  rule: RuleMeta,
  path: string,
  config: Config,
  asked: readonly string[],
): RuleSetting {
  const setting = ruleAt(config, rule, path);
  if (setting.severity !== 'off' || !asked.includes(rule.id)) return setting;
  return ruleAt(config, rule).severity === 'off'
    ? { ...setting, severity: rule.severity }
    : setting;
}

/** Whether a run finds what there is of a rule in a file: it applies the rule, and could read the file. */
function looker(
  asked: readonly string[],
  diagnostics: readonly Diagnostic[],
  settingAt: (rule: RuleMeta, path: string) => RuleSetting,
): (ruleId: string, path: string) => boolean {
  const unread = new Set(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ span }) => span.source.path),
  );
  return (ruleId, path) => {
    const rule = allRules.find(({ id }) => id === ruleId);
    if (rule === undefined || !isAsked(ruleId, asked) || unread.has(path)) return false;
    return settingAt(rule, path).severity !== 'off';
  };
}
