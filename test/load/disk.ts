import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Files } from '../../src/source/index.js';

/** The files under a folder of this machine, for tests that read fixtures or the corpus. */
export function filesUnder(root: string): Files {
  return {
    read: (path) => {
      try {
        return readFileSync(`${root}/${path}`);
      } catch {
        return undefined;
      }
    },
    list: (folder) => {
      try {
        return readdirSync(`${root}/${folder}`).map((name) =>
          statSync(`${root}/${folder}/${name}`).isDirectory() ? `${name}/` : name,
        );
      } catch {
        return [];
      }
    },
  };
}
