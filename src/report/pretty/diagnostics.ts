import type { Diagnostic } from '../../source/index.js';
import { escapeText } from '../escape.js';
import { placeText } from '../names.js';
import { renderFrame } from './frame.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

/** Problems with the input, each with its place, what is wrong and what to do. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  paint: Paint,
): readonly string[] {
  return diagnostics.flatMap((diagnostic) => renderDiagnostic(diagnostic, paint));
}

function renderDiagnostic(diagnostic: Diagnostic, paint: Paint): readonly string[] {
  const { severity, code, span } = diagnostic;
  const lines = [
    paint.strong(escapeText(placeText(span))),
    wrapAfter(severity, escapeText(diagnostic.message), paint) + paint.faint(`  ${code}`),
  ];
  const frame = renderFrame(span, paint);
  if (frame !== '') lines.push('', frame);
  if (diagnostic.hint !== undefined) {
    lines.push('', wrap(escapeText(diagnostic.hint), paint.width, '    fix  '));
  }
  return [...lines, ''];
}

function wrapAfter(severity: Diagnostic['severity'], text: string, paint: Paint): string {
  const label = `  ${severity}  `;
  return wrap(text, paint.width, label).replace(severity, paint.severity(severity, severity));
}
