import { escapeText } from '../escape.js';
import type { FindingReport } from '../report.js';
import { renderDiagnostics } from './diagnostics.js';
import { renderFinding } from './lint.js';
import type { Paint } from './paint.js';
import { renderReplay } from './witness.js';

export function renderFindingReport(
  { finding, loaded, diagnostics }: FindingReport,
  paint: Paint,
): string {
  const files = new Set(loaded);
  const { confirmation } = finding;
  const lines = [
    paint.heading(escapeText(finding.span.source.path)),
    '',
    ...renderFinding(finding, files, paint),
    ...(confirmation.kind === 'confirmed'
      ? [paint.heading('step by step'), '', ...renderReplay(confirmation.witness, files, paint)]
      : []),
    ...renderDiagnostics(diagnostics, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
