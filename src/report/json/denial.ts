import type { AccessDenied } from '../../inventory/index.js';
import { showText } from '../../source/index.js';
import type { DenialReport } from '../report.js';
import { answerJson } from './answers.js';
import { diagnosticJson, type Json } from './parts.js';

export function denialJson({ message, requests, diagnostics }: DenialReport): Json {
  return {
    version: 1,
    message: messageJson(message),
    requests: requests.map(({ request, answer, nearest, agreement }) => ({
      agreement,
      // The shape that `can` prints.
      can: answerJson({ kind: 'answer', request, answer, nearest, diagnostics: [] }),
    })),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

function messageJson({ principal, action, resource, refusal }: AccessDenied): Json {
  const policy = 'policy' in refusal ? refusal.policy : undefined;
  return {
    ...(principal === undefined ? {} : { principal: showText(principal) }),
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource: showText(resource) }),
    refusal: {
      kind: refusal.kind,
      ...(policy === undefined
        ? {}
        : {
            policy: policy.type,
            layers: policy.layers,
            ...(policy.arn === undefined ? {} : { policyArn: showText(policy.arn) }),
          }),
    },
  };
}
