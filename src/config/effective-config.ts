import {
  isExcluded,
  kindAt,
  matchesIn,
  principalAt,
  ruleAt,
  settingsAt,
  type RuleFacts,
} from './at-path.js';
import type { Config } from './config.js';
import { relativePath } from './paths.js';

/** A rule of the catalogue, with the options that it has where nobody sets any. */
export interface CatalogueRule extends RuleFacts {
  readonly options?: { readonly defaults: Readonly<Record<string, unknown>> };
}

/** What a configuration comes to, as plain data: for one file of the run, or before any file is looked at. */
export function effectiveConfig(
  config: Config,
  rules: readonly CatalogueRule[],
  path: string | undefined,
): Readonly<Record<string, unknown>> {
  const { settings, preset, sources, workingDirectory } = config;
  const shown = {
    sources: sources.map((source) => relativePath(source, workingDirectory)),
    preset,
  };
  const levels = Object.fromEntries(rules.map((rule) => [rule.id, levelAt(config, rule, path)]));
  const { failOn = 'error', ...others } = settings;
  if (path === undefined) {
    const suppressions = config.suppressions.map(({ rules: ids, files, reason, until }) => ({
      rules: ids,
      files,
      reason,
      until,
    }));
    return { ...shown, ...others, failOn, rules: levels, suppressions };
  }
  const { account, region, partition, organization, parameters } = settingsAt(config, path);
  const { accounts, trustZone, deployers, gate, ephemeral = [] } = settings;
  return {
    ...shown,
    file: path,
    isExcluded: isExcluded(config, path),
    isEphemeral: matchesIn(config, path, ephemeral),
    kind: kindAt(config, path),
    code: principalAt(config, path),
    account,
    region,
    partition,
    organization,
    parameters,
    accounts,
    trustZone,
    deployers,
    failOn,
    gate,
    rules: levels,
    suppressions: config.suppressions
      .filter(({ files }) => matchesIn(config, path, files))
      .map(({ rules: ids, reason, until }) => ({ rules: ids, reason, until })),
  };
}

function levelAt(config: Config, rule: CatalogueRule, path: string | undefined): unknown {
  const { severity, options } = ruleAt(config, rule, path);
  const all = { ...rule.options?.defaults, ...options };
  return Object.keys(all).length === 0 ? severity : [severity, all];
}
