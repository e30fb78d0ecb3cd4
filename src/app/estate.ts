import {
  includedPaths,
  isExcluded,
  kindAt,
  settingsAt,
  type Config,
  type ConfigChoice,
} from '../config/index.js';
import type { Host } from '../host/index.js';
import {
  load,
  prepare,
  watch,
  type LoadInput,
  type LoadSettings,
  type Loaded,
  type ParsedCode,
} from '../load/index.js';
import type { Files } from '../source/index.js';
import { findConfig } from './config.js';
import { mistake, type Mistake } from './mistake.js';
import { withOrganizations } from './organizations.js';

/** What a command reads, as its flags say. */
export interface EstateInput {
  /** Files, folders, globs, `-`; what the configuration includes where empty. */
  readonly paths: readonly string[];
  readonly stdinFilename?: string | undefined;
  /** `name=value` each. */
  readonly parameters: readonly string[];
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Whether it is fine to recognize nothing. */
  readonly emptiness: 'allowed' | 'refused';
  /** Absent: the one that is found. */
  readonly config?: ConfigChoice | undefined;
}

/** What was loaded, and the configuration that it was loaded by. */
export interface Estate extends Loaded {
  readonly config: Config;
  /** Stands for all that the inventory was made of; absent where nothing is remembered from run to run. */
  readonly madeOf?: () => string;
}

/** Loads the estate that a command is about, by the configuration of the run. */
export async function loadEstate(input: EstateInput, host: Host): Promise<Estate | Mistake> {
  const found = await findConfig(input.config, host);
  if ('kind' in found) return found;
  const { value: config, diagnostics } = found;
  const estate = await loadEstateBy(config, input, host.files, host);
  if ('kind' in estate) return estate;
  return { ...estate, diagnostics: [...diagnostics, ...estate.diagnostics] };
}

/** Loads an estate out of any files, such as those of an earlier commit, by a configuration that is known. */
export async function loadEstateBy(
  config: Config,
  input: EstateInput,
  files: Files,
  { progress, memo }: Pick<Host, 'progress' | 'memo'>,
): Promise<Estate | Mistake> {
  const parameters = parsePairs(input.parameters);
  if (typeof parameters === 'string') {
    return mistake(`\`--parameter ${parameters}\` is not \`<name>=<value>\``);
  }
  if (input.account !== undefined && !/^\d{12}$/.test(input.account)) {
    return mistake(`\`--account ${input.account}\` is not an account id`, 'it has twelve digits');
  }
  const given = { ...input, parameters: Object.fromEntries(parameters) };
  const watched = memo && watch(files);
  const whole: LoadInput = {
    paths: input.paths.length > 0 ? input.paths : includedPaths(config),
    files: watched?.files ?? files,
    memo,
    excludes: (path) => isExcluded(config, path),
    ...(input.stdinFilename === undefined ? {} : { stdinFilename: input.stdinFilename }),
    settingsOf: (path) => loadSettings(config, path, given),
    onProgress: (done, total) => {
      progress.note('files loaded', done, total);
    },
  };
  await prepare(whole);
  const loaded = load(whole);
  const inventory = withOrganizations(loaded.inventory, config);
  const estate: Estate = {
    ...loaded,
    inventory,
    config,
    ...(watched && {
      madeOf: () => memo.digest(JSON.stringify([watched.seen(memo), given, config])),
    }),
  };
  if (input.emptiness === 'refused') return estate;
  const diagnostics = loaded.diagnostics.filter(({ code }) => code !== 'nothing-recognized');
  return { ...estate, diagnostics };
}

/**
 * Loads one file by itself, with the files that it refers to; at once, so that its format must be one that
 * needs no preparation.
 */
export function loadFile(path: string, config: Config, files: Files, code?: ParsedCode): Estate {
  const parsed = code === undefined ? {} : { code };
  const settingsOf = (at: string): LoadSettings => ({
    ...loadSettings(config, at, { parameters: {} }),
    ...(at === path ? parsed : {}),
  });
  const loaded = load({ paths: [path], files, settingsOf });
  return { ...loaded, inventory: withOrganizations(loaded.inventory, config), config };
}

interface Given extends Pick<EstateInput, 'account' | 'region'> {
  readonly parameters: Readonly<Record<string, string>>;
}

/** What flags say wins over what the configuration says. */
function loadSettings(config: Config, path: string, given: Given): LoadSettings {
  const { partition, parameters = {}, ...configured } = settingsAt(config, path);
  const account = given.account ?? configured.account;
  const region = given.region ?? configured.region;
  const kind = kindAt(config, path);
  return {
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(partition === undefined ? {} : { partition }),
    parameters: { ...parameters, ...given.parameters },
    kinds: kind === undefined ? {} : { [path]: kind },
  };
}

/** `name=value` pairs in order, or the first text that is none. */
export function parsePairs(
  texts: readonly string[],
): readonly (readonly [name: string, value: string])[] | string {
  const wrong = texts.find((text) => text.indexOf('=') < 1);
  if (wrong !== undefined) return wrong;
  return texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);
}
