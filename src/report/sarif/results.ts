import type { CodeFlow, Location, Result, Suppression } from 'sarif';
import type { Finding, Suppressed } from '../../lint/index.js';
import { showText } from '../../source/index.js';
import { describeCall, describeOutcome, decisivePlaces } from '../exchange.js';
import { count, describeConfirmation } from '../names.js';
import { locationOf, messageText } from './places.js';
import { levels } from './rules.js';

/** Of a witness that is longer, the last steps are shown: they show the harm. GitHub shows 1,000. */
const STEPS_MAX = 1000;

/** GitHub rejects a result with more places than this. */
const LOCATIONS_MAX = 1000;

/** What {@link resultOf} has to know of the run. */
export interface ResultSurroundings {
  /** The paths of the files of the run. */
  readonly files: ReadonlySet<string>;
  /** Where each rule stands among the rules of the run. */
  readonly ruleIndexes: ReadonlyMap<string, number>;
}

export function resultOf(finding: Finding, { files, ruleIndexes }: ResultSurroundings): Result {
  const { ruleId, severity, message, why, fix, confirmation, suppressed } = finding;
  const ruleIndex = ruleIndexes.get(ruleId);
  const related = finding.related.slice(0, LOCATIONS_MAX - 1);
  const cut = finding.related.length - related.length;
  const more = cut > 0 ? ` (${count(cut, 'more related place')} left out)` : '';
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    rank: rankOf(finding),
    message: { text: messageText(`${message}: ${why}; to repair it, ${fix}${more}.`) },
    locations: [locationOf(finding.span)],
    relatedLocations: related.map((one, id) => ({ id, ...locationOf(one.span, one.message) })),
    ...codeFlowsOf(finding, files),
    partialFingerprints: { 'keyproof/v1': finding.fingerprint },
    suppressions: suppressed === undefined ? [] : [suppressionOf(suppressed)],
    ...(suppressed?.by === 'baseline' ? { baselineState: 'unchanged' as const } : {}),
    properties: {
      confirmation: confirmation.kind,
      proof: messageText(describeConfirmation(confirmation)),
    },
  };
}

/** From 0 to 100: by severity, and above its equals what was confirmed. */
function rankOf({ severity, confirmation }: Finding): number {
  const base = { error: 80, warning: 50, info: 20 }[severity];
  return confirmation.kind === 'confirmed' ? base + 15 : base;
}

function codeFlowsOf(
  { span, confirmation }: Finding,
  files: ReadonlySet<string>,
): { readonly codeFlows?: CodeFlow[] } {
  if (confirmation.kind !== 'confirmed' || confirmation.witness.length === 0) return {};
  const skipped = Math.max(confirmation.witness.length - STEPS_MAX, 0);
  const steps = confirmation.witness.slice(skipped).map((exchange, index): Location => {
    const outcome = describeOutcome(exchange, files);
    const call = describeCall(exchange.call);
    const text = outcome === undefined ? call : `${call}: ${outcome}`;
    // A step that no statement decided is shown where the finding is: viewers want a place for each.
    const [place = span] = decisivePlaces(exchange, files);
    return locationOf(place, `${skipped + index + 1}. ${text}`);
  });
  const locations = steps.map((location, index) => ({
    location,
    executionOrder: index + 1,
    importance: index === steps.length - 1 ? ('essential' as const) : ('important' as const),
  }));
  const cut = skipped > 0 ? `, of which the first ${skipped} calls are left out` : '';
  const text = `What happened when it was tried${cut}.`;
  return { codeFlows: [{ message: { text }, threadFlows: [{ locations }] }] };
}

function suppressionOf({ by, reason, until }: Suppressed): Suppression {
  return {
    kind: by === 'directive' ? 'inSource' : 'external',
    status: 'accepted',
    justification: messageText(reason ?? reasons[by]),
    properties: { by, ...(until === undefined ? {} : { until: showText(until) }) },
  };
}

const reasons: Readonly<Record<Suppressed['by'], string>> = {
  directive: 'Disabled beside the code.',
  config: 'Disabled in the configuration.',
  baseline: 'Known since the baseline was written.',
};
