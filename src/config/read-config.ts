import { nowhere } from '../load/index.js';
import {
  decodeText,
  findEntry,
  itemsOf,
  find,
  parseJson,
  parseYaml,
  type Diagnostic,
  type Node,
  type Parsed,
  type Source,
  type Span,
} from '../source/index.js';
import { MANIFEST } from './find-config.js';
import type { KeyproofConfig, Suppression } from './keyproof-config.js';
import { parentOf, relativePath } from './paths.js';
import type { ConfigPorts } from './ports.js';
import { schemaProblems, type Checked } from './schema-problems.js';
import { validate } from './validate.js';
import { plainValue } from './plain-value.js';

/** What one configuration file says. */
export interface ConfigFile {
  /** From the root of the disk. */
  readonly path: string;
  readonly config: KeyproofConfig;
  readonly suppressions: readonly PlacedSuppression[];
}

/** A suppression with its place in the configuration. */
export interface PlacedSuppression extends Suppression {
  readonly span: Span;
}

/** Where a configuration file is. */
export interface ConfigPath {
  /** From the root of the disk. */
  readonly path: string;
  /** Whether it belongs to a package that is installed for the working tree. */
  readonly from: 'package' | 'tree';
}

/** Reads and checks one configuration file; `undefined` where it cannot be used, which diagnostics explain. */
export async function readConfig(
  { path, from }: ConfigPath,
  ports: ConfigPorts,
): Promise<Parsed<ConfigFile | undefined>> {
  const shown = relativePath(path, ports.workingDirectory);
  const written = /\.[cm]?[jt]s$/.test(path)
    ? await runConfig({ path, from }, shown, ports)
    : parseConfig(shown, ports);
  const { value, diagnostics } = written;
  if (value === undefined) return { value: undefined, diagnostics };
  const errors = await validate(value.config, 'config');
  const problems = schemaProblems(errors, value.checked);
  if (problems.length > 0) return { value: undefined, diagnostics: [...diagnostics, ...problems] };
  // The schema has just said so.
  const config = value.config as KeyproofConfig;
  return { value: { path, config, suppressions: placed(config, value.checked) }, diagnostics };
}

interface Written {
  readonly config: unknown;
  readonly checked: Checked;
}

function parseConfig(path: string, { files }: ConfigPorts): Parsed<Written | undefined> {
  const bytes = files.read(path);
  if (bytes === undefined) return failed(path, `there is no file \`${path}\``);
  if ('unreadable' in bytes) {
    return failed(path, `the file \`${path}\` cannot be read: ${bytes.unreadable}`);
  }
  const { value: source, diagnostics } = decodeText(path, bytes);
  if (source === undefined) return { value: undefined, diagnostics };
  const parsed = nodeIn(source);
  if (parsed.diagnostics.some(({ severity }) => severity === 'error')) {
    return { value: undefined, diagnostics: parsed.diagnostics };
  }
  // Whoever empties the file wants the defaults.
  const node: Node = parsed.value ?? { kind: 'mapping', entries: [], span: nowhere(path) };
  return {
    value: { config: plainValue(node), checked: { kind: 'text', node } },
    diagnostics: parsed.diagnostics,
  };
}

function nodeIn(source: Source): Parsed<Node | undefined> {
  if (source.path.endsWith('.json')) {
    const { value, diagnostics } = parseJson(source);
    const isManifest = source.path === MANIFEST || source.path.endsWith(`/${MANIFEST}`);
    return { value: isManifest ? findEntry(value, 'keyproof')?.value : value, diagnostics };
  }
  const { value, diagnostics } = parseYaml(source);
  return { value: value.documents[0], diagnostics };
}

/** INVARIANT: code runs only from the root of the working tree, or out of an installed package. */
async function runConfig(
  { path, from }: ConfigPath,
  shown: string,
  ports: ConfigPorts,
): Promise<Parsed<Written | undefined>> {
  if (from === 'tree' && parentOf(path) !== ports.workingTree) {
    const root = relativePath(ports.workingTree, ports.workingDirectory);
    return failed(
      shown,
      'a configuration that is code runs only from the root of the working tree',
      `move it to \`${root}\`, or write it as YAML or JSON`,
    );
  }
  const result = await ports.runModule(path);
  if ('unreadable' in result) return failed(shown, `it cannot be run: ${result.unreadable}`);
  const { value } = result;
  return { value: { config: value, checked: { kind: 'code', path: shown } }, diagnostics: [] };
}

function placed(config: KeyproofConfig, checked: Checked): readonly PlacedSuppression[] {
  const nodes = checked.kind === 'text' ? itemsOf(find(checked.node, 'suppressions')) : [];
  const otherwise = checked.kind === 'text' ? checked.node.span : nowhere(checked.path);
  return (config.suppressions ?? []).map((suppression, index) => ({
    ...suppression,
    span: nodes[index]?.span ?? otherwise,
  }));
}

function failed(path: string, message: string, hint?: string): Parsed<undefined> {
  const diagnostic: Diagnostic = {
    code: 'unusable-configuration',
    severity: 'error',
    message,
    span: nowhere(path),
    ...(hint === undefined ? {} : { hint }),
  };
  return { value: undefined, diagnostics: [diagnostic] };
}
