import { readFileSync, readdirSync } from 'node:fs';
import type { Inventory } from '../../../src/inventory/index.js';
import { load } from '../../../src/load/index.js';
import { parsePolicyTests } from '../../../src/policy-tests/index.js';
import type { PolicyTest } from '../../../src/policy-tests/index.js';
import type { Diagnostic } from '../../../src/source/index.js';
import { filesUnder } from '../../load/disk.js';

/** A file of questions with worked answers, and the estate that they are about. */
interface QuestionFile {
  readonly name: string;
  readonly text: string;
  readonly tests: readonly PolicyTest[];
  readonly inventory: Inventory;
  readonly diagnostics: readonly Diagnostic[];
}

const folder = 'fixtures/authorization/questions';

export function questionFiles(): readonly QuestionFile[] {
  const files = filesUnder('.');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.kms-test.yaml'))
    .map((name) => {
      const path = `${folder}/${name}`;
      const text = readFileSync(path, 'utf8');
      const { value, diagnostics } = parsePolicyTests({ path, text }, files);
      const paths = value.inventory.map((file) => `${folder}/${file.path.replace('./', '')}`);
      const settingsOf = () => ({ parameters: {}, kinds: {} });
      const loaded = load({ paths, files, settingsOf });
      return {
        name,
        text,
        tests: value.tests,
        inventory: loaded.inventory,
        diagnostics: [...diagnostics, ...loaded.diagnostics],
      };
    });
}
