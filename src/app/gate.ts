import type { Config, GateThreshold } from '../config/index.js';
import { diffAccess } from '../graph/index.js';
import type { Host } from '../host/index.js';
import type { GateReport, Side, TestReport } from '../report/index.js';
import type { Diagnostic } from '../source/index.js';
import type { BaselineInput } from './baseline.js';
import { findConfig } from './config.js';
import { newlyKeptOut } from './deployers.js';
import type { Estate, EstateInput } from './estate.js';
import { gateReasons } from './gate-reasons.js';
import { mistake, type Mistake } from './mistake.js';
import { findNew } from './new-findings.js';
import { asEarlier, findSide, loadSide, type FoundSide } from './sides.js';
import { isTestFile, test } from './test.js';

export interface GateInput {
  readonly estate: EstateInput;
  /** A path or a git reference; absent where a Terraform plan is both sides. */
  readonly base: string | undefined;
  readonly confirmation: { readonly runs: number; readonly seed: number } | 'not-requested';
  /** What fails the gate; empty: what the configuration says, or `error`. */
  readonly failOn: readonly GateThreshold[];
  /** Absent: none is looked for. */
  readonly baseline?: BaselineInput | undefined;
}

/** Whether the change from the base to the working tree may be deployed. */
export async function gate(input: GateInput, host: Host): Promise<GateReport | Mistake> {
  const start = host.elapsedMs();
  const { base, estate } = input;
  const configured = await findConfig(estate.config, host);
  if ('kind' in configured) return configured;
  const { value: config } = configured;
  const after = await loadSide(workingTree(estate, host), config, estate, host);
  if ('kind' in after) return after;
  const earlier =
    base === undefined ? beforePlan(after) : await loadBase(base, config, estate, host);
  if ('kind' in earlier) return earlier;
  const { side, estate: before } = earlier;
  if (before.loaded.length + after.loaded.length === 0 && estate.emptiness === 'refused')
    return mistake(
      'there is nothing to compare: neither side has a policy, template or inventory',
      'name what holds policies, or pass `--allow-empty`',
    );
  const judged = await findNew(before, after, input, host);
  if ('kind' in judged) return judged;
  const tested = await runTests(estate, host);
  if (tested.kind === 'mistake') return tested;
  // What follows cannot be told in part.
  host.progress.end();
  const access = diffAccess(before.inventory, after.inventory);
  const diagnostics = once([
    ...configured.diagnostics,
    ...earlier.diagnostics,
    ...asEarlier(before),
    ...gone(after.diagnostics, before),
    ...judged.diagnostics,
    ...tested.diagnostics.filter(({ code }) => code !== 'no-such-file'),
  ]);
  const { verdict, reasons } = gateReasons(
    {
      findings: judged.findings,
      access,
      tests: tested.tests,
      keptOut: newlyKeptOut(before.inventory, after.inventory, config.settings.deployers ?? []),
    },
    input.failOn.length > 0 ? input.failOn : (config.settings.gate?.failOn ?? ['error']),
  );
  return {
    kind: 'gate',
    before: side,
    after: { name: '.', kind: 'working-tree' },
    verdict,
    reasons,
    findings: judged.findings,
    access,
    tests: tested.tests,
    diagnostics,
    summary: {
      files: after.loaded.length,
      skipped: after.skipped,
      keys: after.inventory.keys.length,
      principals: after.inventory.principals.length,
      refuted: judged.refuted,
      durationMs: host.elapsedMs() - start,
    },
    loaded: after.loaded,
  };
}

/** The state that a change is judged against. */
interface Earlier {
  readonly side: Side;
  readonly estate: Estate;
  readonly diagnostics: readonly Diagnostic[];
}

async function loadBase(
  base: string,
  config: Config,
  estate: EstateInput,
  host: Host,
): Promise<Earlier | Mistake> {
  const found = findSide(base, 'merge-base', estate.paths, host);
  if ('kind' in found) return found;
  const loaded = await loadSide(found, config, estate, host);
  if ('kind' in loaded) return loaded;
  return { side: found.side, estate: loaded, diagnostics: found.diagnostics };
}

/** A Terraform plan says itself what there was. */
function beforePlan(after: Estate): Earlier | Mistake {
  const { before } = after.inventory;
  if (before === undefined)
    return mistake(
      '`--base` is missing',
      'name a branch, a commit, or a path; only a Terraform plan (`terraform show -json plan | keyproof gate -`) is both sides itself',
    );
  return {
    side: { name: 'the plan', kind: 'plan' },
    estate: { ...after, inventory: before, diagnostics: [] },
    diagnostics: [],
  };
}

function workingTree({ paths }: EstateInput, host: Host): FoundSide {
  return {
    side: { name: '.', kind: 'working-tree' },
    files: host.files,
    paths,
    diagnostics: [],
  };
}

// A path that names a file of another kind holds no tests.
async function runTests(estate: EstateInput, host: Host): Promise<TestReport | Mistake> {
  const paths = estate.paths.filter((path) => {
    const isFile = path === '-' || host.files.read(path) instanceof Uint8Array;
    return !isFile || isTestFile(path);
  });
  const isNothing = estate.paths.length > 0 && paths.length === 0;
  return isNothing
    ? { kind: 'test', tests: [], diagnostics: [] }
    : test({ ...estate, paths, emptiness: 'allowed' }, host);
}

// What the change removes is no longer there to be read.
function gone(diagnostics: readonly Diagnostic[], before: Estate): readonly Diagnostic[] {
  const missing = new Set(
    before.diagnostics
      .filter(({ code }) => code === 'no-such-file')
      .map(({ span }) => span.source.path),
  );
  return diagnostics.filter(
    ({ code, span }) => code !== 'no-such-file' || missing.has(span.source.path),
  );
}

// A file that tests and policies are both read from has its problems once.
function once(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const found = new Map(
    diagnostics.map((one) => [
      JSON.stringify([one.code, one.message, one.span.source.path, one.span.start]),
      one,
    ]),
  );
  return [...found.values()];
}
