import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { medianOf, timeOfNothing } from '../measure.mjs';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

const programs = {
  typical: new URL('../questions/typical.mjs', import.meta.url),
  corpus: new URL('../questions/corpus.mjs', import.meta.url),
};

/** Bars are 2 s and 50 ms on a machine on which `node -e 0` takes 40 ms. */
export const questions = [
  {
    name: '10,000 typical questions, answered in process',
    of: 'time',
    bar: 50,
    prepare: () => ({ measure: measureTypical }),
  },
  {
    name: 'the slowest question about the corpus',
    of: 'time',
    bar: 1.25,
    prepare: () =>
      existsSync(`${corpus}/manifest.json`)
        ? { measure: measureSlowest }
        : { skipped: 'no corpus beside the checkout' },
  },
];

// Each is measured between two runs of nothing, so that what else the machine does weighs on both.
function measureTypical() {
  return compared(3, () => run('typical').timeMs);
}

function measureSlowest() {
  return compared(1, () => {
    const { timeMs, questions: count, question } = run('corpus', corpus);
    process.stdout.write(`slowest of ${count}: ${question}\n`);
    return timeMs;
  });
}

function compared(samples, measure) {
  const nothing = [timeOfNothing()];
  const measured = [];
  for (let sample = 0; sample < samples; sample += 1) {
    measured.push(measure());
    nothing.push(timeOfNothing());
  }
  const median = medianOf(measured);
  return { figure: `${median.toFixed(0)} ms`, value: median / medianOf(nothing) };
}

function run(program, ...args) {
  const path = fileURLToPath(programs[program]);
  return JSON.parse(execFileSync(process.execPath, [path, ...args], { encoding: 'utf8' }));
}
