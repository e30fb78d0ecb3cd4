import type { Rule, SourceCode } from 'eslint';
import { checkFile, type FileCheck } from '../app/index.js';
import { relativePath } from '../config/index.js';
import { createDiskFiles, type Host } from '../host/index.js';
import type { ParsedCode } from '../load/index.js';
import type { Files } from '../source/index.js';
import { configOf } from './config-of.js';

/** What keyproof has to say of the file that a rule is at; `undefined` where it is none of keyproof's. */
type Checker = (context: Rule.RuleContext) => FileCheck | undefined;

/** Looks at each file once, however many rules ask. */
export function createChecker(host: Pick<Host, 'now'>): Checker {
  const known = new WeakMap<SourceCode, FileCheck | 'none'>();
  const trees = new Map<string, Files>();
  const filesIn = (folder: string): Files => {
    const files = trees.get(folder) ?? createDiskFiles(folder);
    trees.set(folder, files);
    return files;
  };
  const check = ({ cwd, filename, settings, sourceCode }: Rule.RuleContext): FileCheck | 'none' => {
    const folder = withSlashes(cwd);
    const path = relativePath(withSlashes(filename), folder);
    const file = { source: { path, text: sourceCode.text }, code: codeOf(sourceCode) };
    const config = configOf(settings['keyproof'], folder);
    return checkFile(file, config, { files: filesIn(cwd), now: () => host.now() }) ?? 'none';
  };
  return (context) => {
    const found = known.get(context.sourceCode) ?? check(context);
    known.set(context.sourceCode, found);
    return found === 'none' ? undefined : found;
  };
}

/** Code that is parsed need not be parsed again, where the parser is the one that keyproof has. */
function codeOf(sourceCode: SourceCode): ParsedCode | undefined {
  // Other languages have no services.
  const { ast, scopeManager }: Partial<SourceCode> = sourceCode;
  const services: unknown = sourceCode.parserServices;
  const isTypeScript =
    typeof services === 'object' && services !== null && 'esTreeNodeToTSNodeMap' in services;
  if (!isTypeScript) return undefined;
  // ESLint does not know the types of the parser that it is given.
  return { program: ast, scopes: scopeManager } as unknown as ParsedCode;
}

/** As paths are written in keyproof, on Windows too. */
function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
