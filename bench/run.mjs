// Prints what keyproof costs as multiples of starting Node itself, measured in the same run so that
// the figures mean the same on a busy machine as on a fast one. `npm run bench [-- <part of a name>]`.
import { existsSync } from 'node:fs';
import { cleanPolicy, cleanPolicyBesideEslint } from './benchmarks/clean-policy.mjs';
import { decisions } from './benchmarks/decisions.mjs';
import { eslint } from './benchmarks/eslint.mjs';
import { gate, gateKept } from './benchmarks/gate.mjs';
import {
  canInEstate,
  whoCanInProcess,
  whoCanMemory,
  whoCanOnEstates,
} from './benchmarks/large-estate.mjs';
import { policyTests } from './benchmarks/policy-tests.mjs';
import { questions } from './benchmarks/questions.mjs';
import { templatesConfirmed } from './benchmarks/templates-confirmed.mjs';
import { templatesInPullRequest } from './benchmarks/templates-pull-request.mjs';
import { templatesMemory } from './benchmarks/templates-memory.mjs';
import { templatesUnconfirmed } from './benchmarks/templates-unconfirmed.mjs';
import { terraform } from './benchmarks/terraform.mjs';
import { typescript } from './benchmarks/typescript.mjs';
import { measureMemory, measureTime } from './measure.mjs';

const benchmarks = [
  cleanPolicy,
  cleanPolicyBesideEslint,
  policyTests,
  ...decisions,
  ...questions,
  templatesUnconfirmed,
  templatesConfirmed,
  templatesMemory,
  terraform,
  typescript,
  templatesInPullRequest,
  gate,
  gateKept,
  ...eslint,
  ...whoCanOnEstates,
  whoCanInProcess,
  whoCanMemory,
  canInEstate,
];

if (!existsSync(new URL('../dist', import.meta.url))) {
  process.stderr.write('there is nothing to measure before `npm run build`\n');
  process.exit(2);
}

// What is no multiple of starting Node.
const units = { memory: ' MB', 'processor time': ' s' };

const wanted = process.argv[2] ?? '';
for (const benchmark of benchmarks.filter(({ name }) => name.includes(wanted))) {
  const command = benchmark.prepare();
  if ('skipped' in command) print(benchmark.name, 'skipped', command.skipped);
  else await report(benchmark, command);
}

async function report({ name, of, bar, samples }, command) {
  const { figure, value } = await measured(of, command, samples);
  const unit = units[of] ?? ' ×';
  // Of speed there is never too much.
  const isMissed = of === 'speed' ? value < bar : value > bar;
  if (isMissed) process.exitCode = 1;
  const ratio = of === 'memory' ? '' : `${value.toFixed(2)}${unit}`;
  print(name, figure, ratio, `bar ${bar}${unit}`, isMissed ? 'missed' : 'ok');
}

function measured(of, command, samples) {
  if ('measure' in command) return command.measure();
  return of === 'time' ? measureTime(command, samples) : measureMemory(command, samples);
}

function print(name, ...columns) {
  const cells = columns.map((column) => column.padStart(12));
  process.stdout.write(`${name.padEnd(48)}${cells.join('')}\n`);
}
