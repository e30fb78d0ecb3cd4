import { type Config, type Settings } from './config.js';
import type { FileSettings, RuleEntry } from './keyproof-config.js';
import type { Link } from './load-config.js';
import type { PlacedSuppression } from './read-config.js';

/**
 * One configuration of several, later ones over earlier ones. Mappings are put together key by key, lists
 * replace each other, and overrides and suppressions follow each other.
 */
export function mergeConfigs(
  links: readonly Link[],
  place: Pick<Config, 'folder' | 'workingDirectory'>,
): Config {
  let settings: Settings = {};
  let preset: Config['preset'] | undefined;
  const suppressions: PlacedSuppression[] = [];
  const sources: string[] = [];
  for (const link of links) {
    if (typeof link === 'string') {
      preset = preset === 'strict' ? preset : link;
      continue;
    }
    settings = mergeSettings(settings, link.config);
    suppressions.push(...link.suppressions);
    sources.push(link.path);
  }
  return { ...place, preset: preset ?? 'recommended', settings, suppressions, sources };
}

function mergeSettings(base: Settings, over: Settings): Settings {
  const overrides = [...(base.overrides ?? []), ...(over.overrides ?? [])];
  return {
    ...base,
    ...over,
    ...mergeFileSettings(base, over),
    ...(base.code === undefined ? {} : { code: { ...base.code, ...over.code } }),
    ...(base.trustZone === undefined
      ? {}
      : { trustZone: { ...base.trustZone, ...over.trustZone } }),
    ...(base.gate === undefined ? {} : { gate: { ...base.gate, ...over.gate } }),
    ...(overrides.length === 0 ? {} : { overrides }),
  };
}

/** What holds where one says something and another says more. */
export function mergeFileSettings(base: FileSettings, over: FileSettings): FileSettings {
  const { kinds = base.kinds, account = base.account, region = base.region } = over;
  const { partition = base.partition, organization = base.organization } = over;
  return {
    ...(kinds === undefined ? {} : { kinds: { ...base.kinds, ...kinds } }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(partition === undefined ? {} : { partition }),
    ...(organization === undefined ? {} : { organization }),
    ...(base.parameters === undefined && over.parameters === undefined
      ? {}
      : { parameters: { ...base.parameters, ...over.parameters } }),
    ...(base.rules === undefined && over.rules === undefined
      ? {}
      : { rules: mergeRules(base.rules, over.rules) }),
  };
}

type Rules = NonNullable<FileSettings['rules']>;

/** A severity alone leaves options as they are. */
function mergeRules(base: Rules = {}, over: Rules = {}): Rules {
  const merged = Object.entries(over).map(([id, entry]): [string, RuleEntry] => {
    const [level, options] = partsOfEntry(entry);
    const { [id]: before } = base;
    const inherited = before === undefined ? undefined : partsOfEntry(before)[1];
    const together =
      options === undefined && inherited === undefined ? undefined : { ...inherited, ...options };
    return [id, together === undefined ? level : [level, together]];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

/** How severe, and the options where there are some. */
export function partsOfEntry(entry: RuleEntry) {
  if (typeof entry === 'string') return [entry, undefined] as const;
  return [entry[0], entry[1]] as const;
}
