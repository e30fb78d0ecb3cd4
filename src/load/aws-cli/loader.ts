import type { Inventory } from '../../inventory/index.js';
import { decodeText, wholeOf } from '../../source/index.js';
import type { Diagnostic, Files, Parsed, Source } from '../../source/index.js';
import { parseDocuments } from '../documents.js';
import type { LoadEntry, Loader, LoadSettings } from '../loader.js';
import { build } from './build.js';
import type { Fact } from './facts.js';
import { createKnowledge } from './knowledge.js';
import type { Knowledge, Placed } from './knowledge.js';
import { namedForNothing } from './nothing.js';
import { findOutput } from './outputs.js';
import { parentOf } from './subject.js';

/** Output of the AWS CLI or of SDKs, saved one call a file, as JSON or YAML. */
export const awsCli: Loader = {
  name: 'AWS CLI output',
  recognizes: (path, head) =>
    findOutput({ path, text: head }) !== undefined || namedForNothing(path, head) !== undefined,
  load: (source, files, settings) => loadAll([{ source, settings }], files),
  loadAll,
};

function loadAll(entries: readonly LoadEntry[], files: Files): Parsed<Inventory> {
  const diagnostics: Diagnostic[] = [];
  const placed = entries.flatMap(({ source, settings }) => {
    const facts = readFacts(source);
    diagnostics.push(...facts.diagnostics);
    return facts.value.map((fact) => ({ fact, path: source.path, settings }));
  });
  const knowledge = knowledgeFor(placed, entries, files);
  const { value, diagnostics: built } = build(placed, knowledge);
  return { value, diagnostics: [...diagnostics, ...built] };
}

function readFacts(source: Source): Parsed<readonly Fact[]> {
  const { path, text } = source;
  const output = findOutput({ path, text });
  const { value, diagnostics } = parseDocuments(source);
  const [root] = value.nodes;
  // What is left of a broken list could pass for the whole.
  if (root === undefined || diagnostics.some(({ severity }) => severity === 'error')) {
    return { value: [], diagnostics: diagnostics.map((one) => hinted(one, output?.command)) };
  }
  if (output?.read !== undefined) return { value: [...output.read({ path, root })], diagnostics };
  const command = output?.command ?? namedForNothing(path, text);
  if (command === undefined) return { value: [], diagnostics };
  return {
    value: [{ kind: 'nothing', command, span: { ...wholeOf(source), end: 0 } }],
    diagnostics,
  };
}

function hinted(diagnostic: Diagnostic, command: string | undefined): Diagnostic {
  const what = command === undefined ? 'the output' : `the output of \`aws ${command}\``;
  return { hint: `save ${what} again, whole and unedited`, ...diagnostic };
}

/**
 * What the outputs of the run state and, where that leaves an account or Region open, those that lie
 * beside them.
 */
function knowledgeFor(
  placed: readonly Placed[],
  entries: readonly LoadEntry[],
  files: Files,
): Knowledge {
  const knowledge = createKnowledge(placed);
  const folders = new Set(
    placed.filter((one) => isOpen(one, knowledge)).flatMap(({ path }) => foldersAround(path)),
  );
  if (folders.size === 0) return knowledge;
  const read = new Set(entries.map(({ source }) => source.path));
  const beside = [...folders].flatMap((folder) => readBeside(folder, read, files));
  return createKnowledge([...placed, ...beside]);
}

function isOpen(placed: Placed, knowledge: Knowledge): boolean {
  const { fact } = placed;
  const isNamed =
    (fact.kind === 'key' && fact.key.by !== 'arn') ||
    (fact.kind === 'dependant' && typeof fact.resource !== 'string') ||
    (fact.kind === 'principal' && fact.principal.by === 'name');
  if (!isNamed) return false;
  if (fact.kind === 'key' && fact.key.by === 'id') {
    return knowledge.keyWithId(fact.key.id, placed) === undefined;
  }
  return knowledge.accountOf(placed) === undefined || knowledge.regionOf(placed) === undefined;
}

/** How many folders up from an output those are that may say where it comes from. */
const foldersMax = 3;

function foldersAround(path: string): readonly string[] {
  const folders: string[] = [];
  for (
    let at = parentOf(path);
    at !== undefined && folders.length < foldersMax;
    at = parentOf(at)
  ) {
    folders.push(at);
  }
  return folders;
}

/** How many files of a folder are looked at for what they state. */
const besideMax = 200;

function readBeside(folder: string, read: ReadonlySet<string>, files: Files): readonly Placed[] {
  const names = files.list(folder);
  if ('unreadable' in names) return [];
  return names
    .filter((name) => /\.(?:json|ya?ml)$/i.test(name))
    .slice(0, besideMax)
    .map((name) => (folder === '' ? name : `${folder}/${name}`))
    .filter((path) => !read.has(path))
    .flatMap((path) => {
      const bytes = files.read(path);
      if (bytes === undefined || 'unreadable' in bytes) return [];
      const source = decodeText(path, bytes).value;
      if (source === undefined || findOutput({ path, text: source.text })?.read === undefined) {
        return [];
      }
      return readFacts(source).value.map((fact) => ({ fact, path, settings: noSettings }));
    });
}

// What an output states outright does not hang on settings.
const noSettings: LoadSettings = { parameters: {}, kinds: {} };
