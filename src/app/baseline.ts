import { absolutePath, parentOf, relativePath, type Config } from '../config/index.js';
import type { Host } from '../host/index.js';
import {
  applyBaseline,
  BASELINE_FILE,
  parseBaseline,
  printBaseline,
  pruneBaseline,
  writeBaseline,
  type Baseline,
  type BaselineEntry,
  type Finding,
} from '../lint/index.js';
import { nowhere } from '../load/index.js';
import { decodeText, type Diagnostic } from '../source/index.js';
import { mistake, unusable, type Mistake } from './mistake.js';

/** What a run does with the baseline. */
export interface BaselineInput {
  /** Absent: the one that is found, where there is one. */
  readonly file?: string | undefined;
  readonly use: 'read' | 'write' | 'prune';
}

export interface BaselineRun {
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  /** The paths of the files that were read. */
  readonly loaded: readonly string[];
  readonly extent: 'everything' | 'part';
  looksFor(ruleId: string, path: string): boolean;
}

/** Marks what is in the baseline, and writes the new one where that is asked for. */
export async function useBaseline(
  input: BaselineInput | undefined,
  run: BaselineRun,
  config: Config,
  host: Host,
): Promise<Pick<BaselineRun, 'findings' | 'diagnostics'> | Mistake> {
  if (input === undefined) return run;
  const found = await findBaseline(input, config, host);
  if ('kind' in found) return found;
  const { path, baseline } = found;
  const { diagnostics } = run;
  const findings = applyBaseline(run.findings, baseline);
  if (input.use === 'read') return { findings, diagnostics };
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    return { findings, diagnostics: [...diagnostics, unwritten(path, INCOMPLETE)] };
  }
  const update = input.use === 'write' ? writeBaseline : pruneBaseline;
  const next = update(findings, baseline, viewOf(path, run, host));
  const failure = host.write(path, printBaseline(next));
  if (failure !== undefined) {
    return { findings, diagnostics: [...diagnostics, unwritten(path, failure.unreadable)] };
  }
  return { findings: applyBaseline(run.findings, next), diagnostics };
}

/** The baseline of a run, and where it is or would be. */
interface FoundBaseline {
  /** Relative to the working directory. */
  readonly path: string;
  readonly baseline: Baseline;
}

/** Reads the baseline of a run; one that does not exist yet is empty. */
async function findBaseline(
  { file, use }: BaselineInput,
  config: Config,
  host: Host,
): Promise<FoundBaseline | Mistake> {
  const path = file ?? pathOfBaseline(config, host);
  const bytes = host.files.read(path);
  if (bytes === undefined) {
    const isWanted = file !== undefined && use !== 'write';
    return isWanted
      ? mistake(`there is no baseline \`${path}\``, '`--write-baseline` makes one')
      : { path, baseline: { entries: [] } };
  }
  if ('unreadable' in bytes) return mistake(`\`${path}\` cannot be read: ${bytes.unreadable}`);
  const { value: source, diagnostics } = decodeText(path, bytes);
  if (source === undefined) return unusable('baseline', diagnostics);
  const parsed = await parseBaseline(source);
  if (parsed.diagnostics.some(({ severity }) => severity === 'error')) {
    return unusable('baseline', parsed.diagnostics);
  }
  return { path, baseline: parsed.value };
}

/** The nearest one from the working directory up to the root of its tree; else where a new one belongs. */
function pathOfBaseline(config: Config, host: Host): string {
  const { workingDirectory, workingTree, files } = host;
  for (let folder = workingDirectory; ; folder = parentOf(folder)) {
    const path = relativePath(absolutePath(BASELINE_FILE, folder), workingDirectory);
    if (files.read(path) !== undefined) return path;
    if (folder === workingTree || folder === parentOf(folder)) break;
  }
  return relativePath(absolutePath(BASELINE_FILE, config.folder), workingDirectory);
}

const INCOMPLETE = 'not everything could be read, and what is in it may be there still';

function viewOf(path: string, run: BaselineRun, host: Host) {
  const { workingDirectory } = host;
  const folder = parentOf(absolutePath(path, workingDirectory));
  const called = (file: string): string =>
    relativePath(absolutePath(file, workingDirectory), folder);
  const read = new Map(run.loaded.map((file) => [called(file), file]));
  return {
    pathOf: ({ span }: Finding) => called(span.source.path),
    looksFor: (entry: BaselineEntry) => {
      const file = read.get(entry.path);
      if (file === undefined && run.extent === 'part') return false;
      return run.looksFor(entry.rule, file ?? entry.path);
    },
  };
}

function unwritten(path: string, why: string): Diagnostic {
  return {
    code: 'baseline-not-written',
    severity: 'error',
    message: `the baseline \`${path}\` was not written: ${why}`,
    span: nowhere(path),
  };
}
