import { rules } from '../../rules/index.js';
import type { Host } from '../host/index.js';
import { lint as lintInventory } from '../lint/index.js';
import type { LintReport } from '../report/index.js';
import type { Severity } from '../source/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import { expectationsOf } from './expectations.js';
import { mistake, type Mistake } from './mistake.js';
import { didYouMean } from './nearest.js';

export interface LintInput {
  readonly estate: EstateInput;
  /** The ids of the rules to apply; all where empty. */
  readonly rules: readonly string[];
  readonly confirmation: { readonly runs: number; readonly seed: number } | 'not-requested';
  /** The severities of the findings to report. */
  readonly severities: readonly Severity[];
}

/** Finds what is wrong with an estate, and tries each finding on the engine. */
export async function lint(input: LintInput, host: Host): Promise<LintReport | Mistake> {
  const start = host.elapsedMs();
  const ids = rules.map(({ meta }) => meta.id);
  const unknown = input.rules.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, ids) ?? '`keyproof rules` lists them';
    return mistake(`there is no rule \`${unknown}\``, hint);
  }
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const loadMs = host.elapsedMs() - start;
  const { inventory } = estate;
  const { findings, refuted, timings } = await lintInventory(inventory, rules, {
    expectations: expectationsOf(inventory, estate.config.settings),
    options: {},
    ...(input.rules.length > 0 ? { rules: input.rules } : {}),
    ...(input.confirmation === 'not-requested'
      ? { confirm: 'skip', runs: 0, seed: 0 }
      : { confirm: 'run', ...input.confirmation }),
    now: () => host.elapsedMs(),
  });
  return {
    kind: 'lint',
    findings: findings.filter(({ severity }) => input.severities.includes(severity)),
    diagnostics: estate.diagnostics.filter(({ severity }) => input.severities.includes(severity)),
    summary: {
      files: estate.loaded.length,
      skipped: estate.skipped,
      keys: inventory.keys.length,
      principals: inventory.principals.length,
      refuted: refuted.length,
      durationMs: host.elapsedMs() - start,
    },
    loaded: estate.loaded,
    timings: { loadMs, rules: timings },
  };
}
