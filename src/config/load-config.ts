import { nowhere } from '../load/index.js';
import type { Diagnostic, Parsed, Span } from '../source/index.js';
import { defaultConfig, type Config } from './config.js';
import { findConfig } from './find-config.js';
import { mergeConfigs } from './merge-configs.js';
import { absolutePath, parentOf, relativePath } from './paths.js';
import type { ConfigPorts } from './ports.js';
import { readConfig, type ConfigFile, type ConfigPath } from './read-config.js';

/** Which configuration a run uses. */
export type ConfigChoice =
  | { readonly kind: 'search' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

/**
 * The configuration of a run, with all that it extends; the defaults where there is none. Where a
 * diagnostic is an error, nothing of it can be relied on.
 */
export async function loadConfig(
  choice: ConfigChoice,
  ports: ConfigPorts,
): Promise<Parsed<Config>> {
  const nothing = defaultConfig(ports.workingDirectory);
  if (choice.kind === 'none') return { value: nothing, diagnostics: [] };
  const found: Parsed<string | undefined> =
    choice.kind === 'file'
      ? { value: absolutePath(choice.path, ports.workingDirectory), diagnostics: [] }
      : findConfig(ports);
  const path = found.value;
  if (path === undefined) return { value: nothing, diagnostics: found.diagnostics };
  const chain = await chainFrom({ path, from: 'tree' }, ports, [path]);
  return {
    value: mergeConfigs(chain.value, {
      folder: parentOf(path),
      workingDirectory: ports.workingDirectory,
    }),
    diagnostics: chain.diagnostics,
  };
}

/** A link of the chain: a file, or the name of one of our own presets. */
export type Link = ConfigFile | 'recommended' | 'strict';

/** A file and all that it extends, what is extended first. */
async function chainFrom(
  at: ConfigPath,
  ports: ConfigPorts,
  above: readonly string[],
): Promise<Parsed<readonly Link[]>> {
  const { value: file, diagnostics } = await readConfig(at, ports);
  if (file === undefined) return { value: [], diagnostics };
  const links: Link[] = [];
  const problems: Diagnostic[] = [...diagnostics];
  const span = nowhere(relativePath(at.path, ports.workingDirectory));
  for (const base of basesOf(file)) {
    if (base === 'recommended' || base === 'strict') {
      links.push(base);
      continue;
    }
    const target = targetOf(base, at, ports);
    if (target === undefined) problems.push(notInstalled(base, span));
    else if (above.includes(target.path)) problems.push(circular(base, span));
    else {
      const chain = await chainFrom(target, ports, [...above, target.path]);
      links.push(...chain.value);
      problems.push(...chain.diagnostics);
    }
  }
  return { value: [...links, file], diagnostics: problems };
}

function basesOf({ config }: ConfigFile): readonly string[] {
  const { extends: bases = [] } = config;
  return typeof bases === 'string' ? [bases] : bases;
}

/** Packages are those of the working tree: a folder that is linted brings none of its own. */
function targetOf(base: string, at: ConfigPath, ports: ConfigPorts): ConfigPath | undefined {
  if (isPath(base)) return { path: absolutePath(base, parentOf(at.path)), from: at.from };
  const path = ports.findPackage(base, ports.workingTree);
  return path === undefined ? undefined : { path, from: 'package' };
}

function isPath(base: string): boolean {
  return /^(?:\.{0,2}\/|[a-z]:\/)/i.test(base) || /^[^/@]+\.(?:json|ya?ml)$/.test(base);
}

function notInstalled(base: string, span: Span): Diagnostic {
  return {
    code: 'unusable-configuration',
    severity: 'error',
    message: `\`extends: ${base}\` is no package that is installed`,
    span,
    hint: 'it is `recommended`, `strict`, a path that begins with `./`, or a package',
  };
}

function circular(base: string, span: Span): Diagnostic {
  return {
    code: 'unusable-configuration',
    severity: 'error',
    message: `\`extends: ${base}\` leads back to a file that extends this one`,
    span,
    hint: 'take one of the two `extends` out',
  };
}
