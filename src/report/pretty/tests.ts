import { escapeText } from '../escape.js';
import { count } from '../names.js';
import type { TestReport, TestResult } from '../report.js';
import { renderLayers, renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

/** Failed tests in full, the others only as a number: a suite may have thousands. */
export function renderTests(report: TestReport, paint: Paint): string {
  const failed = report.tests.filter(({ passed }) => !passed);
  const files = new Set(report.tests.map(({ file }) => file)).size;
  const passed = report.tests.length - failed.length;
  const lines = [
    ...failed.flatMap((test) => renderFailure(test, paint)),
    ...renderDiagnostics(report.diagnostics, paint),
    [
      paint.good(`${passed} passed`),
      ...(failed.length > 0 ? [paint.bad(`${failed.length} failed`)] : []),
      paint.faint(count(files, 'file')),
    ].join(', '),
  ];
  return `${lines.join('\n')}\n`;
}

export function renderFailure(test: TestResult, paint: Paint): readonly string[] {
  return [
    `${paint.bad('failed')}  ${paint.strong(escapeText(test.file))}`,
    wrap(escapeText(test.name), paint.width, '  '),
    `  expected ${paint.good(test.expected)}, got ${paint.bad(test.actual)}`,
    '',
    ...renderLayers(test.because, paint),
    ...renderMissing('missing: with these the answer could be given', test.missing),
    '',
  ];
}
