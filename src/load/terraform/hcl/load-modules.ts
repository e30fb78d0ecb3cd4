import { merge, type Inventory } from '../../../inventory/index.js';
import type { Diagnostic, Files, Parsed, Source } from '../../../source/index.js';
import { commentDirectives } from '../../directives.js';
import type { LoadEntry } from '../../loader.js';
import { folderOf, normalPath } from '../../paths.js';
import { buildInventory } from '../build-inventory.js';
import { foldersCalled } from './calls.js';
import { checkReferences } from './check-references.js';
import { createModule } from './create-module.js';
import { isConfiguration, moduleOf, readModule, sourceAt, type Module } from './module.js';
import { outline } from './outline.js';
import { readFile } from './read-file.js';
import { givenBy, isRead } from './variables.js';

export { prepareGrammar } from './grammar.js';

/** A module that no other one of the run calls. */
interface Root {
  readonly module: Module;
  readonly entries: readonly LoadEntry[];
}

/** What configurations come to: each folder of files is a module, and one that no other calls a root. */
export function loadModules(entries: readonly LoadEntry[], files: Files): Parsed<Inventory> {
  const groups = new Map<string, LoadEntry[]>();
  const values: LoadEntry[] = [];
  for (const entry of entries) {
    if (!isConfiguration(entry.source.path)) values.push(entry);
    else {
      const folder = normalPath(folderOf(entry.source.path));
      groups.set(folder, [...(groups.get(folder) ?? []), entry]);
    }
  }
  const modules = new Map<string, Module | undefined>(
    [...groups].map(([folder, group]) => [
      folder,
      moduleOf(
        folder,
        group.map(({ source }) => source),
      ),
    ]),
  );
  const open = (folder: string): Module | undefined => {
    if (!modules.has(folder)) modules.set(folder, readModule(folder, files));
    return modules.get(folder);
  };
  const roots = rootsOf(groups, open);
  const parts = roots.map((root) =>
    loadRoot(root, valuesOf(root, values, roots, files), open, files),
  );
  const merged = merge(parts.map(({ value }) => value));
  const read = [...modules.values()].filter((module) => module !== undefined);
  return {
    value: { ...merged.value, directives: read.flatMap(directivesOf) },
    diagnostics: [
      ...values.flatMap(({ source }) => readFile(source).diagnostics),
      ...read.flatMap((module) => module.diagnostics),
      ...read.filter((module) => isComplete(module, files)).flatMap(checkReferences),
      ...parts.flatMap(({ diagnostics }) => diagnostics),
      ...merged.diagnostics,
    ],
  };
}

/** The modules that no other one calls; of modules that call each other, the first. */
function rootsOf(
  groups: ReadonlyMap<string, readonly LoadEntry[]>,
  open: (folder: string) => Module | undefined,
): readonly Root[] {
  const calledBy = new Map(
    [...groups.keys()].map((folder) => {
      const module = open(folder);
      return [folder, module ? foldersCalled(module, open) : new Set<string>()];
    }),
  );
  const taken = new Set<string>();
  const roots: Root[] = [];
  const take = (folder: string): void => {
    const module = open(folder);
    if (module) roots.push({ module, entries: groups.get(folder) ?? [] });
    for (const inside of calledBy.get(folder) ?? []) taken.add(inside);
  };
  const isCalled = (folder: string): boolean =>
    [...calledBy].some(([caller, called]) => caller !== folder && called.has(folder));
  const folders = [...groups.keys()].sort((a, b) => a.length - b.length);
  for (const folder of folders) if (!isCalled(folder)) take(folder);
  for (const folder of folders) {
    const isRoot = roots.some(({ module }) => module.folder === folder);
    if (!isRoot && !taken.has(folder)) take(folder);
  }
  return roots;
}

/**
 * The files of values for the variables of a root: those that Terraform reads of itself, then those that
 * are named to the run, of its own folder or of one that has no configuration.
 */
function valuesOf(
  { module }: Root,
  values: readonly LoadEntry[],
  roots: readonly Root[],
  files: Files,
): readonly Source[] {
  const names = files.list(module.folder);
  const own = 'unreadable' in names ? [] : names.filter(isRead);
  const read = values.filter(({ source }) => isRead(source.path));
  const sources = own.sort(byReading).flatMap((name) => {
    const path = normalPath(module.folder === '.' ? name : `${module.folder}/${name}`);
    return (
      read.find(({ source }) => normalPath(source.path) === path)?.source ?? sourceOf(path, files)
    );
  });
  const folders = new Set(roots.map((root) => root.module.folder));
  const named = values.filter(({ source }) => {
    const folder = normalPath(folderOf(source.path));
    return !isRead(source.path) && (folder === module.folder || !folders.has(folder));
  });
  return [...sources, ...named.map(({ source }) => source)];
}

function byReading(a: string, b: string): number {
  const rank = (name: string): number => (name.startsWith('terraform.tfvars') ? 0 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function loadRoot(
  { module, entries }: Root,
  values: readonly Source[],
  open: (folder: string) => Module | undefined,
  files: Files,
): Parsed<Inventory> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const [first] = entries;
  const settings = first?.settings ?? { parameters: {}, kinds: {} };
  const root = createModule({
    unit: module.folder,
    prefix: '',
    rootFolder: module.folder,
    files,
    report,
    budget: { steps: 0, depth: 0, isTold: false },
    module,
    settings,
    given: (scope) =>
      givenBy(values, settings.parameters, module.variables, { scope, names: new Map() }),
    passed: new Map(),
    within: [],
    open,
  });
  const value = buildInventory(root.resources(), report);
  return { value, diagnostics: distinct(diagnostics) };
}

/** A module that is called twice has its problems once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { source, start, end } = diagnostic.span;
    const mark = `${diagnostic.code} ${source.path} ${String(start)} ${String(end)} ${diagnostic.message}`;
    if (!seen.has(mark)) seen.set(mark, diagnostic);
  }
  return [...seen.values()];
}

function isComplete(module: Module, files: Files): boolean {
  const names = files.list(module.folder);
  const count = 'unreadable' in names ? 0 : names.filter(isConfiguration).length;
  return count <= module.files.length;
}

function directivesOf({ files }: Module): Inventory['directives'] {
  return files.flatMap(({ comments, body }) => {
    const mayBe = comments.some(({ text }) => /keyproof/i.test(text));
    return mayBe ? commentDirectives(comments, [outline(body)]) : [];
  });
}

function sourceOf(path: string, files: Files): readonly Source[] {
  const source = sourceAt(path, files);
  return source ? [source] : [];
}
