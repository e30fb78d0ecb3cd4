import picocolors from 'picocolors';
import type { Severity } from '../../source/index.js';
import type { Style } from '../style.js';

/** The few looks that the pretty reporter has, by meaning; each returns its text alone without colour. */
export interface Paint {
  readonly width: number;
  severity(severity: Severity, text: string): string;
  good(text: string): string;
  bad(text: string): string;
  doubtful(text: string): string;
  strong(text: string): string;
  heading(text: string): string;
  faint(text: string): string;
}

const WIDTH_MIN = 40;

export function createPaint({ width, color }: Style): Paint {
  const colors = picocolors.createColors(color);
  const bySeverity = { error: colors.red, warning: colors.yellow, info: colors.blue };
  return {
    width: Math.max(width, WIDTH_MIN),
    severity: (severity, text) => colors.bold(bySeverity[severity](text)),
    good: colors.green,
    bad: colors.red,
    doubtful: colors.yellow,
    strong: colors.bold,
    heading: (text) => colors.bold(colors.underline(text)),
    faint: colors.dim,
  };
}
