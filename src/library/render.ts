import { describeTool } from '../app/index.js';
import { createNodeHost } from '../host/index.js';
import { reporters, type Format, type LazyReporter, type Report } from '../report/index.js';

export interface RenderOptions {
  /** Columns that lines are broken to; 100 where absent. */
  readonly width?: number;
  /** Whether ANSI colours are used; `off` where absent. */
  readonly color?: 'on' | 'off';
}

const WIDTH = 100;

/**
 * A report as text, exactly as `--format` prints it: `json`, `sarif`, `markdown` …
 *
 * @throws Error if the format has no form for such a report
 */
export async function render(
  report: Report,
  format: Format,
  { width = WIDTH, color = 'off' }: RenderOptions = {},
): Promise<string> {
  const lazy: LazyReporter = reporters[format];
  const described =
    lazy.needs === 'tool' && 'findings' in report
      ? { ...report, tool: await describeTool(report.findings, createNodeHost()) }
      : report;
  return (await lazy())(described, { width, color: color === 'on' });
}
