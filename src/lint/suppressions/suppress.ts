import type { Directive } from '../../inventory/index.js';
import type { Severity } from '../../source/index.js';
import { byPlace } from '../by-place.js';
import { digest } from '../digest.js';
import type { Finding } from '../finding.js';
import type { RuleMeta } from '../rule.js';
import {
  exceptionOfConfig,
  exceptionOfDirective,
  type ConfiguredSuppression,
  type Exception,
} from './exception.js';
import { findFault, unusedFault, type Fault } from './fault.js';
import { ownRules } from './own-rules.js';

export interface SuppressSettings {
  readonly directives: readonly Directive[];
  readonly configured: readonly ConfiguredSuppression[];
  /** The ids of all rules that there are. */
  readonly rules: readonly string[];
  /** The paths of the files that were read. */
  readonly files: readonly string[];
  /** `part`: there are files that this run did not read, and what covers none of its own may cover those. */
  readonly extent: 'everything' | 'part';
  /** Whether this run would have found what there is of a rule in a file. */
  looksFor(ruleId: string, path: string): boolean;
  /** How severe something of lint's own is. */
  severityOf(rule: RuleMeta, path: string): Severity | 'off';
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
}

/**
 * Marks the findings that directives and the configuration except, and adds what is wrong with those: an
 * exception without a reason, past its date, of an unknown rule or of nothing has no effect and is itself
 * a finding.
 */
export function suppress(
  findings: readonly Finding[],
  settings: SuppressSettings,
): readonly Finding[] {
  const exceptions = [
    ...distinct(settings.directives).map(exceptionOfDirective),
    ...settings.configured.map(exceptionOfConfig),
  ];
  const faults: Placed[] = [];
  const valid: Exception[] = [];
  for (const exception of exceptions) {
    const fault = findFault(exception, settings);
    if (fault === undefined) valid.push(exception);
    else faults.push({ exception, fault });
  }
  const marked = findings.map((finding) => mark(finding, valid));
  const unused = valid.flatMap((exception) => unusedIn(exception, findings, settings));
  return [...marked, ...ownFindings([...faults, ...unused], settings)].sort(byPlace);
}

/** A template that several stacks nest is loaded for each of them. */
function distinct(directives: readonly Directive[]): readonly Directive[] {
  const places = new Map(
    directives.map((directive) => {
      const { source, start } = directive.span;
      return [`${start} ${source.path}`, directive];
    }),
  );
  return [...places.values()];
}

function mark(finding: Finding, exceptions: readonly Exception[]): Finding {
  const found = exceptions.find((one) => isAbout(one, finding.ruleId) && one.covers(finding));
  if (found === undefined) return finding;
  const { by, reason, until } = found;
  return {
    ...finding,
    suppressed: {
      by,
      ...(reason === undefined ? {} : { reason }),
      ...(until === undefined ? {} : { until }),
    },
  };
}

function isAbout({ rules }: Exception, ruleId: string): boolean {
  return rules.includes(ruleId);
}

interface Placed {
  readonly exception: Exception;
  readonly fault: Fault;
}

/** Of each rule that an exception names for nothing, unless this run did not look. */
function unusedIn(
  exception: Exception,
  findings: readonly Finding[],
  { files, extent, looksFor }: SuppressSettings,
): readonly Placed[] {
  const concerned = files.filter((path) => exception.concerns(path));
  if (concerned.length === 0 && extent === 'part') return [];
  return exception.rules
    .filter((rule) => concerned.every((path) => looksFor(rule, path)))
    .filter((rule) => !findings.some((one) => one.ruleId === rule && exception.covers(one)))
    .map((rule) => ({ exception, fault: unusedFault(rule) }));
}

function ownFindings(
  faults: readonly Placed[],
  { severityOf }: SuppressSettings,
): readonly Finding[] {
  const seen = new Map<string, number>();
  return faults.flatMap(({ exception: { span, rules }, fault }) => {
    const { ruleId, message, why, fix } = fault;
    const meta = ownRules.find(({ id }) => id === ruleId);
    const severity = meta === undefined ? 'off' : severityOf(meta, span.source.path);
    // INVARIANT: as of every finding, no path and no place.
    const identity = JSON.stringify([ruleId, rules, message]);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    if (severity === 'off') return [];
    const fingerprint = digest(`${identity}\n${ordinal}`);
    const related: Finding['related'] = [];
    const confirmation = { kind: 'unsimulated', reason: ABOUT_NO_POLICY } as const;
    return [{ ruleId, severity, message, why, fix, span, related, fingerprint, confirmation }];
  });
}

const ABOUT_NO_POLICY = 'it is about an exception, not about a policy';
