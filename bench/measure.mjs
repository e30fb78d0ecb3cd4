import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const keyproof = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const peakMemory = new URL('./peak-memory.mjs', import.meta.url).href;

/**
 * The median time of a whole process, as a multiple of that of another one: of a Node that does nothing
 * where none is given. Both are measured in turns, so that what else the machine does weighs on both.
 */
export function measureTime({ args, cwd, beside = ['-e', '0'] }, samples) {
  const others = [];
  const measured = [];
  for (let sample = 0; sample < samples; sample += 1) {
    others.push(timeOf(beside, cwd));
    measured.push(timeOf([keyproof, ...args], cwd));
  }
  const median = medianOf(measured);
  return { figure: `${median.toFixed(0)} ms`, value: median / medianOf(others) };
}

/** What it takes to start and end a Node that does nothing. */
export function timeOfNothing() {
  return timeOf(['-e', '0'], process.cwd());
}

/** The most memory that a process held at any time, in MB of its resident set. */
export function measureMemory({ args, cwd }, samples) {
  const peaks = Array.from({ length: samples }, () => {
    const { output, ...result } = runNode(['--import', peakMemory, keyproof, ...args], cwd);
    mustHaveRun(result);
    return Number(String(output[3])) / 1024;
  });
  const value = medianOf(peaks);
  return { figure: `${value.toFixed(0)} MB`, value };
}

function timeOf(args, cwd) {
  const start = performance.now();
  const result = runNode(args, cwd);
  const time = performance.now() - start;
  mustHaveRun(result);
  return time;
}

function runNode(args, cwd) {
  return spawnSync(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

// Findings and unreadable inputs are results; a crash would measure the wrong thing.
function mustHaveRun({ status, stderr, error }) {
  const problem = String(stderr);
  if (error === undefined && status !== null && !problem.includes('keyproof itself failed')) return;
  throw new Error(`a measured process failed: ${error?.message ?? problem.slice(0, 2000)}`);
}

export function medianOf(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
