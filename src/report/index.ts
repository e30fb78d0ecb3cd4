import type { Report } from './report.js';
import type { Style } from './style.js';

export type * from './report.js';
export type { Style } from './style.js';

/** Renders a report as text in one format. Pure: nothing but the report and the style matters. */
export type Reporter = (report: Report, style: Style) => string;

/** Every output format, each loaded when it is used. */
export const reporters = {
  pretty: async (): Promise<Reporter> => (await import('./pretty/index.js')).pretty,
  json: async (): Promise<Reporter> => (await import('./json/index.js')).json,
} as const;

export type Format = keyof typeof reporters;
