import { effectiveConfig, loadConfig, type Config, type ConfigChoice } from '../config/index.js';
import type { Host } from '../host/index.js';
import type { ConfigReport } from '../report/index.js';
import { normalPath } from '../load/index.js';
import type { Parsed } from '../source/index.js';
import { allRules } from './judge.js';
import { unusable, type Mistake } from './mistake.js';

/** The configuration of a run, with what is worth saying of it; a mistake where it cannot be used. */
export async function findConfig(
  choice: ConfigChoice = { kind: 'search' },
  host: Host,
): Promise<Parsed<Config> | Mistake> {
  const found = await loadConfig(choice, host);
  const isBroken = found.diagnostics.some(({ severity }) => severity === 'error');
  return isBroken ? unusable('configuration', found.diagnostics) : found;
}

export interface ConfigInput {
  readonly config?: ConfigChoice | undefined;
  /** The file that it is asked for; absent: for none. */
  readonly path?: string | undefined;
}

/** What the configuration comes to, for all files or for one. */
export async function config(
  { config: choice, path }: ConfigInput,
  host: Host,
): Promise<ConfigReport | Mistake> {
  const found = await findConfig(choice, host);
  if ('kind' in found) return found;
  const at = path === undefined ? undefined : normalPath(path);
  return { kind: 'config', value: effectiveConfig(found.value, allRules, at) };
}
