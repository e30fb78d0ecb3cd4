import type { Answer, AnswerCondition } from '../../authorization/answers/index.js';
import { stepText } from '../../graph/index.js';
import type { Escalation, Escalations, Step, Via } from '../../graph/index.js';
import { showText } from '../../source/index.js';
import { callerText } from '../names.js';
import type { ActionsReport } from '../graph-reports.js';
import type { AccessReport, AnswerReport, LegReport } from '../report.js';
import {
  diagnosticJson,
  layersJson,
  missingJson,
  placeJson,
  requestJson,
  type Json,
} from './parts.js';

export function answerJson({ request, answer, nearest, legs, diagnostics }: AnswerReport): Json {
  return {
    version: 1,
    question: {
      principal: showText(callerText(request.caller)),
      action: request.action,
      key: showText(request.resource),
    },
    answer: answer.kind,
    ...detailsJson(answer),
    layers: layersJson(answer.layers),
    missing: answer.kind === 'unknown' ? missingJson(answer.missing) : [],
    assumed: missingJson(answer.assumed),
    ...(answer.kind === 'unknown' && answer.limit !== undefined ? { limit: answer.limit } : {}),
    ...nearestJson(nearest),
    ...(legs === undefined ? {} : { legs: legs.map(legJson) }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function nearestJson(nearest: AnswerReport['nearest']): { readonly [key: string]: Json } {
  if (nearest.length === 0) return {};
  return {
    nearest: nearest.map(({ layer, change, span }) => ({
      layer,
      change: showText(change),
      ...(span === undefined ? {} : placeJson(span)),
    })),
  };
}

// Its example is part of a call that is allowed as a whole, where there is one.
function legJson({ request, answer, example, only, refused, nearest }: LegReport): Json {
  return {
    action: request.action,
    resource: showText(request.resource),
    answer: answer.kind,
    ...(only === undefined ? {} : { only }),
    ...(refused === undefined ? {} : { refused }),
    ...detailsJson(answer),
    ...(example === undefined ? {} : { example: { request: requestJson(example) } }),
    layers: layersJson(answer.layers),
    missing: answer.kind === 'unknown' ? missingJson(answer.missing) : [],
    assumed: missingJson(answer.assumed),
    ...nearestJson(nearest),
  };
}

export function accessJson(report: AccessReport): Json {
  const { question, keys, escalations, diagnostics } = report;
  return {
    version: 1,
    question,
    keys: keys.map(({ key, principals, missing, assumed }) => {
      const ways = escalations?.get(key);
      return {
        key: showText(key),
        principals: [
          ...principals.map(({ principal, isClass, answer, via }) => ({
            principal: showText(principal),
            class: isClass,
            answer: answer.kind,
            via: viaJson(via),
            ...detailsJson(answer),
          })),
          ...(ways?.paths.map(escalationJson) ?? []),
        ],
        missing: missingJson([...missing, ...(ways?.missing ?? [])]),
        assumed: missingJson(assumed),
        ...(ways === undefined ? {} : { limits: limitsJson(ways) }),
      };
    }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function viaJson(via: readonly Via[]): readonly Json[] {
  return via.map(({ kind, ref }) => ({ kind, ref: showText(ref) }));
}

// The answer counts the conditions of every step; those beside it are of what is done in the end.
function escalationJson({ principal, isClass, kind, steps, via, answer }: Escalation): Json {
  return {
    principal: showText(principal),
    class: isClass,
    answer: kind,
    via: [...steps.map(stepJson), ...viaJson(via)],
    ...detailsJson(answer),
  };
}

function stepJson(step: Step): Json {
  const { caller, answer, assumes } = step;
  return {
    kind: 'step',
    ref: showText(stepText(step)),
    by: showText(callerText(caller)),
    answer: answer.kind,
    ...(assumes === undefined ? {} : { assumes }),
    ...detailsJson(answer),
    ...(answer.kind === 'unknown' ? { missing: missingJson(answer.missing) } : {}),
  };
}

function limitsJson({ limits }: Escalations): Json {
  return limits.map(({ principal, limit }) => ({ principal: showText(principal), limit }));
}

export function actionsJson({ caller, keys, diagnostics }: ActionsReport): Json {
  return {
    version: 1,
    question: { principal: showText(callerText(caller)) },
    keys: keys.map(({ key, actions, missing, assumed }) => ({
      key: showText(key),
      actions: actions.map(({ action, answer, via }) => ({
        action,
        answer: answer.kind,
        via: viaJson(via),
        ...detailsJson(answer),
      })),
      missing: missingJson(missing),
      assumed: missingJson(assumed),
    })),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

/** What an answer says beyond its kind. */
export function detailsJson(answer: Answer): { readonly [key: string]: Json } {
  switch (answer.kind) {
    case 'always':
      return { example: { request: requestJson(answer.example) } };
    case 'never':
      return { counterexample: { request: requestJson(answer.counterexample) } };
    case 'when':
      return {
        conditions: answer.conditions.map((term) => term.map(conditionJson)),
        example: { request: requestJson(answer.example) },
        counterexample: { request: requestJson(answer.counterexample) },
      };
    case 'unknown':
      return {};
  }
}

export function conditionJson({ key, operator, values }: AnswerCondition): Json {
  return { key: showText(key), operator, values: values.map(showText) };
}
