// Everything that can be said of the code without running it: the `check:` scripts of package.json, two
// at a time in that order. Prints a line for each, and the whole output of those that fail.
//   npm run check                     all of them
//   npm run check -- eslint floors    some of them
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';

const PREFIX = 'check:';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const wanted = process.argv.slice(2);
const parts = Object.entries(scripts)
  .filter(([name]) => name.startsWith(PREFIX))
  .map(([name, command]) => ({ name: name.slice(PREFIX.length), command }))
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const env = {
  ...process.env,
  PATH: `node_modules/.bin${delimiter}${process.env.PATH}`,
  NO_COLOR: '1',
};

function run({ name, command }) {
  const started = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const finish = (passed) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      resolve({ name, passed, output, seconds });
    };
    const child = spawn(command, { shell: true, env });
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('close', (status) => finish(status === 0));
  });
}

async function work(queue, failed) {
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    const result = await run(part);
    const verdict = result.passed ? 'ok    ' : 'FAILED';
    console.log(`${verdict}  ${result.name.padEnd(10)}  ${result.seconds.padStart(5)} s`);
    if (!result.passed) failed.push(result);
  }
}

const failed = [];
const queue = [...parts];
await Promise.all([work(queue, failed), work(queue, failed)]);
for (const { name, output } of failed) console.log(`\n--- ${name} ---\n${output.trim()}`);
if (failed.length > 0 || parts.length === 0) process.exitCode = 1;
