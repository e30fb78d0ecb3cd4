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
  /**
   * Asked between two units of work, with how much of it is done; `stop`: what was found so far is all that
   * is wanted. Absent: it goes on.
   */
  readonly pause?: Pause;
}

/** `what` is work that is done in units: `rules applied`, 3, 24. */
export type Pause = (what: string, done: number, total: number) => Promise<'go-on' | 'stop'>;

export interface LintResult {
  /** By file, place and rule. */
  readonly findings: readonly Finding[];
  /** What the engine showed not to be so. A rule that has any is wrong. */
  readonly refuted: readonly RefutedFinding[];
  readonly timings: readonly Timing[];
  /** Present where the run was ended early: what it left out. */
  readonly interrupted?: Interruption;
}

/** How far a run came that was ended early. */
export interface Interruption {
  /** The ids of the rules that were not applied. */
  readonly unapplied: readonly string[];
  readonly rules: number;
  readonly tried: number;
  readonly findings: number;
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
  const { pause = () => Promise.resolve('go-on' as const) } = settings;
  const looked: Looked[] = [];
  for (const rule of applied) {
    if ((await pause('rules applied', looked.length, applied.length)) === 'stop') break;
    looked.push(look(inventory, rule, settings));
  }
  const findings = looked.reduce((total, { wanted }) => total + wanted.size, 0);
  let tried = 0;
  let isStopped = looked.length < applied.length;
  const beforeTry = async (): Promise<'go-on' | 'stop'> => {
    isStopped ||= (await pause('findings tried', tried, findings)) === 'stop';
    if (!isStopped) tried += 1;
    return isStopped ? 'stop' : 'go-on';
  };
  const judged: Judged[] = [];
  for (const one of looked) {
    judged.push(await judge(one, settings, beforeTry));
  }
  const verdicts = judged.flatMap((one) => one.verdicts);
  return {
    findings: verdicts
      .flatMap(([one, verdict]) =>
        verdict === 'refuted' ? [] : [findingOf(one, verdict, settings)],
      )
      .sort(byPlace),
    refuted: verdicts.flatMap(([one, verdict]) => (verdict === 'refuted' ? [refutedOf(one)] : [])),
    timings: judged.map(({ timing }) => timing),
    ...(isStopped ? { interrupted: { ...unappliedOf(applied, looked), tried, findings } } : {}),
  };
}

function unappliedOf(
  applied: readonly AnyRule[],
  looked: readonly Looked[],
): Pick<Interruption, 'unapplied' | 'rules'> {
  const unapplied = applied.slice(looked.length).map(({ meta }) => meta.id);
  return { unapplied, rules: applied.length };
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

/** What a rule suspects, and what of it is to be tried. */
interface Looked {
  readonly rule: AnyRule;
  readonly suspected: readonly Detected[];
  readonly wanted: ReadonlySet<Detected>;
  readonly detectMs: number;
}

function look(inventory: Inventory, rule: AnyRule, settings: LintSettings): Looked {
  const { now = () => 0, known } = settings;
  const start = now();
  const suspected = detect(inventory, rule, settings);
  const wanted = suspected.filter(
    ({ fingerprint }) => settings.confirm === 'run' && known?.has(fingerprint) !== true,
  );
  return { rule, suspected, wanted: new Set(wanted), detectMs: now() - start };
}

interface Judged {
  readonly verdicts: readonly (readonly [Detected, Confirmation | 'refuted'])[];
  readonly timing: Timing;
}

async function judge(
  { rule, suspected, wanted: all, detectMs }: Looked,
  settings: LintSettings,
  beforeTry: () => Promise<'go-on' | 'stop'>,
): Promise<Judged> {
  const { now = () => 0 } = settings;
  const start = now();
  const verdicts: (readonly [Detected, Confirmation | 'refuted'])[] = [];
  for (const world of new Set(suspected.map((one) => one.world))) {
    const here = suspected.filter((one) => one.world === world);
    const wanted = here.filter((one) => all.has(one));
    const tried = await confirm(wanted, world, settings, beforeTry);
    const verdictOf = new Map(wanted.map((one, index) => [one, tried[index]]));
    verdicts.push(...here.map((one) => [one, verdictOf.get(one) ?? notRequested] as const));
  }
  return {
    verdicts,
    timing: { ruleId: rule.meta.id, detectMs, confirmMs: now() - start },
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
