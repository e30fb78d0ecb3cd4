import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isUpdate, run as start, withoutTimes } from './run.js';
import { parseScenario, printScenario, wordsOf, type Result, type Scenario } from './scenario.js';

// `KEYPROOF_UPDATE=1 npx vitest run test/commands` writes what happens into the files, to be reviewed.
const FOLDER = 'fixtures/commands';
const stories = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.scenario'))
  .map((name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const scenario = parseScenario(text);
    return { name, text, scenario, folder: unpack(scenario) };
  });

const results = runAll();

afterAll(() => {
  for (const { folder } of stories) rmSync(folder, { recursive: true });
});

describe('the command line', () => {
  for (const { name, text, scenario } of stories) {
    test(name, () => {
      const runs = scenario.runs.map((run) => ({ ...run, result: results.get(run) ?? run.result }));
      const actual = printScenario({ ...scenario, runs });
      if (isUpdate) writeFileSync(join(FOLDER, name), actual);
      else expect(actual).toBe(text);
    });
  }
});

function unpack(scenario: Scenario): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-'));
  for (const { path, text } of scenario.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs with standard input get a process of their own, all others share one. */
function runAll(): ReadonlyMap<Scenario['runs'][number], Result> {
  const runs = stories.flatMap(({ scenario, folder }) =>
    scenario.runs.map((run) => ({ run, folder, argv: wordsOf(run.command) })),
  );
  const shared = runs.filter(({ run }) => run.stdin === '');
  const together = JSON.parse(
    start('test/commands/harness.mjs', [], { input: JSON.stringify(shared) }).stdout,
  ) as readonly Result[];
  const alone = runs
    .filter(({ run }) => run.stdin !== '')
    .map(
      ({ run, folder, argv }) =>
        [run, start('bin/run.js', argv, { folder, input: run.stdin })] as const,
    );
  const found = shared.map(({ run }, index) => [run, together[index]] as const);
  return new Map(
    [...found, ...alone].flatMap(([run, result]) => (result ? [[run, normalize(result)]] : [])),
  );
}

function normalize({ stdout, stderr, status }: Result): Result {
  return { stdout: withoutTimes(stdout), stderr: withoutTimes(stderr), status };
}
