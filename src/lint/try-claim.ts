import { createEngine, seededPorts, type Exchange } from '../engine/index.js';
import type { Grounding, Inventory, Missing } from '../inventory/index.js';
import type { Confirmation } from './finding.js';
import { checkAgreement, rulingOf } from './proof.js';
import type { AnyRule, Attempt, Attempts, FastCheck, Scenario } from './rule.js';

export interface TrySettings {
  /** How many attempts are generated where not all can be listed. */
  readonly runs: number;
  readonly seed: number;
  readonly fastCheck: FastCheck;
}

/**
 * Tries a claim on engines built from each grounding, and asks the formulas of the policies where they can
 * settle it. It is confirmed only if it holds in all of them, proved only if it is in all of them, and
 * refuted only if it fails in all of them.
 */
export function tryClaim(
  rule: AnyRule,
  claim: unknown,
  worlds: readonly Grounding[],
  settings: TrySettings,
): Confirmation | 'refuted' {
  const verdicts = worlds.map(({ inventory, fill }) =>
    tryIn(rule, fill(claim), inventory, settings),
  );
  const [first, ...others] = verdicts;
  if (first === undefined) return { kind: 'unsimulated', reason: 'there is nothing to try it on' };
  const isSettled = others.every((other) => kindOf(other) === kindOf(first));
  if (isSettled) return verdicts.find(isNotProved) ?? first;
  const unsimulated = verdicts.find((verdict) => kindOf(verdict) === 'unsimulated');
  return unsimulated ?? { kind: 'unconfirmed', reason: itDepends, ...runOf(settings) };
}

const itDepends =
  'it holds or not as values turn out that are known only at deployment, such as account ids';

function kindOf(verdict: Confirmation | 'refuted'): string {
  return verdict === 'refuted' ? verdict : verdict.kind;
}

function isNotProved(verdict: Confirmation | 'refuted'): boolean {
  return verdict !== 'refuted' && verdict.kind === 'confirmed' && !verdict.proved;
}

function runOf({ runs, seed }: TrySettings): { readonly runs: number; readonly seed: number } {
  return { runs, seed };
}

function tryIn(
  rule: AnyRule,
  claim: unknown,
  inventory: Inventory,
  settings: TrySettings,
): Confirmation | 'refuted' {
  const scenario = rule.scenario(claim, inventory, settings.fastCheck);
  if ('unsimulated' in scenario) return { kind: 'unsimulated', reason: scenario.unsimulated };
  const stage = scenario.stage ?? inventory;
  const trial = createTrial(scenario, stage, settings);
  return scenario.claims === 'can'
    ? tryCan(scenario, stage, trial, settings)
    : tryCannot(scenario, stage, trial, settings);
}

/** Runs attempts, and keeps count and what was missing to decide them. */
interface Trial {
  /** Runs an attempt once more, which does not count. */
  replay(attempt: Attempt): readonly Exchange[];
  run(attempt: Attempt): { readonly exchanges: readonly Exchange[]; readonly succeeded: boolean };
  count(): number;
  /** What it was that nobody could decide, of all attempts so far. */
  missing(): Missing | undefined;
}

function createTrial(scenario: Scenario, stage: Inventory, { seed }: TrySettings): Trial {
  let count = 0;
  let missing: Missing | undefined;
  return {
    replay: (attempt) => play(attempt, stage, seed),
    run: (attempt) => {
      count += 1;
      const exchanges = play(attempt, stage, seed);
      const succeeded = scenario.succeeded(exchanges);
      if (!succeeded) missing ??= missingIn(exchanges);
      return { exchanges, succeeded };
    },
    count: () => count,
    missing: () => missing,
  };
}

function play(attempt: Attempt, stage: Inventory, seed: number): readonly Exchange[] {
  const engine = createEngine(stage, seededPorts(seed));
  const exchanges: Exchange[] = [];
  for (const step of attempt) {
    const call = typeof step === 'function' ? step(exchanges) : step;
    if (call === undefined) break;
    exchanges.push(engine.call(call));
  }
  return exchanges;
}

