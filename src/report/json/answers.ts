import type { Answer, AnswerCondition } from '../../authorization/answers/index.js';
import { showText } from '../../source/index.js';
import { callerText } from '../names.js';
import type { AccessReport, AnswerReport } from '../report.js';
import {
  diagnosticJson,
  layersJson,
  missingJson,
  placeJson,
  requestJson,
  type Json,
} from './parts.js';

export function answerJson({ request, answer, nearest, diagnostics }: AnswerReport): Json {
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
    ...(nearest.length === 0
      ? {}
      : {
          nearest: nearest.map(({ layer, change, span }) => ({
            layer,
            change: showText(change),
            ...(span === undefined ? {} : placeJson(span)),
          })),
        }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

export function accessJson({ question, keys, diagnostics }: AccessReport): Json {
  return {
    version: 1,
    question,
    keys: keys.map(({ key, principals, missing, assumed }) => ({
      key: showText(key),
      principals: principals.map(({ principal, isClass, answer, via }) => ({
        principal: showText(principal),
        class: isClass,
        answer: answer.kind,
        via: via.map(({ kind, ref }) => ({ kind, ref: showText(ref) })),
        ...detailsJson(answer),
      })),
      missing: missingJson(missing),
      assumed: missingJson(assumed),
    })),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function detailsJson(answer: Answer): { readonly [key: string]: Json } {
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
