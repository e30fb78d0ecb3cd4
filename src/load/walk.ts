import { wholeOf, type Diagnostic, type Files, type Parsed } from '../source/index.js';
import { ignoredAbove, nothingIgnored, type Ignored } from './ignored.js';
import { inFolder } from './paths.js';

/** Folders that hold nothing of the user's own. */
const neverWalked: ReadonlySet<string> = new Set(['node_modules/', '.git/', '.terraform/']);

/**
 * The files of a folder and of the folders in it, sorted by path. What git ignores is left out,
 * except the output of CDK, as is what is excluded. A folder that cannot be read gives a
 * diagnostic, and its neighbours are still walked.
 */
export function walk(
  root: string,
  files: Files,
  excludes: (path: string) => boolean = () => false,
): Parsed<readonly string[]> {
  const found: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const visit = (folder: string, above: Ignored): void => {
    const names = files.list(folder);
    if ('unreadable' in names) {
      diagnostics.push(unreadableFolder(folder, names.unreadable));
      return;
    }
    const ignored = names.includes('.gitignore') ? above.inside(folder, files) : above;
    for (const name of [...names].sort(byCodeUnits)) {
      const path = inFolder(folder, name);
      // A synthesized CDK app is what there is to analyse, and is nearly always ignored by git.
      const isCdkOutput = name === 'cdk.out/' && names.includes('cdk.json');
      if (neverWalked.has(name) || (!isCdkOutput && ignored.has(path))) continue;
      if (excludes(name.endsWith('/') ? path.slice(0, -1) : path)) continue;
      if (name.endsWith('/')) visit(path.slice(0, -1), isCdkOutput ? nothingIgnored : ignored);
      else found.push(path);
    }
  };
  visit(root, ignoredAbove(root, files));
  return { value: found, diagnostics };
}

/** Folders sort as their names with `/`, so that a walk lists paths in their own order. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unreadableFolder(folder: string, why: string): Diagnostic {
  return {
    code: 'unreadable-folder',
    severity: 'error',
    message: `the folder \`${folder}\` cannot be read: ${why}`,
    span: wholeOf({ path: folder, text: '' }),
    hint: 'allow reading it, or exclude it',
  };
}