/** The engine refuses what it cannot decide, which shows nothing about the policies. */
function missingIn(exchanges: readonly Exchange[]): Missing | undefined {
  const questions = exchanges.flatMap(({ authorizations }) => authorizations);
  return questions.find(({ authorization }) => authorization.decision === 'Unknown')?.authorization
    .missing[0];
}

function tryCan(
  { attempts, proof }: Scenario,
  stage: Inventory,
  trial: Trial,
  settings: TrySettings,
): Confirmation | 'refuted' {
  const ruling = rulingOf(proof, stage);
  const found =
    ruling.kind === 'never'
      ? successOf(trial.run(firstOf(attempts)))
      : findSuccess(attempts, trial, settings);
  if (found !== undefined) checkAgreement(proof, stage, found);
  // Whatever succeeded was a request that nobody can make.
  if (ruling.kind === 'never') return 'refuted';
  const run = { runs: trial.count(), seed: settings.seed };
  if (found !== undefined) {
    const shown = ruling.kind === 'some' ? { proved: true, whom: ruling.whom } : { proved: false };
    return { kind: 'confirmed', claims: 'can', ...shown, witness: found, ...run };
  }
  const reason = reasonOf(trial);
  if (reason !== undefined) return { kind: 'unconfirmed', reason, ...run };
  if (attempts.kind === 'all') return 'refuted';
  return { kind: 'unconfirmed', reason: 'no attempt showed it', ...run };
}

function tryCannot(
  { attempts, proof }: Scenario,
  stage: Inventory,
  trial: Trial,
  settings: TrySettings,
): Confirmation | 'refuted' {
  const ruling = rulingOf(proof, stage);
  if (ruling.kind === 'some') return 'refuted';
  if (ruling.kind === 'never') {
    const { exchanges, succeeded } = trial.run(firstOf(attempts));
    if (succeeded) checkAgreement(proof, stage, exchanges);
    if (succeeded) return 'refuted';
    const run = { runs: trial.count(), seed: settings.seed };
    const { whom } = ruling;
    return { kind: 'confirmed', claims: 'cannot', proved: true, whom, witness: exchanges, ...run };
  }
  const exchanges = trial.replay(firstOf(attempts));
  const found = findSuccess(attempts, trial, settings);
  if (found !== undefined) return 'refuted';
  const run = { runs: trial.count(), seed: settings.seed };
  const reason = reasonOf(trial);
  if (reason !== undefined) return { kind: 'unconfirmed', reason, ...run };
  const proved = attempts.kind === 'all';
  return { kind: 'confirmed', claims: 'cannot', proved, witness: exchanges, ...run };
}

function successOf({ exchanges, succeeded }: ReturnType<Trial['run']>): Success {
  return succeeded ? exchanges : undefined;
}

type Success = readonly Exchange[] | undefined;

function firstOf(attempts: Attempts): Attempt {
  return (attempts.kind === 'all' ? attempts.attempts[0] : attempts.first) ?? [];
}

function reasonOf(trial: Trial): string | undefined {
  const missing = trial.missing();
  return missing === undefined
    ? undefined
    : `it hangs on what the input does not say: ${missing.detail} of \`${missing.of}\``;
}

/** The exchanges of an attempt that succeeds, made as small as it can be where it was generated. */
function findSuccess(
  attempts: Attempts,
  trial: Trial,
  { runs, seed, fastCheck }: TrySettings,
): Success {
  if (attempts.kind === 'all') {
    for (const attempt of attempts.attempts) {
      const { exchanges, succeeded } = trial.run(attempt);
      if (succeeded) return exchanges;
    }
    return undefined;
  }
  const property = fastCheck.property(attempts.others, (attempt) => !trial.run(attempt).succeeded);
  const { counterexample } = fastCheck.check(property, {
    numRuns: runs,
    seed,
    examples: [[attempts.first]],
  });
  const [found] = counterexample ?? [];
  return found === undefined ? undefined : trial.replay(found);
}
