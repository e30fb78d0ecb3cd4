import { invariant } from '../source/index.js';
import type { Report } from './report.js';
import type { Style } from './style.js';

export { accessText } from './change-text.js';
export { groupAccess } from './group-access.js';
export type * from './change.js';
export type * from './graph-reports.js';
export type * from './needs.js';
export type * from './init.js';
export type * from './report.js';
export type { Style } from './style.js';

/** Renders a report as text in one format. Pure: nothing but the report and the style matters. */
export type Reporter<Printed extends Report = Report> = (report: Printed, style: Style) => string;

/** A reporter that is loaded when it is used, and the kinds of report that it can print. */
export interface LazyReporter {
  (): Promise<Reporter>;
  readonly prints: readonly Report['kind'][] | 'everything';
  /** Set where the report must have its {@link ToolDescription}. */
  readonly needs?: 'tool';
}

/** Every output format, by the name that `--format` takes. */
export const reporters = {
  pretty: printingAll(async () => (await import('./pretty/index.js')).pretty),
  json: printingAll(async () => (await import('./json/index.js')).json),
  compact: printing(['lint', 'gate'], async () => (await import('./compact.js')).compact),
  sarif: printing(['lint', 'gate'], async () => (await import('./sarif/index.js')).sarif, 'tool'),
  github: printing(['lint', 'gate'], async () => (await import('./github.js')).github),
  gitlab: printing(['lint', 'gate'], async () => (await import('./gitlab.js')).gitlab),
  junit: printing(['lint', 'gate', 'test'], async () => (await import('./junit.js')).junit),
  markdown: printing(
    ['lint', 'gate', 'diff'],
    async () => (await import('./markdown/index.js')).markdown,
  ),
  dot: printing(['graph'], async () => (await import('./graph/dot.js')).dot),
  mermaid: printing(['graph'], async () => (await import('./graph/mermaid.js')).mermaid),
  svg: printing(['graph'], async () => (await import('./graph/svg.js')).loadSvg()),
} as const satisfies Readonly<Record<string, LazyReporter>>;

export type Format = keyof typeof reporters;

/** The formats that can print reports of a kind; without a kind, those that print whatever there is. */
export function formatsFor(kind?: Report['kind']): readonly Format[] {
  const formats = Object.keys(reporters) as readonly Format[];
  return formats.filter((format) => {
    const { prints }: LazyReporter = reporters[format];
    return prints === 'everything' || (kind !== undefined && prints.includes(kind));
  });
}

/** What `github` has no room for, as the page that GitHub shows for a step; `undefined` where it prints nothing. */
export async function renderStepSummary(report: Report): Promise<string | undefined> {
  if (report.kind !== 'lint' && report.kind !== 'gate') return undefined;
  return (await import('./markdown/index.js')).stepSummary(report);
}

function printingAll(load: () => Promise<Reporter>): LazyReporter {
  return Object.assign(load, { prints: 'everything' as const });
}

function printing<Kind extends Report['kind']>(
  kinds: readonly Kind[],
  load: () => Promise<Reporter<Extract<Report, { readonly kind: Kind }>>>,
  needs?: 'tool',
): LazyReporter {
  const prints = (report: Report): report is Extract<Report, { readonly kind: Kind }> =>
    (kinds as readonly string[]).includes(report.kind);
  const loadChecked = async (): Promise<Reporter> => {
    const render = await load();
    return (report, style) => {
      invariant(prints(report), 'a reporter is given only what it says that it prints');
      return render(report, style);
    };
  };
  return Object.assign(loadChecked, { prints: kinds, ...(needs === undefined ? {} : { needs }) });
}
