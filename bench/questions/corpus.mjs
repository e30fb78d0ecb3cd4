// Asks of every key of the real files below a folder what everyone whom the file names may do with it:
// `node corpus.mjs <folder>`. Prints, as JSON, how many questions there were and which one took longest.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answer } from '../../dist/src/authorization/answers/index.js';
import { documentsOf, parseCaller } from '../../dist/src/inventory/index.js';
import { load } from '../../dist/src/load/index.js';

const root = process.argv[2];
const actions = ['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'];
const readable = /^(?:cfn|sam|cdk|aws-cli|policy|tf-plan|iam)/;

const slowest = { timeMs: 0 };
let questions = 0;
for (const { file, format } of JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'))) {
  if (readable.test(format)) askAbout(file);
}
process.stdout.write(JSON.stringify({ questions, ...slowest }));

function askAbout(file) {
  const settingsOf = () => ({ parameters: {}, kinds: {} });
  const { inventory } = load({ paths: [file], files: filesBelow(root), settingsOf });
  const callers = callersIn(inventory);
  for (const { arn: resource } of inventory.keys) {
    for (const caller of callers.values()) {
      for (const action of actions) {
        const request = { caller, action, resource, context: new Map() };
        const timeMs = timeOf(inventory, request);
        questions += 1;
        if (timeMs > slowest.timeMs)
          Object.assign(slowest, { timeMs, question: `${action} in ${file}` });
      }
    }
  }
}

// What seems slow is asked again, as the machine may have done something else meanwhile.
function timeOf(inventory, request) {
  let best = Infinity;
  for (let turn = 0; turn < 5 && best > slowest.timeMs; turn += 1) {
    const start = performance.now();
    answer(inventory, request);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function callersIn(inventory) {
  const callers = new Map([['anonymous', { kind: 'anonymous' }]]);
  const add = (text) => {
    const caller = parseCaller(text);
    if (caller !== undefined) callers.set(text, caller);
  };
  for (const { arn } of inventory.principals) add(arn);
  for (const { document } of documentsOf(inventory)) {
    for (const statement of document.statements) {
      for (const { text } of statement.principal?.entries ?? []) add(text);
    }
  }
  return callers;
}

function filesBelow(folder) {
  return {
    read: (path) => {
      try {
        return readFileSync(join(folder, path));
      } catch {
        return undefined;
      }
    },
    list: (path) => {
      try {
        return readdirSync(join(folder, path)).map((name) =>
          statSync(join(folder, path, name)).isDirectory() ? `${name}/` : name,
        );
      } catch {
        return [];
      }
    },
  };
}
