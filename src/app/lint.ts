import type { Host } from '../host/index.js';
import type { LintReport } from '../report/index.js';
import type { Severity } from '../source/index.js';
import { useBaseline, type BaselineInput } from './baseline.js';
import { loadEstate, type Estate, type EstateInput } from './estate.js';
import { interruptedLint } from './interruption.js';
import { allRules, judge } from './judge.js';
import { mistake, type Mistake } from './mistake.js';
import { didYouMean } from './nearest.js';

export interface LintInput extends LintWishes {
  readonly estate: EstateInput;
}

/** How an estate is linted. */
export interface LintWishes {
  /** The ids of the rules to apply; those that the configuration chooses where empty. */
  readonly rules: readonly string[];
  readonly confirmation: { readonly runs: number; readonly seed: number } | 'not-requested';
  /** The severities of the findings to report. */
  readonly severities: readonly Severity[];
  /** The least severity that fails the run; absent: what the configuration says, or `error`. */
  readonly failOn?: Severity | 'none' | undefined;
  /** Absent: none is looked for. */
  readonly baseline?: BaselineInput | undefined;
}

/** Finds what is wrong with an estate, and tries each finding on the engine. */
export async function lint(input: LintInput, host: Host): Promise<LintReport | Mistake> {
  const startMs = host.elapsedMs();
  // A rule that is asked for in vain is said before anything is read.
  const unknown = unknownRule(input.rules);
  if (unknown !== undefined) return unknown;
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  return lintEstate(estate, { ...input, extent: extentOf(input.estate, estate), startMs }, host);
}

export interface LintEstateInput extends LintWishes {
  /** `part`: there are files that were not read, and what excepts none of those that were may be about them. */
  readonly extent: 'everything' | 'part';
  /** When loading began, as `elapsedMs` of the host. */
  readonly startMs: number;
}

/** Finds what is wrong with an estate that was loaded. */
export async function lintEstate(
  estate: Estate,
  input: LintEstateInput,
  host: Host,
): Promise<LintReport | Mistake> {
  const unknown = unknownRule(input.rules);
  if (unknown !== undefined) return unknown;
  const { extent, startMs } = input;
  const loadMs = host.elapsedMs() - startMs;
  const { inventory, config, loaded } = estate;
  const { findings, refuted, timings, looksFor, interrupted } = await judge(
    estate,
    { rules: input.rules, confirmation: input.confirmation, extent, interruptions: 'heeded' },
    host,
  );
  const diagnostics =
    interrupted === undefined
      ? estate.diagnostics
      : [...estate.diagnostics, interruptedLint(interrupted)];
  const counted = await useBaseline(
    input.baseline,
    { findings, diagnostics, loaded, extent, looksFor },
    config,
    host,
  );
  if ('kind' in counted) return counted;
  return {
    kind: 'lint',
    findings: counted.findings.filter(({ severity }) => input.severities.includes(severity)),
    diagnostics: counted.diagnostics.filter(({ severity }) => input.severities.includes(severity)),
    summary: {
      files: loaded.length,
      skipped: estate.skipped,
      keys: inventory.keys.length,
      principals: inventory.principals.length,
      refuted: refuted.length,
      durationMs: host.elapsedMs() - startMs,
    },
    loaded,
    timings: { loadMs, rules: timings },
    failOn: input.failOn ?? config.settings.failOn ?? 'error',
  };
}

function unknownRule(asked: readonly string[]): Mistake | undefined {
  const ids = allRules.map(({ id }) => id);
  const unknown = asked.find((id) => !ids.includes(id));
  if (unknown === undefined) return undefined;
  const hint = didYouMean(unknown, ids) ?? '`keyproof rules` lists them';
  return mistake(`there is no rule \`${unknown}\``, hint);
}

/** Only a run that names no paths, from where the configuration is, reads all that there is. */
function extentOf({ paths }: EstateInput, { config }: Estate): 'everything' | 'part' {
  return paths.length === 0 && config.folder === config.workingDirectory ? 'everything' : 'part';
}
