#!/usr/bin/env node
// Starts the bundled command line. Most of what starting takes is reading code, so what V8 made of the code
// is kept beside it: for each version of Node and each command, since each uses other parts. Where nothing
// can be written, each run reads the code anew. What is kept is as good as the scripts that it lies beside.
'use strict';

const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const root = join(__dirname, '..');
const folder = join(root, 'dist', 'cli');
const kept = join(folder, 'kept');
const argv = process.argv.slice(2);
const [command = ''] = argv;
/** Parts of Node that take long to load; whoever uses one gets it then. */
const slow = new Set(['child_process', 'crypto', 'fs/promises', 'readline', 'tty', 'zlib']);
const started = new Map();

const { commands, main } = start('keyproof.cjs');
if (require.main === module) main(argv, root, commands).then(keep);

module.exports = { commands, main };

function start(name) {
  const before = started.get(name);
  if (before !== undefined) return before.module.exports;
  const path = join(folder, name);
  const source = readFileSync(path, 'latin1');
  const keptPath = join(kept, keptName(name, source));
  const cachedData = contentOf(keptPath);
  const script = new Script(source, { filename: path, cachedData });
  const module = { exports: {} };
  const isNew = cachedData === undefined || script.cachedDataRejected;
  started.set(name, { module, script, keptPath, isNew });
  script.runInThisContext()(module.exports, load, module, path, folder);
  return module.exports;
}

/** A script's own digest stands at its end. */
function keptName(name, source) {
  const digest = source.slice(-65, -49);
  return `${/^[a-z-]*/.exec(command)}-${name}-${digest}-${process.version}-${process.arch}`;
}

function load(id) {
  if (id.startsWith('./')) return start(id.slice(2));
  // oclif asks for the commands by the path that package.json names.
  if (id === join(folder, 'keyproof.cjs')) return started.get('keyproof.cjs').module.exports;
  const part = id.replace(/^node:/, '');
  if (!slow.has(part)) return require(id);
  return new Proxy({}, { get: (_, name) => require(part)[name] });
}

function contentOf(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Keeps what was compiled so far, whole or not at all, for runs that start at the same time. */
function keep() {
  if (!Object.hasOwn(commands, command)) return;
  try {
    for (const { script, keptPath, isNew } of started.values()) {
      if (!isNew) continue;
      mkdirSync(kept, { recursive: true });
      const unfinished = `${keptPath}.${process.pid}`;
      writeFileSync(unfinished, script.createCachedData());
      renameSync(unfinished, keptPath);
    }
  } catch {
    // A read-only disk, or a full one: the next run reads the code anew.
  }
}
