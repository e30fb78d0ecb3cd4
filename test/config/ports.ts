import type { Config, ConfigChoice, ConfigPorts } from '../../src/config/index.js';
import { loadConfig } from '../../src/config/index.js';
import { startOf } from '../../src/source/index.js';
import { memory } from '../load/memory.js';

export interface Machine {
  /** By their path from the working directory. */
  readonly files: Readonly<Record<string, string>>;
  /** What modules export, by their path from the root of the disk; one that is not here cannot be run. */
  readonly modules?: Readonly<Record<string, unknown>>;
  /** Where packages are, by name. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly workingTree?: string;
}

/** A machine with nothing but files, and modules that need not be run. */
function portsOf({ files, modules = {}, packages = {}, ...places }: Machine): ConfigPorts {
  const { workingDirectory = '/repo', workingTree = '/repo' } = places;
  return {
    files: memory(files),
    workingDirectory,
    workingTree,
    runModule: (path) =>
      Promise.resolve(
        path in modules ? { value: modules[path] } : { unreadable: `nobody expects ${path}` },
      ),
    findPackage: (name) => packages[name],
  };
}

export interface Loaded {
  readonly config: Config;
  /** As people see them. */
  readonly problems: readonly string[];
}

export async function loadFrom(
  machine: Machine,
  choice: ConfigChoice = { kind: 'search' },
): Promise<Loaded> {
  const { value, diagnostics } = await loadConfig(choice, portsOf(machine));
  const problems = diagnostics.map(({ message, span, hint }) => {
    const { line, column } = startOf(span);
    const place = `${span.source.path}:${line}:${column}`;
    return `${place} ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
  return { config: value, problems };
}
