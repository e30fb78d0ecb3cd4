import { defineConfig } from 'vitest/config';
import type { Reporter } from 'vitest/reporters';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // Nothing below the shells has global state, so test files can share their modules.
    isolate: false,
    reporters: ['default', tally()],
  },
});

/**
 * The last line of a run, for machines. A file that cannot even be loaded and an error outside any test
 * each count as one that failed; what was skipped is in vitest's own summary.
 */
function tally(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const count = (state: string): number =>
        tests.filter((test) => test.result().state === state).length;
      const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
      const broken = suites.reduce((sum, suite) => sum + suite.errors().length, 0);
      const failed = count('failed') + count('pending') + broken + unhandledErrors.length;
      process.stdout.write(`${count('passed')} passed, ${failed} failed\n`);
    },
  };
}
