import { isExcluded, type Config } from '../config/index.js';
import type { Host } from '../host/index.js';
import { emptyInventory, type Inventory } from '../inventory/index.js';
import { candidatesOf, nowhere } from '../load/index.js';
import {
  parsePolicyTests,
  runPolicyTest,
  type PolicyTest,
  type PolicyTestFile,
  type PolicyTestResult,
} from '../policy-tests/index.js';
import type { TestReport, TestResult } from '../report/index.js';
import { decodeText, type Diagnostic, type Parsed } from '../source/index.js';
import { findConfig } from './config.js';
import { loadEstateBy, type EstateInput } from './estate.js';
import { interruption } from './interruption.js';
import { mistake, type Mistake } from './mistake.js';

/** Runs the policy tests of the files under the paths. */
export async function test(input: EstateInput, host: Host): Promise<TestReport | Mistake> {
  const configured = await findConfig(input.config, host);
  if ('kind' in configured) return configured;
  const { value: config } = configured;
  const found = findTestFiles(input, config, host);
  if (found.value.length === 0 && found.diagnostics.length === 0 && input.emptiness === 'refused') {
    return mistake(
      'there are no policy tests here',
      'their files are called `*.kms-test.yaml`, `.yml`, `.json` or `.jsonl`',
    );
  }
  const diagnostics = [...configured.diagnostics, ...found.diagnostics];
  const estates = createEstates(input, config, host, diagnostics);
  const tests: TestResult[] = [];
  const files = found.value.map((path) => ({ path, file: readTestFile(path, input, host) }));
  diagnostics.push(...files.flatMap(({ file }) => file.diagnostics));
  const total = files.reduce((sum, { file }) => sum + file.value.tests.length, 0);
  for (const { path, file } of files) {
    const inventory = file.value.tests.some(needsInventory)
      ? await estates.of(path, file.value)
      : emptyInventory;
    if ('kind' in inventory) return inventory;
    for (const one of file.value.tests) {
      if ((await host.progress.pause('policy tests run', tests.length, total)) === 'stop') {
        const done = `${tests.length} of ${total} policy tests were run`;
        return { kind: 'test', tests, diagnostics: [...diagnostics, interruption(done)] };
      }
      tests.push(resultOf(runPolicyTest(one, inventory), path));
    }
  }
  return { kind: 'test', tests, diagnostics };
}

/** Whether a file holds policy tests, by its name. */
export function isTestFile(path: string): boolean {
  return /\.kms-test\.(ya?ml|jsonl?)$/i.test(path);
}

function findTestFiles(input: EstateInput, config: Config, host: Host): Parsed<readonly string[]> {
  const paths = input.paths.length > 0 ? input.paths : ['.'];
  const { value, diagnostics } = candidatesOf(paths, host.files, (path) =>
    isExcluded(config, path),
  );
  const chosen = value.filter(({ path, from }) => from === 'named' || isTestFile(path));
  return { value: chosen.map(({ path }) => path), diagnostics };
}

function readTestFile(path: string, input: EstateInput, host: Host): Parsed<PolicyTestFile> {
  const bytes = host.files.read(path);
  const nothing: PolicyTestFile = { inventory: [], tests: [] };
  if (!(bytes instanceof Uint8Array)) {
    return { value: nothing, diagnostics: [unreadable(path, bytes?.unreadable ?? 'it is gone')] };
  }
  const shown = path === '-' ? (input.stdinFilename ?? path) : path;
  const source = decodeText(shown, bytes);
  if (source.value === undefined) return { value: nothing, diagnostics: source.diagnostics };
  const file = parsePolicyTests(source.value, host.files);
  return { value: file.value, diagnostics: [...source.diagnostics, ...file.diagnostics] };
}

function unreadable(path: string, why: string): Diagnostic {
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `the file \`${path}\` cannot be read: ${why}`,
    span: nowhere(path),
    hint: 'allow reading it, or leave it out',
  };
}

function needsInventory(one: PolicyTest): boolean {
  return one.kind === 'question' || one.policies === undefined;
}

interface Estates {
  of(path: string, file: PolicyTestFile): Promise<Inventory | Mistake>;
}

/** Loads what test files are judged against, each estate once. */
function createEstates(
  input: EstateInput,
  config: Config,
  host: Host,
  diagnostics: Diagnostic[],
): Estates {
  const loaded = new Map<string, Inventory>();
  return {
    async of(path, file) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const named = file.inventory.map((one) => inFolder(folder, one.path));
      const id = JSON.stringify(named);
      const before = loaded.get(id);
      if (before !== undefined) return before;
      // Without an inventory of their own, tests are about what lies beside them in the run.
      const paths = named.length > 0 ? named : [folder === '' ? '.' : folder];
      const whole: EstateInput = { ...input, paths, emptiness: 'allowed' };
      const estate = await loadEstateBy(config, whole, host.files, host);
      if ('kind' in estate) return estate;
      diagnostics.push(...estate.diagnostics);
      loaded.set(id, estate.inventory);
      return estate.inventory;
    },
  };
}

function inFolder(folder: string, path: string): string {
  return path.startsWith('/') ? path : folder + path;
}

function resultOf(
  { test: one, actual, passed, because, missing }: PolicyTestResult,
  file: string,
): TestResult {
  return { name: one.name, file, expected: one.expect, actual, passed, because, missing };
}
