import { matchesGlob } from '../load/index.js';
import type { Severity } from '../source/index.js';
import type { Config } from './config.js';
import type { FileSettings, RuleLevel } from './keyproof-config.js';
import { mergeFileSettings, partsOfEntry } from './merge-configs.js';
import { absolutePath, relativePath } from './paths.js';

/** Whether a path of the run, or a glob's text of it, matches globs of the configuration. */
export function matchesIn(config: Config, path: string, globs: readonly string[]): boolean {
  return globs.length > 0 && matchesGlob(pathInConfig(config, path), globs);
}

/** A path of the run as the configuration calls it: relative to its folder. */
function pathInConfig({ folder, workingDirectory }: Config, path: string): string {
  if (folder === workingDirectory && !path.startsWith('/') && !path.startsWith('.')) return path;
  return relativePath(absolutePath(path, workingDirectory), folder);
}

/** Whether a walk leaves a path out. */
export function isExcluded(config: Config, path: string): boolean {
  return matchesIn(config, path, config.settings.exclude ?? []);
}

/** What a run reads that names no paths. */
export function includedPaths({ settings, folder, workingDirectory }: Config): readonly string[] {
  const { include = [] } = settings;
  if (include.length === 0) return ['.'];
  return include.map((glob) => relativePath(absolutePath(glob, folder), workingDirectory));
}

/** What holds for one file of the run. */
export function settingsAt(config: Config, path: string): FileSettings {
  const { overrides = [] } = config.settings;
  if (overrides.length === 0) return config.settings;
  const before = known.get(config) ?? new Map<string, FileSettings>();
  const settings =
    before.get(path) ??
    overrides
      .filter(({ files }) => matchesIn(config, path, files))
      .reduce<FileSettings>(mergeFileSettings, config.settings);
  known.set(config, before.set(path, settings));
  return settings;
}

// Every rule asks of every file, and a configuration never changes.
const known = new WeakMap<Config, Map<string, FileSettings>>();

/** The kind of the policy documents in a file, where the configuration says so. */
export function kindAt(config: Config, path: string): string | undefined {
  const kinds = Object.entries(settingsAt(config, path).kinds ?? {});
  return kinds.findLast(([glob]) => matchesIn(config, path, [glob]))?.[1];
}

/** The ARN of the principal that the code in a file runs as, where the configuration says so. */
export function principalAt(config: Config, path: string): string | undefined {
  const entries = Object.entries(config.settings.code ?? {});
  return entries.findLast(([glob]) => matchesIn(config, path, [glob]))?.[1];
}

/** What a configuration says of a rule. */
export interface RuleSetting {
  readonly severity: RuleLevel;
  /** Those that are given; the rule has defaults for others. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What must be known of a rule to say how it is set. */
export interface RuleFacts {
  readonly id: string;
  readonly severity: Severity;
  readonly presets: readonly string[];
  /** The most that it is in files that live for days only. */
  readonly ephemeral?: Severity;
}

/** How a rule is set for one file of the run, or where no file is excepted from what holds for all. */
export function ruleAt(config: Config, rule: RuleFacts, path?: string): RuleSetting {
  const settings = path === undefined ? config.settings : settingsAt(config, path);
  const entry = settings.rules?.[rule.id];
  const [level, options = {}] = entry === undefined ? [undefined] : partsOfEntry(entry);
  const severity = level ?? (rule.presets.includes(config.preset) ? rule.severity : 'off');
  const isEphemeral =
    path !== undefined && matchesIn(config, path, config.settings.ephemeral ?? []);
  const most = isEphemeral ? rule.ephemeral : undefined;
  return { severity: most === undefined ? severity : lesser(severity, most), options };
}

const levels: readonly RuleLevel[] = ['off', 'info', 'warning', 'error'];

function lesser(a: RuleLevel, b: RuleLevel): RuleLevel {
  return levels.indexOf(a) < levels.indexOf(b) ? a : b;
}
