import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { medianOf } from '../measure.mjs';

const samples = 3;
const programs = {
  keyproof: new URL('../decisions/keyproof.mjs', import.meta.url),
  'iam-simulate': new URL('../decisions/iam-simulate.mjs', import.meta.url),
};
/** A folder in which `npm install @cloud-copilot/iam-simulate` was run. */
const folder = process.env['KEYPROOF_IAM_SIMULATE'];

/** Decisions per second through the compiled form, as a multiple of those of `runSimulation`. */
export const decisions = [
  { request: 'plain', name: 'decisions, default key policy' },
  { request: 'conditional', name: 'decisions, 20 statements and 10 policies' },
].map(({ request, name }) => ({
  name,
  of: 'speed',
  bar: 500,
  prepare: () =>
    folder === undefined
      ? { skipped: 'set KEYPROOF_IAM_SIMULATE to a folder with iam-simulate' }
      : { measure: () => compareRates(request) },
}));

// In turns, so that what else the machine does weighs on both.
function compareRates(request) {
  const ours = [];
  const theirs = [];
  for (let sample = 0; sample < samples; sample += 1) {
    ours.push(rateOf('keyproof', request));
    theirs.push(rateOf('iam-simulate', request, folder));
  }
  const [mine, other] = [medianOf(ours), medianOf(theirs)];
  return { figure: `${mine.toFixed(0)} /s`, value: mine / other };
}

function rateOf(program, ...args) {
  const path = fileURLToPath(programs[program]);
  const output = execFileSync(process.execPath, [path, ...args], { encoding: 'utf8' });
  const { decision, perSecond } = JSON.parse(output);
  // A wrong answer may be as fast as it likes.
  if (!/^allowed$/i.test(decision)) throw new Error(`${program} decides ${decision}`);
  return perSecond;
}
