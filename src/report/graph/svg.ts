import type { GraphReport } from '../graph-reports.js';
import { dot } from './dot.js';

/** Prepares Graphviz, which is compiled once a process; the reporter itself is then a pure function. */
export async function loadSvg(): Promise<(report: GraphReport) => string> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return (report) => viz.renderString(dot(report), { format: 'svg', engine: 'dot' });
}
