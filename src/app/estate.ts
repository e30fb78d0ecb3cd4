import type { Host } from '../host/index.js';
import { load, type LoadSettings, type Loaded } from '../load/index.js';
import { mistake, type Mistake } from './mistake.js';

/** What a command reads, as its flags say. */
export interface EstateInput {
  /** Files, folders, globs, `-`; the working directory where empty. */
  readonly paths: readonly string[];
  readonly stdinFilename?: string | undefined;
  /** `name=value` each. */
  readonly parameters: readonly string[];
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Whether it is fine to recognize nothing. */
  readonly emptiness: 'allowed' | 'refused';
}

/** Loads the estate that a command is about. */
export function loadEstate(input: EstateInput, host: Host): Loaded | Mistake {
  const parameters = parsePairs(input.parameters);
  if (typeof parameters === 'string') {
    return mistake(`\`--parameter ${parameters}\` is not \`<name>=<value>\``);
  }
  if (input.account !== undefined && !/^\d{12}$/.test(input.account)) {
    return mistake(`\`--account ${input.account}\` is not an account id`, 'it has twelve digits');
  }
  const settings: LoadSettings = {
    ...(input.account === undefined ? {} : { account: input.account }),
    ...(input.region === undefined ? {} : { region: input.region }),
    parameters: Object.fromEntries(parameters),
    kinds: {},
  };
  const loaded = load({
    paths: input.paths.length > 0 ? input.paths : ['.'],
    files: host.files,
    ...(input.stdinFilename === undefined ? {} : { stdinFilename: input.stdinFilename }),
    settingsOf: () => settings,
  });
  if (input.emptiness === 'refused') return loaded;
  const diagnostics = loaded.diagnostics.filter(({ code }) => code !== 'nothing-recognized');
  return { ...loaded, diagnostics };
}

/** `name=value` pairs in order, or the first text that is none. */
export function parsePairs(
  texts: readonly string[],
): readonly (readonly [name: string, value: string])[] | string {
  const wrong = texts.find((text) => text.indexOf('=') < 1);
  if (wrong !== undefined) return wrong;
  return texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);
}
