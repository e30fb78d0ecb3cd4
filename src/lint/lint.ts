import type { Inventory } from '../inventory/index.js';
import { byPlace } from './by-place.js';
import { confirm, type ConfirmSettings } from './confirm.js';
import { detect, settingAt, type Detected, type DetectSettings } from './detect.js';
import type { Confirmation, Finding } from './finding.js';
import type { AnyRule } from './rule.js';
import { severityOf } from './severity.js';

export interface LintSettings extends DetectSettings, ConfirmSettings {
  /** The ids of the rules to apply; absent: all that were given. */
  readonly rules?: readonly string[];
  /** `skip`: nothing is tried, and every finding is unsimulated. */
  readonly confirm: 'run' | 'skip';
  /** The fingerprints of findings that are not tried, since nobody asks for their proof. */
  readonly known?: ReadonlySet<string>;
  /** In milliseconds, from any start; absent: no times are taken. */
  readonly now?: () => number;
}

export interface LintResult {
  /** By file, place and rule. */
  readonly findings: readonly Finding[];
  /** What the engine showed not to be so. A rule that has any is wrong. */
  readonly refuted: readonly RefutedFinding[];
  readonly timings: readonly Timing[];
}

export interface RefutedFinding {
  readonly ruleId: string;
  readonly message: string;
  readonly fingerprint: string;
}

/** How long a rule took. */
export interface Timing {
  readonly ruleId: string;
  readonly detectMs: number;
  readonly confirmMs: number;
}

/**
 * Applies rules to an inventory and tries what they suspect on engines built from it. What the engine
 * refutes is no finding.
 */
export async function lint(
  inventory: Inventory,
  rules: readonly AnyRule[],
  settings: LintSettings,
): Promise<LintResult> {
  const applied = rules.filter(({ meta }) => settings.rules?.includes(meta.id) ?? true);
  const judged: Judged[] = [];
  for (const rule of applied) judged.push(await judge(inventory, rule, settings));
  const verdicts = judged.flatMap((one) => one.verdicts);
  return {
    findings: verdicts
      .flatMap(([one, verdict]) =>
        verdict === 'refuted' ? [] : [findingOf(one, verdict, settings)],
      )
      .sort(byPlace),
    refuted: verdicts.flatMap(([one, verdict]) => (verdict === 'refuted' ? [refutedOf(one)] : [])),
    timings: judged.map(({ timing }) => timing),
  };
}

/** What a rule finds in an inventory, by file and place, with nothing tried: every finding is unsimulated. */
export function findUntried(
  inventory: Inventory,
  rule: AnyRule,
  settings: DetectSettings,
): readonly Finding[] {
  return detect(inventory, rule, settings)
    .map((one) => findingOf(one, notRequested, settings))
    .sort(byPlace);
}

interface Judged {
  readonly verdicts: readonly (readonly [Detected, Confirmation | 'refuted'])[];
  readonly timing: Timing;
}

async function judge(inventory: Inventory, rule: AnyRule, settings: LintSettings): Promise<Judged> {
  const { now = () => 0 } = settings;
  const start = now();
  const suspected = detect(inventory, rule, settings);
  const middle = now();
  const verdicts: (readonly [Detected, Confirmation | 'refuted'])[] = [];
  for (const world of new Set(suspected.map((one) => one.world))) {
    const here = suspected.filter((one) => one.world === world);
    const wanted = here.filter(
      ({ fingerprint }) => settings.confirm === 'run' && settings.known?.has(fingerprint) !== true,
    );
    const tried = await confirm(wanted, world, settings);
    const verdictOf = new Map(wanted.map((one, index) => [one, tried[index]]));
    verdicts.push(...here.map((one) => [one, verdictOf.get(one) ?? notRequested] as const));
  }
  return {
    verdicts,
    timing: { ruleId: rule.meta.id, detectMs: middle - start, confirmMs: now() - middle },
  };
}

const notRequested: Confirmation = { kind: 'unsimulated', reason: 'not requested' };

function findingOf(
  detected: Detected,
  confirmation: Confirmation,
  settings: DetectSettings,
): Finding {
  const { rule, suspicion, fingerprint } = detected;
  const { message, why, fix, span, related = [] } = suspicion;
  const { severity: level } = settingAt(rule, span.source.path, settings);
  return {
    ruleId: rule.meta.id,
    severity: severityOf(level === 'off' ? rule.meta.severity : level, suspicion, confirmation),
    message,
    why,
    fix,
    span,
    related,
    fingerprint,
    confirmation,
  };
}

function refutedOf({ rule, suspicion, fingerprint }: Detected): RefutedFinding {
  return { ruleId: rule.meta.id, message: suspicion.message, fingerprint };
}
