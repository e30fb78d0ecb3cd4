import { nowhere } from '../load/index.js';
import { decodeText, findEntry, parseJson, type Diagnostic, type Parsed } from '../source/index.js';
import { parentOf, relativePath } from './paths.js';
import type { ConfigPorts } from './ports.js';

/**
 * The configuration file of a working directory, by its path from the root of the disk: in it, or in the
 * nearest folder above it up to the root of the working tree. `undefined`: there is none.
 */
export function findConfig(ports: ConfigPorts): Parsed<string | undefined> {
  const { workingDirectory, workingTree } = ports;
  for (let folder = workingDirectory; ; folder = parentOf(folder)) {
    const [name, second] = namesIn(folder, ports);
    if (name !== undefined) {
      const value = `${folder === '/' ? '' : folder}/${name}`;
      if (second === undefined) return { value, diagnostics: [] };
      const path = relativePath(value, workingDirectory);
      return { value: undefined, diagnostics: [several(name, second, path)] };
    }
    if (folder === workingTree || folder === parentOf(folder)) break;
  }
  return { value: undefined, diagnostics: [] };
}

const NAMES = /^keyproof\.config\.(?:[cm]?[jt]s|json|ya?ml)$/;

/** The manifest of a package, where a configuration may stand under the key `keyproof`. */
export const MANIFEST = 'package.json';

function namesIn(folder: string, ports: ConfigPorts): readonly string[] {
  const names = ports.files.list(relativePath(folder, ports.workingDirectory));
  // Where nobody may look there is nothing to find.
  if ('unreadable' in names) return [];
  const own = names.filter((name) => NAMES.test(name)).sort();
  return names.includes(MANIFEST) && isInManifest(folder, ports) ? [...own, MANIFEST] : own;
}

function isInManifest(folder: string, { files, workingDirectory }: ConfigPorts): boolean {
  const path = relativePath(`${folder}/${MANIFEST}`, workingDirectory);
  const bytes = files.read(path);
  if (!(bytes instanceof Uint8Array)) return false;
  const source = decodeText(path, bytes).value;
  // Nearly every manifest says nothing of it, and need not be parsed to know.
  if (source === undefined || !source.text.includes('"keyproof"')) return false;
  return findEntry(parseJson(source).value, 'keyproof') !== undefined;
}

function several(first: string, second: string, path: string): Diagnostic {
  return {
    code: 'several-configurations',
    severity: 'error',
    message: `\`${first}\` and \`${second}\` both configure keyproof`,
    span: nowhere(path),
    hint: 'keep one of them, or name one with `--config`',
  };
}
