import type { StatisticsReport } from '../report.js';
import { columns } from './layout.js';

/** The time by phase and rule, the slowest rule first. */
export function renderStatistics({ timings }: StatisticsReport): string {
  const rules = [...timings.rules].sort((a, b) => totalOf(b) - totalOf(a));
  const sum = (pick: (timing: (typeof rules)[number]) => number): number =>
    rules.reduce((total, timing) => total + pick(timing), 0);
  const rows = [
    ['load', milliseconds(timings.loadMs), ''],
    ['detect', milliseconds(sum(({ detectMs }) => detectMs)), ''],
    ['confirm', milliseconds(sum(({ confirmMs }) => confirmMs)), ''],
    ...rules.map((timing) => [
      `  ${timing.ruleId}`,
      milliseconds(timing.detectMs),
      milliseconds(timing.confirmMs),
    ]),
  ];
  return `${columns(rows).join('\n')}\n`;
}

function totalOf({ detectMs, confirmMs }: StatisticsReport['timings']['rules'][number]): number {
  return detectMs + confirmMs;
}

function milliseconds(durationMs: number): string {
  return `${durationMs.toFixed(1)} ms`;
}
