import type { Inventory } from '../inventory/index.js';
import type { Files, Memo, Parsed, Unreadable } from '../source/index.js';
import type { LoadEntry, Loader } from './loader.js';

/**
 * Loads a file, or takes what an earlier run made of it: of the same text, by the same settings, where
 * every other file that was looked at on the way still is as it was.
 */
export function loadRemembered(
  loader: Loader,
  { source, settings }: LoadEntry,
  files: Files,
  memo: Memo | undefined,
): Parsed<Inventory> | undefined {
  if (memo === undefined) return loader.load(source, files, settings);
  const of = ['load', loader.name, source.path, memo.digest(source.text), JSON.stringify(settings)];
  // What is kept was kept here, by this build.
  const kept = memo.find(of) as Kept | undefined;
  if (kept !== undefined && kept.seen.every((one) => look(one, files, memo) === one.content)) {
    return kept.result;
  }
  const watched = watch(files);
  const result = loader.load(source, watched.files, settings);
  memo.keep(of, { seen: watched.seen(memo), result } satisfies Kept);
  return result;
}

interface Kept {
  readonly seen: readonly Seen[];
  readonly result: Parsed<Inventory> | undefined;
}

/** A file or folder that was looked at. */
export interface Seen {
  readonly path: string;
  readonly as: 'file' | 'folder';
  readonly content: string;
}

/** Files that remember what is looked at. */
export interface WatchedFiles {
  readonly files: Files;
  /** What was looked at so far, each once. */
  seen(memo: Memo): readonly Seen[];
}

export function watch(files: Files): WatchedFiles {
  const read = new Map<string, ReturnType<Files['read']>>();
  const listed = new Map<string, ReturnType<Files['list']>>();
  return {
    files: {
      read(path) {
        const content = files.read(path);
        read.set(path, content);
        return content;
      },
      list(path) {
        const names = files.list(path);
        listed.set(path, names);
        return names;
      },
    },
    seen: (memo) => [
      ...[...read].map(([path, content]) => {
        return { path, as: 'file', content: contentOf(content, memo) } as const;
      }),
      ...[...listed].map(([path, names]) => {
        return { path, as: 'folder', content: namesOf(names) } as const;
      }),
    ],
  };
}

function look({ path, as }: Seen, files: Files, memo: Memo): string {
  return as === 'file' ? contentOf(files.read(path), memo) : namesOf(files.list(path));
}

function contentOf(content: Uint8Array | Unreadable | undefined, memo: Memo): string {
  if (content === undefined) return 'nothing';
  return 'unreadable' in content ? content.unreadable : memo.digest(content);
}

function namesOf(names: readonly string[] | Unreadable): string {
  return JSON.stringify(names);
}
