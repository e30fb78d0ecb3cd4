import { showText } from '../../source/index.js';
import { callerText, spellKey } from '../names.js';
import type { AnsweredNeed, NeedGroup, NeedProblem, NeedsReport } from '../needs.js';
import { detailsJson } from './answers.js';
import { diagnosticJson, missingJson, placeJson, type Json } from './parts.js';

export function needsJson({ groups, problems, diagnostics }: NeedsReport): Json {
  return {
    version: 1,
    needs: groups.flatMap(groupJson),
    findings: problems.map(problemJson),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function groupJson({ caller, needs }: NeedGroup): readonly Json[] {
  const principal = caller === undefined ? {} : { principal: showText(callerText(caller)) };
  return needs.map((need) => ({ ...principal, ...needJson(need) }));
}

function needJson({ need, answer }: AnsweredNeed): { readonly [key: string]: Json } {
  const { action, resource, key, context, through, sites } = need;
  const texts: Record<string, Json> = {};
  for (const [name, value] of context) {
    if (typeof value === 'string') texts[spellKey(name)] = showText(value);
    else if (Array.isArray(value)) texts[spellKey(name)] = value.map(showText);
  }
  return {
    action,
    resource: resource === undefined ? null : showText(resource),
    ...(key === undefined ? {} : { key: showText(key.arn) }),
    ...(through === undefined
      ? {}
      : { through: { action: through.action, resource: showText(through.resource) } }),
    context: texts,
    sites: sites.map(({ operation, span }) => ({ operation, ...placeJson(span) })),
    ...(answer === undefined ? {} : { answer: answer.kind, ...detailsJson(answer) }),
    ...(answer?.kind === 'unknown' ? { missing: missingJson(answer.missing) } : {}),
  };
}

function problemJson({ span, ...problem }: NeedProblem): Json {
  const { ruleId, severity, message, why, fix } = problem;
  return { ruleId, severity, message, why, fix, ...placeJson(span) };
}
