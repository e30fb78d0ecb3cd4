import { findConfig } from '../app/index.js';
import type { Config } from '../config/index.js';
import { createNodeHost } from '../host/index.js';
import { startOf } from '../source/index.js';

/**
 * Reads keyproof's configuration for ESLint's `settings.keyproof`: the file that is named, else the one that
 * the command line would find. Rejects where it cannot be used.
 */
export async function readConfig(path?: string): Promise<Config> {
  const found = await findConfig(
    path === undefined ? { kind: 'search' } : { kind: 'file', path },
    createNodeHost(),
  );
  if (!('kind' in found)) return found.value;
  const details = (found.diagnostics ?? []).map(({ message, span }) => {
    const { line, column } = startOf(span);
    return `${span.source.path}:${line}:${column} ${message}`;
  });
  throw new Error([`keyproof: ${found.message}`, ...details].join('\n'));
}
