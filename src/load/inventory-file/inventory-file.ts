import { emptyInventory, type Inventory } from '../../inventory/index.js';
import type { Diagnostic, Files, Node, Parsed, Source } from '../../source/index.js';
import { commentDirectives } from '../directives.js';
import { parseDocuments } from '../documents.js';
import type { Loader, LoadSettings } from '../loader.js';
import { readFields, wrongValue, type Fields, type Report } from './fields.js';
import { readAliases, readKeys } from './keys.js';
import { readAccounts, readComplete, readGroups, readPrincipals } from './members.js';
import { createPolicyReader } from './policies.js';
import type { Reading } from './reading.js';
import { withUnknowns } from './unknowns.js';
import { readDocuments, readEndpoints, readResources, readTrails } from './uses.js';

/** The native format: an estate written down by hand, or printed by `keyproof inventory`. */
export const inventoryFiles: Loader = {
  name: 'inventory file',
  recognizes: (path, text) =>
    /\.keyproof\.(?:ya?ml|json)$/i.test(path) || (path === '-' && showsMark(text)),
  load,
  partsOf,
};

/** What standard input is known by, where nothing says its name. */
function showsMark(text: string): boolean {
  return (
    /^(?:\s*\{\s*)?["']?version["']?\s*:\s*1\b/m.test(text) &&
    /^\s*["']?(?:accounts|principals|keys|groups|endpoints|resources)["']?\s*:/m.test(text)
  );
}

const sections = [
  'version',
  'accounts',
  'groups',
  'principals',
  'keys',
  'aliases',
  'endpoints',
  'resources',
  'trails',
  'documents',
  'complete',
];

function load(source: Source, files: Files, settings: LoadSettings): Parsed<Inventory> {
  const { inventory, top, diagnostics, unit } = begun.get(source) ?? begin(source, files);
  begun.delete(source);
  const uses = top && readUses(top, files, { source, unit, settings });
  return {
    value: { ...inventory, dependants: uses?.value ?? [] },
    diagnostics: uses === undefined ? diagnostics : [...diagnostics, ...uses.diagnostics],
  };
}

/** The policy files that an inventory file points to. */
function partsOf(source: Source, files: Files): readonly string[] {
  const paths = new Set<string>();
  const recording: Files = {
    read: (path) => {
      paths.add(path);
      return files.read(path);
    },
    list: (folder) => files.list(folder),
  };
  const file = begin(source, recording);
  begun.set(source, file);
  const settings = { parameters: {}, kinds: {} };
  if (file.top !== undefined) readUses(file.top, recording, { source, unit: file.unit, settings });
  return [...paths];
}

/** A file that has been read, but for what hangs on the settings of the run. */
interface Begun {
  readonly inventory: Inventory;
  readonly top: Fields | undefined;
  readonly unit: string;
  readonly diagnostics: readonly Diagnostic[];
}

// Between being asked for its parts and being loaded: to read a large file twice takes its time.
const begun = new WeakMap<Source, Begun>();

function begin(source: Source, files: Files): Begun {
  const { value, diagnostics: syntax } = parseDocuments(source);
  const diagnostics: Diagnostic[] = [...syntax];
  const report: Report = (diagnostic) => {
    diagnostics.push(diagnostic);
  };
  const unit = source.path;
  const policies = createPolicyReader(source, files, report);
  const reading: Reading = { unit, settings: { parameters: {}, kinds: {} }, policies, report };
  const [node, ...others] = value.nodes;
  const second = others[0];
  if (second !== undefined) {
    const hint = 'write one document a file';
    report(wrongValue(second.span, 'an inventory file holds one document', hint));
  }
  if (node === undefined && syntax.length === 0) {
    const span = { source, start: 0, end: source.text.length };
    report(wrongValue(span, 'the inventory file is empty', 'start with `version: 1`'));
  }
  const top = node && readTop(node, reading);
  if (top === undefined) return { inventory: emptyInventory, top, unit, diagnostics };
  const inventory: Inventory = {
    accounts: readAccounts(top.list('accounts'), reading),
    groups: readGroups(top.list('groups'), reading),
    principals: readPrincipals(top.list('principals'), reading),
    keys: readKeys(top.list('keys'), reading),
    aliases: readAliases(top.list('aliases'), reading),
    endpoints: readEndpoints(top.list('endpoints'), reading),
    dependants: [],
    trails: readTrails(top.list('trails'), reading),
    documents: readDocuments(top.list('documents'), reading),
    calls: [],
    directives: commentDirectives(value.comments, value.nodes),
    complete: new Set(readComplete(top, reading)),
  };
  return { inventory, top, unit, diagnostics };
}

// Where a resource is, the settings of the run may tell.
function readUses(
  top: Fields,
  files: Files,
  { source, unit, settings }: Pick<Reading, 'unit' | 'settings'> & { readonly source: Source },
): Parsed<Inventory['dependants']> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => {
    diagnostics.push(diagnostic);
  };
  const policies = createPolicyReader(source, files, report);
  const value = readResources(top.list('resources'), { unit, settings, policies, report });
  return { value, diagnostics };
}

function readTop(node: Node, { unit, report }: Reading): Fields | undefined {
  const usesUnknowns = /!Sub|!If|Fn::/.test(node.span.source.text);
  const resolved = usesUnknowns ? withUnknowns(node, unit) : node;
  const fields = readFields(resolved, 'an inventory file', sections, report);
  if (fields === undefined) return undefined;
  const version = fields.node('version');
  const isOne = version?.kind === 'scalar' && String(version.value) === '1';
  if (!isOne) {
    const message =
      version === undefined
        ? 'the inventory file does not say its version'
        : 'this version of the inventory format is not known';
    report(wrongValue(version?.span ?? node.span, message, 'write `version: 1`'));
  }
  return fields;
}
