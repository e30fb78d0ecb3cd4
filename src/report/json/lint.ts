import type { Exchange } from '../../engine/index.js';
import type { Confirmation, Finding, Suppressed } from '../../lint/index.js';
import { showText } from '../../source/index.js';
import { countFindings } from '../counts.js';
import type { FindingReport, LintReport, LintSummary } from '../report.js';
import { decisiveJson, diagnosticJson, placeJson, requestJson, type Json } from './parts.js';

export function lintJson({ findings, diagnostics, summary }: LintReport): Json {
  return {
    version: 1,
    findings: findings.map(findingJson),
    diagnostics: diagnostics.map(diagnosticJson),
    summary: lintSummaryJson(summary, findings),
  };
}

export function lintSummaryJson(summary: LintSummary, findings: readonly Finding[]): Json {
  const counts = countFindings(findings);
  const { bySeverity, confirmed, proved, unconfirmed, unsimulated } = counts;
  return {
    files: summary.files,
    skipped: summary.skipped,
    keys: summary.keys,
    principals: summary.principals,
    findings: { ...bySeverity },
    confirmed,
    proved,
    refuted: summary.refuted,
    unconfirmed,
    unsimulated,
    suppressed: { ...counts.suppressed },
    durationMs: Math.round(summary.durationMs),
  };
}

export function findingReportJson({ finding, diagnostics }: FindingReport): Json {
  return {
    version: 1,
    finding: findingJson(finding),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

export function findingJson(finding: Finding): Json {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    message: showText(finding.message),
    why: showText(finding.why),
    fix: showText(finding.fix),
    ...placeJson(finding.span),
    related: finding.related.map(({ span, message }) => ({
      ...placeJson(span),
      message: showText(message),
    })),
    fingerprint: finding.fingerprint,
    confirmation: confirmationJson(finding.confirmation),
    ...(finding.suppressed === undefined ? {} : { suppressed: suppressedJson(finding.suppressed) }),
  };
}

function suppressedJson({ by, reason, until }: Suppressed): Json {
  return {
    by,
    ...(reason === undefined ? {} : { reason: showText(reason) }),
    ...(until === undefined ? {} : { until }),
  };
}

function confirmationJson(confirmation: Confirmation): Json {
  switch (confirmation.kind) {
    case 'confirmed': {
      const { kind, claims, proved, runs, seed, witness } = confirmation;
      return { kind, claims, proved, runs, seed, witness: witness.map(exchangeJson) };
    }
    case 'unconfirmed': {
      const { kind, reason, runs, seed } = confirmation;
      return { kind, reason: showText(reason), runs, seed };
    }
    case 'unsimulated':
      return { kind: confirmation.kind, reason: showText(confirmation.reason) };
  }
}

function exchangeJson({ call, outcome, authorizations }: Exchange): Json {
  return {
    call: valueJson(call),
    outcome:
      outcome.kind === 'succeeded'
        ? { kind: outcome.kind }
        : { kind: outcome.kind, error: { ...outcome.error } },
    authorizations: authorizations.map(({ request, authorization }) => ({
      request: requestJson(request),
      decision: authorization.decision,
      because: decisiveJson(authorization),
    })),
  };
}

/** A call holds what JSON holds, and bytes, which become base64 as in AWS's own JSON. */
function valueJson(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(valueJson);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, valueJson(inner)]),
    );
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;
}
