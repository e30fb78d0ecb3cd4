import type { Files, Unreadable } from '../source/index.js';

/** What reading a configuration needs of the machine. */
export interface ConfigPorts {
  readonly files: Files;
  /** From the root of the disk, with `/`. */
  readonly workingDirectory: string;
  /** The root of the git working tree around the working directory; without git, the working directory. */
  readonly workingTree: string;
  /** Runs a module, TypeScript too, and gives its default export. Its path is from the root of the disk. */
  runModule(path: string): Promise<{ readonly value: unknown } | Unreadable>;
  /** The file, from the root of the disk, that a package installed for a folder exports. */
  findPackage(name: string, folder: string): string | undefined;
}
