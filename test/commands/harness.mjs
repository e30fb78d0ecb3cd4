// Runs command lines one after the other in one process, which is much faster than a process each.
// Standard input: JSON, [{ folder, argv }]; standard output: JSON, [{ stdout, stderr, status }].
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commands, main } from '../../bin/run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const STANDARD_INPUT = 0;

async function capture(folder, argv) {
  const result = { stdout: '', stderr: '', status: 0 };
  const { stdout, stderr } = process;
  const write = { stdout: stdout.write, stderr: stderr.write };
  const { log, error } = console;
  stdout.write = (text) => Boolean((result.stdout += text));
  stderr.write = (text) => Boolean((result.stderr += text));
  console.log = (text) => (result.stdout += `${text}\n`);
  console.error = (text) => (result.stderr += `${text}\n`);
  process.exitCode = 0;
  process.chdir(folder);
  try {
    await main(argv, root, commands);
  } finally {
    Object.assign(console, { log, error });
    stdout.write = write.stdout;
    stderr.write = write.stderr;
  }
  return { ...result, status: process.exitCode };
}

const results = [];
for (const { folder, argv } of JSON.parse(readFileSync(STANDARD_INPUT, 'utf8'))) {
  results.push(await capture(folder, argv));
}
process.exitCode = 0;
process.stdout.write(JSON.stringify(results));
