import { inFolder, normalPath } from '../../paths.js';
import type { Module } from './module.js';
import { attributeIn, type Block } from './syntax.js';

/** The folder of a called module that lies in the same tree; `undefined` for one that is fetched from elsewhere. */
export function folderInside(call: Block, folder: string): string | undefined {
  const source = attributeIn(call.body, 'source')?.value;
  const path = source?.kind === 'literal' ? String(source.value) : '';
  return /^\.\.?(?:\/|$)/.test(path) ? normalPath(inFolder(folder, path)) : undefined;
}

/** The folders of all modules that a module calls, and those call. */
export function foldersCalled(
  module: Module,
  open: (folder: string) => Module | undefined,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = ({ calls, folder }: Module): void => {
    for (const call of calls.values()) {
      const inside = folderInside(call, folder);
      if (inside === undefined || found.has(inside)) continue;
      found.add(inside);
      const called = open(inside);
      if (called) visit(called);
    }
  };
  visit(module);
  return found;
}
