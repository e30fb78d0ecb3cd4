import type { Config, KeyproofConfig } from '../config/index.js';
import { nowhere } from '../load/index.js';

/**
 * What stands in ESLint's `settings.keyproof`: what `readConfig` found, or a configuration itself, whose
 * globs are then relative to where ESLint runs.
 */
export type KeyproofSettings = Config | Omit<KeyproofConfig, 'extends'>;

/** The configuration that ESLint's settings hold, for paths that are relative to a folder. */
export function configOf(settings: unknown, workingDirectory: string): Config {
  // ESLint keeps settings as they are, and does not know their type.
  const given = (settings ?? {}) as KeyproofSettings;
  const before = known.get(given);
  if (before?.workingDirectory === workingDirectory) return before;
  const config = isRead(given)
    ? { ...given, workingDirectory }
    : writtenConfig(given, workingDirectory);
  known.set(given, config);
  return config;
}

// Every file asks, and what is known of a configuration is known by its identity.
const known = new WeakMap<KeyproofSettings, Config>();

function isRead(settings: KeyproofSettings): settings is Config {
  return 'workingDirectory' in settings;
}

function writtenConfig(
  { suppressions = [], ...settings }: Omit<KeyproofConfig, 'extends'>,
  workingDirectory: string,
): Config {
  const span = nowhere('eslint.config.js');
  return {
    sources: [],
    preset: 'recommended',
    settings,
    suppressions: suppressions.map((one) => ({ ...one, span })),
    folder: workingDirectory,
    workingDirectory,
  };
}
