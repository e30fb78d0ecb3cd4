import { loadEstate, type EstateInput } from '../app/index.js';
import type { Config, ConfigChoice } from '../config/index.js';
import { createNodeHost } from '../host/index.js';
import type { Loaded } from '../load/index.js';
import { demand } from './demand.js';

/** Where files are read, and by what they are understood. */
export interface ReadOptions {
  /** What paths are relative to; absent: the working directory of the process. */
  readonly cwd?: string;
  /** The account that templates are deployed to, twelve digits; absent: what the configuration says. */
  readonly account?: string;
  /** The Region that templates are deployed to; absent: what the configuration says. */
  readonly region?: string;
  /** Values of template parameters; they win over those of the configuration. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** `none`, or the configuration file; absent: the nearest one, up to the root of the repository. */
  readonly config?: 'none' | { readonly file: string };
}

/** What is to be read. */
export interface LoadOptions extends ReadOptions {
  /** Files, folders and globs; absent: what the configuration includes, or the whole of `cwd`. */
  readonly paths?: readonly string[];
}

/** What was read. */
export interface LoadedInventory extends Loaded {
  /** The configuration that it was read by, for {@link lint}. */
  readonly config: Config;
}

/**
 * Reads policies, templates, saved command output and inventory files into one value. A file that cannot be
 * read or understood is an error among `diagnostics`, and hides none of the others; an inventory of which
 * a part is missing may answer otherwise than the whole.
 *
 * @throws Error if the configuration cannot be used, or an option says what cannot be
 */
export async function loadInventory(
  options: LoadOptions | readonly string[] = {},
): Promise<LoadedInventory> {
  const { paths = [], ...read }: LoadOptions = isList(options) ? { paths: options } : options;
  const host = createNodeHost(read.cwd);
  const { inventory, diagnostics, loaded, formats, skipped, config } = demand(
    await loadEstate(estateOf(paths, read, 'refused'), host),
  );
  return { inventory, diagnostics, loaded, formats, skipped, config };
}

/** What options say, as the commands take it. */
export function estateOf(
  paths: readonly string[],
  { account, region, parameters = {}, config }: ReadOptions,
  emptiness: EstateInput['emptiness'],
): EstateInput {
  return {
    paths,
    parameters: Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
    account,
    region,
    emptiness,
    config: choiceOf(config),
  };
}

function choiceOf(config: ReadOptions['config']): ConfigChoice {
  if (config === undefined) return { kind: 'search' };
  return config === 'none' ? { kind: 'none' } : { kind: 'file', path: config.file };
}

function isList(options: LoadOptions | readonly string[]): options is readonly string[] {
  return Array.isArray(options);
}
