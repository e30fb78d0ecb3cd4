import { createRequire } from 'node:module';
import type { Ignore } from 'ignore';
import { decodeText, type Files } from '../source/index.js';
import { folderOf, inFolder } from './paths.js';

/** Which paths git ignores, as the `.gitignore` files on the way down say. */
export interface Ignored {
  /** `path` with a trailing `/` where it is a folder. */
  has(path: string): boolean;
  /** The same with what a folder's own `.gitignore` adds. */
  inside(folder: string, files: Files): Ignored;
}

export const nothingIgnored: Ignored = createIgnored([]);

/**
 * What holds in a folder that a run starts from: the rules of the folders above it, down from the
 * working directory. Those that ignore the folder itself are left out, since it was asked for.
 */
export function ignoredAbove(folder: string, files: Files): Ignored {
  if (folder === '.' || folder.startsWith('/') || folder.startsWith('..')) return nothingIgnored;
  const above = folderOf(folder);
  const ignored = (above === '.' ? nothingIgnored : ignoredAbove(above, files)).inside(
    above,
    files,
  );
  return ignored.has(`${folder}/`) ? nothingIgnored : ignored;
}

interface Rules {
  readonly folder: string;
  readonly ignore: Ignore;
}

function createIgnored(levels: readonly Rules[]): Ignored {
  return {
    has: (path) => {
      // The innermost file that says something about a path decides.
      for (const { folder, ignore } of levels) {
        const relative = folder === '.' ? path : path.slice(folder.length + 1);
        const { ignored, unignored } = ignore.test(relative);
        if (ignored || unignored) return ignored;
      }
      return false;
    },
    inside: (folder, files) => {
      const bytes = files.read(inFolder(folder, '.gitignore'));
      if (!(bytes instanceof Uint8Array)) return createIgnored(levels);
      const text = decodeText('.gitignore', bytes).value?.text ?? '';
      return createIgnored([{ folder, ignore: library()().add(text) }, ...levels]);
    },
  };
}

let loaded: (() => Ignore) | undefined;

function library(): () => Ignore {
  loaded ??= createRequire(import.meta.url)('ignore') as () => Ignore;
  return loaded;
}
