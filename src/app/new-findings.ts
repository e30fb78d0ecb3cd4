import type { Host } from '../host/index.js';
import type { Finding } from '../lint/index.js';
import type { Diagnostic } from '../source/index.js';
import { useBaseline } from './baseline.js';
import type { Estate } from './estate.js';
import { expectationsOf } from './expectations.js';
import type { GateInput } from './gate.js';
import { interruptedLint } from './interruption.js';
import { judge, type JudgeInput, type Judgement } from './judge.js';
import type { Mistake } from './mistake.js';
import { narrow } from './narrow.js';

export interface NewFindings {
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly refuted: number;
}

/** What is found after the change and was not before it; only that is tried on the engine. */
export async function findNew(
  before: Estate,
  after: Estate,
  { confirmation, estate, baseline }: GateInput,
  host: Host,
): Promise<NewFindings | Mistake> {
  const extent = estate.paths.length === 0 ? 'everything' : 'part';
  const near = narrow(before.inventory, after.inventory);
  const asked = { rules: [], confirmation: 'not-requested', extent } as const;
  const earlier = await judgeWithin(before, near.before, asked, host);
  // Fingerprints of equal findings are numbered, so a set of them compares as a multiset.
  const known = unsuppressed(earlier);
  const later = await judgeWithin(
    { ...after, ...madeOfBoth(before, after) },
    near.after,
    { ...asked, confirmation, known, interruptions: 'heeded-while-trying' },
    host,
  );
  const fresh = later.findings.filter(isNewTo(earlier));
  const named =
    near.isNarrower && fresh.length > 0 ? await numbered(fresh, before, after, asked, host) : fresh;
  const counted = await useBaseline(
    baseline,
    { findings: named, diagnostics: [], loaded: after.loaded, extent, looksFor: later.looksFor },
    after.config,
    host,
  );
  if ('kind' in counted) return counted;
  return {
    findings: counted.findings,
    diagnostics:
      later.interrupted === undefined
        ? counted.diagnostics
        : [...counted.diagnostics, interruptedLint(later.interrupted)],
    refuted: later.refuted.filter(({ fingerprint }) => !known.has(fingerprint)).length,
  };
}

// What is near to the change hangs on both of its sides.
function madeOfBoth(before: Estate, after: Estate): Pick<Estate, 'madeOf'> {
  const { madeOf: earlier } = before;
  const { madeOf: later } = after;
  if (earlier === undefined || later === undefined) return {};
  return { madeOf: () => `near ${earlier()} ${later()}` };
}

// The part of the estate that is judged, by what is expected of the whole.
function judgeWithin(
  estate: Estate,
  inventory: Estate['inventory'],
  input: JudgeInput,
  host: Host,
): Promise<Judgement> {
  const expectations = expectationsOf(estate.inventory, estate.config);
  return judge({ ...estate, inventory }, { ...input, expectations }, host);
}

function unsuppressed({ findings }: Judgement): ReadonlySet<string> {
  return new Set(
    findings
      .filter(({ suppressed }) => suppressed === undefined)
      .map(({ fingerprint }) => fingerprint),
  );
}

// What was suppressed and is no longer is as good as new.
function isNewTo(earlier: Judgement): (finding: Finding) => boolean {
  const counted = unsuppressed(earlier);
  const all = new Set(earlier.findings.map(({ fingerprint }) => fingerprint));
  return ({ fingerprint, suppressed }) =>
    !(suppressed === undefined ? counted : all).has(fingerprint);
}

/** New findings by the fingerprints that they have in a run over everything, where equal ones are numbered on. */
async function numbered(
  fresh: readonly Finding[],
  before: Estate,
  after: Estate,
  asked: JudgeInput,
  host: Host,
): Promise<readonly Finding[]> {
  const rules = [...new Set(fresh.map(({ ruleId }) => ruleId))];
  const earlier = await judge(before, { ...asked, rules }, host);
  const later = await judge(after, { ...asked, rules }, host);
  const left = new Set(later.findings.filter(isNewTo(earlier)));
  return fresh.map((finding) => {
    const equals = [...left].filter(
      ({ ruleId, message }) => ruleId === finding.ruleId && message === finding.message,
    );
    const same = equals.find(({ span }) => span === finding.span) ?? equals[0];
    if (same === undefined) return finding;
    left.delete(same);
    return { ...finding, fingerprint: same.fingerprint };
  });
}
