import { createRequire } from 'node:module';
import type { Unreadable } from '../source/index.js';

/**
 * Runs a module, TypeScript too, and gives its default export; says why where that fails. Its path is from
 * the root of the disk.
 */
export async function runModule(path: string): Promise<{ readonly value: unknown } | Unreadable> {
  try {
    // Few configurations are code, and loading what reads TypeScript takes as long as linting a file.
    const { createJiti } = await import('jiti');
    const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false });
    return { value: await jiti.import(path, { default: true }) };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

/** The file, from the root of the disk and with `/`, that a package installed for a folder exports. */
export function findPackage(name: string, folder: string): string | undefined {
  try {
    const path = createRequire(`${folder}/package.json`).resolve(name);
    return path.replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}
