import type { Authorization, LayerOutcome } from '../../authorization/decide/index.js';
import type { Missing } from '../../inventory/index.js';
import { escapeText } from '../escape.js';
import { callerText, causeName, layerNames, outcomeNames, placeText } from '../names.js';
import type { DecisionReport } from '../report.js';
import { renderDiagnostics } from './diagnostics.js';
import { columns, wrap } from './layout.js';
import type { Paint } from './paint.js';
import { explainAuthorization } from '../explain-authorization.js';

export function renderDecision(report: DecisionReport, paint: Paint): string {
  const { request, authorization } = report;
  const { decision, missing, assumed } = authorization;
  const indent = ' '.repeat(decision.length + 2);
  const lines = [
    `${paintDecision(decision, paint)}  ${escapeText(callerText(request.caller))}`,
    wrap(escapeText(`${request.action} on ${request.resource}`), paint.width, indent),
    wrap(escapeText(explainAuthorization(authorization)), paint.width, indent),
    '',
    ...renderLayers(authorization.layers, paint),
    ...renderMissing('missing: with these the answer could be given', missing),
    ...renderMissing('assumed: not supplied, and taken as absent', assumed),
    '',
    ...renderDiagnostics(report.diagnostics, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function paintDecision(decision: Authorization['decision'], paint: Paint): string {
  switch (decision) {
    case 'Allow':
      return paint.strong(paint.good(decision));
    case 'ImplicitDeny':
    case 'ExplicitDeny':
      return paint.strong(paint.bad(decision));
    case 'Unknown':
      return paint.strong(paint.doubtful(decision));
  }
}

/** One line a layer, and one more for each further statement behind it. */
export function renderLayers(layers: readonly LayerOutcome[], paint: Paint): readonly string[] {
  const rows = layers.flatMap(({ layer, outcome, because }) => {
    const [first = '', ...rest] = because.map((cause) =>
      escapeText(`${causeName(cause)}  ${placeText(cause.span)}`),
    );
    return [
      [layerNames[layer], outcomeNames[outcome], first],
      ...rest.map((cause) => ['', '', cause]),
    ];
  });
  const outcomes = layers.flatMap(({ outcome, because }) => [
    outcome,
    ...because.slice(1).map(() => outcome),
  ]);
  return columns(rows).map((row, index) => paintRow(`  ${row}`, outcomes[index], paint));
}

function paintRow(row: string, outcome: LayerOutcome['outcome'] | undefined, paint: Paint): string {
  switch (outcome) {
    case 'allows':
      return paint.good(row);
    case 'denies':
      return paint.bad(row);
    case 'not-supplied':
      return paint.doubtful(row);
    case 'silent':
      return row;
    case 'does-not-apply':
    case undefined:
      return paint.faint(row);
  }
}

/** Inputs that were not there, under a title; nothing where none are listed. */
export function renderMissing(title: string, missing: readonly Missing[]): readonly string[] {
  if (missing.length === 0) return [];
  const rows = missing.map(({ of, detail }) => [escapeText(detail), escapeText(of)]);
  const lines = columns(rows).map((row) => `    ${row}`);
  return ['', `  ${title}`, ...lines];
}
