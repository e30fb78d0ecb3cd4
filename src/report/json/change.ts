import type {
  AccessChange,
  AccessDifference,
  ChangedPrincipal,
  Turnover,
  UnknownChange,
} from '../../graph/index.js';
import { showText } from '../../source/index.js';
import type { DiffReport, GateReport, Side } from '../change.js';
import { conditionJson } from './answers.js';
import { findingJson, lintSummaryJson } from './lint.js';
import {
  causeJson,
  diagnosticJson,
  missingJson,
  requestJson,
  testJson,
  type Json,
} from './parts.js';

export function diffJson({ before, after, access, diagnostics }: DiffReport): Json {
  return {
    version: 1,
    before: sideJson(before),
    after: sideJson(after),
    ...accessJson(access),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

export function gateJson(report: GateReport): Json {
  const passed = report.tests.filter((test) => test.passed).length;
  return {
    version: 1,
    verdict: report.verdict,
    reasons: report.reasons.map(({ text }) => showText(text)),
    before: sideJson(report.before),
    after: sideJson(report.after),
    findings: report.findings.map(findingJson),
    access: accessJson(report.access),
    tests: {
      passed,
      failed: report.tests.length - passed,
      failures: report.tests.filter((test) => !test.passed).map(testJson),
    },
    diagnostics: report.diagnostics.map(diagnosticJson),
    summary: lintSummaryJson(report.summary, report.findings),
  };
}

function sideJson({ name, kind, commit }: Side): Json {
  return { name, kind, ...(commit === undefined ? {} : { commit }) };
}

/** What access is gained, lost and unknown, as `diff` prints it. */
export function accessJson(access: AccessDifference): { readonly [key: string]: Json } {
  return {
    gained: access.gained.flatMap(changeJson),
    lost: access.lost.flatMap(changeJson),
    unknown: access.unknown.flatMap(unknownJson),
    keys: turnoverJson(access.keys),
    principals: turnoverJson(access.principals),
    equivalent: access.equivalent,
  };
}

// One entry for each principal, so that a script need not know how they were grouped.
function changeJson(change: AccessChange): readonly Json[] {
  return change.principals.map((principal) => ({
    ...partsJson(change, principal),
    conditions: change.conditions.map((term) => term.map(conditionJson)),
    assumed: missingJson(change.assumed ?? []),
  }));
}

function unknownJson(change: UnknownChange): readonly Json[] {
  return change.principals.map((principal) => ({
    ...partsJson(change, principal),
    direction: change.direction,
    missing: missingJson(change.missing),
    ...(change.limit === undefined ? {} : { limit: change.limit }),
  }));
}

function partsJson(
  change: AccessChange | UnknownChange,
  { name, isClass, caller }: ChangedPrincipal,
): { readonly [key: string]: Json } {
  const { action, key, keyName, keyIs, reach, witness, because } = change;
  return {
    principal: showText(name),
    class: isClass,
    action,
    key: showText(key),
    keyName: showText(keyName),
    newKey: keyIs === 'new',
    reach,
    // What holds for the first of them holds for all, each in its own name.
    witness: { request: requestJson({ ...witness, caller }) },
    because: because.map(causeJson),
  };
}

function turnoverJson({ added, removed, renamed }: Turnover): Json {
  return {
    added: added.map(showText),
    removed: removed.map(showText),
    renamed: renamed.map(({ before, after }) => ({
      before: showText(before),
      after: showText(after),
    })),
  };
}
