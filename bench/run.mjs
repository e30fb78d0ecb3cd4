// Prints what keyproof costs as multiples of starting Node itself, measured in the same run so that
// the figures mean the same on a busy machine as on a fast one. `npm run bench [-- <part of a name>]`.
import { existsSync } from 'node:fs';
import { cleanPolicy } from './benchmarks/clean-policy.mjs';
import { policyTests } from './benchmarks/policy-tests.mjs';
import { templatesConfirmed } from './benchmarks/templates-confirmed.mjs';
import { templatesMemory } from './benchmarks/templates-memory.mjs';
import { templatesUnconfirmed } from './benchmarks/templates-unconfirmed.mjs';
import { measureMemory, measureTime } from './measure.mjs';

const benchmarks = [
  cleanPolicy,
  policyTests,
  templatesUnconfirmed,
  templatesConfirmed,
  templatesMemory,
];

if (!existsSync(new URL('../dist', import.meta.url))) {
  process.stderr.write('there is nothing to measure before `npm run build`\n');
  process.exit(2);
}

const wanted = process.argv[2] ?? '';
for (const benchmark of benchmarks.filter(({ name }) => name.includes(wanted))) {
  const command = benchmark.prepare();
  if ('skipped' in command) print(benchmark.name, 'skipped', command.skipped);
  else report(benchmark, command);
}

function report({ name, of, bar, samples }, command) {
  const { figure, value } =
    of === 'time' ? measureTime(command, samples) : measureMemory(command, samples);
  const unit = of === 'time' ? ' ×' : ' MB';
  const isOver = value > bar;
  if (isOver) process.exitCode = 1;
  const measured = of === 'time' ? `${value.toFixed(1)}${unit}` : '';
  print(name, figure, measured, `bar ${bar}${unit}`, isOver ? 'over' : 'ok');
}

function print(name, ...columns) {
  const cells = columns.map((column) => column.padStart(12));
  process.stdout.write(`${name.padEnd(48)}${cells.join('')}\n`);
}
