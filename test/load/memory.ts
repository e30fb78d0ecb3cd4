import { load, type Loaded, type LoadInput, type LoadSettings } from '../../src/load/index.js';
import { startOf, type Files, type Unreadable } from '../../src/source/index.js';

type Content = string | Uint8Array | Unreadable;

/** Files that a test writes down: a path ending in `/` is a folder, such as one that cannot be read. */
export function memory(contents: Readonly<Record<string, Content>>): Files {
  return {
    read: (path) => {
      const content = contents[path];
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
    list: (folder) => {
      const content = contents[`${folder}/`];
      if (content !== undefined && typeof content !== 'string' && 'unreadable' in content) {
        return content;
      }
      const start = folder === '.' ? '' : `${folder}/`;
      const inside = Object.keys(contents)
        .filter((path) => path.startsWith(start))
        .map((path) => /^[^/]+\/?/.exec(path.slice(start.length))?.[0] ?? '');
      return [...new Set(inside)].filter((name) => name !== '');
    },
  };
}

/** Loads what a test writes down; `.` where it names no paths. */
export function loadOf(
  contents: Readonly<Record<string, Content>>,
  { settings = {}, ...input }: Partial<LoadInput> & { settings?: Partial<LoadSettings> } = {},
): Loaded {
  return load({
    paths: ['.'],
    files: memory(contents),
    settingsOf: () => ({ parameters: {}, kinds: {}, ...settings }),
    ...input,
  });
}

/** The diagnostics as people see them. */
export function messagesOf({ diagnostics }: Loaded): readonly string[] {
  return diagnostics.map(({ severity, message, span, hint }) => {
    const { line, column } = startOf(span);
    const place = `${span.source.path}:${line}:${column}`;
    return `${severity} ${place} ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
}
