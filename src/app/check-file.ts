import { rules } from '../../rules/index.js';
import { matchesIn, ruleAt, type Config } from '../config/index.js';
import type { Host } from '../host/index.js';
import {
  findUntried,
  suppress,
  type AnyRule,
  type Finding,
  type RuleMeta,
  type RuleSetting,
  type SuppressSettings,
} from '../lint/index.js';
import { isRecognized, type ParsedCode } from '../load/index.js';
import type { Diagnostic, Files, Severity, Source } from '../source/index.js';
import { loadFile, type Estate } from './estate.js';
import { expectationsOf } from './expectations.js';

/** A file as whoever asks has it. */
export interface CheckedFile {
  readonly source: Source;
  /** Absent where it is no code, or was not parsed. */
  readonly code?: ParsedCode | undefined;
}

/** What can be said of one file by itself. */
export interface FileCheck {
  /** What is wrong with the file as an input. */
  readonly diagnostics: readonly Diagnostic[];
  /** What a rule finds in the file, nothing tried, and without what is suppressed. */
  find(rule: AnyRule, options: RuleSetting['options']): readonly Finding[];
  /** What one of lint's own rules finds in the exceptions that the file makes, unused ones apart. */
  findFaults(rule: RuleMeta): readonly Finding[];
}

/**
 * Checks one file by itself, whose text need not be the one on the disk; `undefined` where it shows no
 * format's mark. Synchronous, for programs that ask in the middle of something; which rules apply, and
 * with which options, they say themselves.
 */
export function checkFile(
  { source, code }: CheckedFile,
  config: Config,
  host: Pick<Host, 'files' | 'now'>,
): FileCheck | undefined {
  const { path } = source;
  if (!isRecognized(source)) return undefined;
  const estate = loadFile(path, config, withText(source, host.files), code);
  const today = new Date(host.now()).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const exceptions = exceptionsOf(estate, today);
  const expectations = expectationsOf(estate.inventory, config);
  const isHere = ({ span }: Finding | Diagnostic): boolean => span.source.path === path;
  return {
    diagnostics: estate.diagnostics.filter(isHere).filter(({ code }) => !NO_INPUT.has(code)),
    find: (rule, options) => {
      const ruleAtPath = (meta: RuleMeta, at: string): RuleSetting => ({
        severity: severityAt(meta, at, config),
        options,
      });
      const found = findUntried(estate.inventory, rule, { expectations, ruleAt: ruleAtPath });
      return suppress(found.filter(isHere), { ...exceptions, severityOf: () => 'off' }).filter(
        ({ suppressed }) => suppressed === undefined,
      );
    },
    findFaults: ({ id }) =>
      suppress([], {
        ...exceptions,
        severityOf: (meta, at) => (meta.id === id ? severityAt(meta, at, config) : 'off'),
      }).filter(isHere),
  };
}

/** It only looked like a format that is read; whoever lints all kinds of files did not mean it. */
const NO_INPUT: ReadonlySet<string> = new Set([
  'unrecognized-file',
  'empty-file',
  'nothing-recognized',
]);

/** Files among which one has the text that it has in memory. */
function withText({ path, text }: Source, files: Files): Files {
  const bytes = new TextEncoder().encode(text);
  return {
    read: (at) => (at === path ? bytes : files.read(at)),
    list: (folder) => files.list(folder),
  };
}

function exceptionsOf(
  { inventory, config, loaded }: Estate,
  today: string,
): Omit<SuppressSettings, 'severityOf'> {
  return {
    directives: inventory.directives,
    configured: config.suppressions.map((one) => ({
      ...one,
      concerns: (at) => matchesIn(config, at, one.files),
    })),
    rules: rules.map(({ meta }) => meta.id),
    files: loaded,
    extent: 'part',
    // Each rule is asked for alone, so nobody knows what all of them would have found.
    looksFor: () => false,
    today,
  };
}

/** Whoever asks chooses the rules, and the configuration only how long the estate of a file lives. */
function severityAt(meta: RuleMeta, path: string, { settings, ...config }: Config): Severity {
  const { ephemeral = [] } = settings;
  const { severity } = ruleAt(
    { ...config, settings: { ephemeral } },
    { ...meta, presets: [config.preset] },
    path,
  );
  return severity === 'off' ? meta.severity : severity;
}
