import type { AccessDenied, Refusal } from '../../inventory/index.js';
import { escapeText } from '../escape.js';
import type { DenialReport, DeniedRequest } from '../report.js';
import { explainAnswer, renderConditions, renderNearest } from './answer.js';
import { renderLayers, renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

export function renderDenial(
  { message, requests, diagnostics }: DenialReport,
  paint: Paint,
): string {
  const lines = [
    `${paint.strong(paint.bad('refused'))}  ${escapeText(message.principal ?? 'somebody')}`,
    wrap(
      escapeText(`${message.action ?? 'something'} on ${message.resource ?? 'a key not named'}`),
      paint.width,
      INDENT,
    ),
    wrap(escapeText(`AWS says: ${refusalText(message.refusal)}`), paint.width, INDENT),
    ...(requests.length === 0
      ? ['', wrap(escapeText(whyNobody(message)), paint.width, '  ')]
      : requests.flatMap((request) => renderRequest(request, message, paint))),
    '',
    ...renderDiagnostics(diagnostics, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const INDENT = ' '.repeat('refused  '.length);

function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'explicit': {
      if (refusal.policy === undefined) return 'a Deny statement refuses it, of whichever policy';
      const { type, arn } = refusal.policy;
      return `a Deny statement in a ${type} refuses it${arn === undefined ? '' : `: ${arn}`}`;
    }
    case 'implicit': {
      const { type, arn } = refusal.policy;
      return `no ${type} allows it${arn === undefined ? '' : `: ${arn}`}`;
    }
    case 'hidden':
      return 'the key does not exist in this Region, or its key policy does not let the caller in; a stranger is not told which';
    case 'not-said':
      return 'nothing of the reason';
  }
}

function whyNobody({ action, principal }: AccessDenied): string {
  return principal === undefined
    ? `the message names no caller: ask \`keyproof can <principal> ${action ?? 'kms:Decrypt'} <key>\` for the one that made the call`
    : `\`${principal}\` is not a principal that can make a request`;
}

function renderRequest(
  { request, answer, nearest, agreement }: DeniedRequest,
  { refusal, resource }: AccessDenied,
  paint: Paint,
): readonly string[] {
  return [
    '',
    ...(resource === request.resource ? [] : [`  ${paint.heading(escapeText(request.resource))}`]),
    wrap(
      `in the policies that were read: ${answer.kind}; ${explainAnswer(answer)}`,
      paint.width,
      '  ',
    ),
    ...renderConditions(answer),
    ...agreementLines(refusal, agreement, answer.kind).map((line) => wrap(line, paint.width, '  ')),
    '',
    ...renderLayers(answer.layers, paint),
    ...renderNearest(nearest, paint),
    ...renderMissing(
      'missing: with these the answer could be given',
      answer.kind === 'unknown' ? answer.missing : [],
    ),
    ...renderMissing('assumed: not supplied, and taken as absent', answer.assumed),
  ];
}

function agreementLines(
  refusal: Refusal,
  agreement: DeniedRequest['agreement'],
  answer: DeniedRequest['answer']['kind'],
): readonly string[] {
  const named =
    refusal.kind === 'explicit' || refusal.kind === 'implicit' ? refusal.policy?.type : undefined;
  switch (agreement) {
    case 'agrees':
      return answer === 'when'
        ? ['the request that AWS refused did not meet this condition']
        : ['that is where AWS says that it was refused'];
    case 'not-supplied':
      return [`AWS names a ${named ?? 'policy'}, and none was read: load it to see the statement`];
    case 'differs':
      return answer === 'always'
        ? [
            'what was read allows it, so what is deployed differs from these files, or a layer is missing here',
          ]
        : [
            'AWS names another layer: its messages name one of those that refuse, or what is deployed differs from these files',
          ];
    case 'no-layer-named':
      return answer === 'when' ? ['the request that AWS refused did not meet this condition'] : [];
  }
}
