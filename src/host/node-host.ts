import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createDiskFiles, writeDiskFile } from './files.js';
import type { Host } from './host.js';

/** The machine that this process runs on. */
export function createNodeHost(): Host {
  return {
    files: createDiskFiles(process.cwd()),
    now: () => Date.now(),
    elapsedMs: () => performance.now(),
    bytes: (count) => randomBytes(count),
    write: writeDiskFile,
    packageFile,
  };
}

/** From `dist/src/host/` and from `src/host/` alike, the package is the folder with a package.json above. */
function packageFile(path: string): string | undefined {
  for (const up of ['../../', '../../../']) {
    const root = new URL(up, import.meta.url);
    try {
      readFileSync(new URL('package.json', root));
      return readFileSync(new URL(path, root), 'utf8');
    } catch {
      continue;
    }
  }
  return undefined;
}
