import { separate, type Inventory } from '../inventory/index.js';
import { showText, type Severity } from '../source/index.js';
import { digest } from './digest.js';
import { filesOf } from './files-of.js';
import type { AnyRule, Expectations, RuleMeta, Suspicion } from './rule.js';

/** A suspicion of a rule, and what it is recognized by from run to run. */
export interface Detected {
  readonly rule: AnyRule;
  readonly suspicion: Suspicion<unknown>;
  /** What it was suspected in: the estate, with one definition of each thing. */
  readonly world: Inventory;
  /** 64 lower-case hex digits. */
  readonly fingerprint: string;
}

export interface DetectSettings {
  readonly expectations: Expectations;
  /** How a rule is set for a file; absent: as it says itself. */
  readonly ruleAt?: (rule: RuleMeta, path: string) => RuleSetting;
}

/** What a configuration says of a rule. */
export interface RuleSetting {
  readonly severity: Severity | 'off';
  /** What a rule is not given takes its default. */
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Everything that one rule suspects in an inventory, each problem once. Where a thing is defined more than
 * once, each definition is looked at together with the others of its unit.
 */
export function detect(
  inventory: Inventory,
  rule: AnyRule,
  settings: DetectSettings,
): readonly Detected[] {
  const { expectations } = settings;
  const isOn = (path: string): boolean => settingAt(rule, path, settings).severity !== 'off';
  const files = settings.ruleAt === undefined ? [] : filesOf(inventory);
  if (files.length > 0 && !files.some(isOn)) return [];
  const suspected = separate(inventory).flatMap((world) =>
    variantsOf(rule, files, settings).flatMap(({ options, concerns }) =>
      [...rule.detect({ inventory: world, options, expectations })]
        .filter(({ span }) => concerns(span.source.path))
        .map((suspicion) => ({ suspicion, world })),
    ),
  );
  const seen = new Map<string, number>();
  return once(suspected)
    .map(({ suspicion, world }) => {
      const identity = identityOf(rule, suspicion);
      const ordinal = seen.get(identity) ?? 0;
      seen.set(identity, ordinal + 1);
      return { rule, suspicion, world, fingerprint: digest(`${identity}\n${ordinal}`) };
    })
    .filter(({ suspicion }) => isOn(suspicion.span.source.path));
}

/** How a rule is set for a file, as the configuration says or as it says itself. */
export function settingAt(
  { meta }: AnyRule,
  path: string,
  { ruleAt }: DetectSettings,
): RuleSetting {
  return ruleAt?.(meta, path) ?? { severity: meta.severity, options: {} };
}

/** The options of a rule that differ from file to file, with the files that each are for. */
interface Variant {
  readonly options: Readonly<Record<string, unknown>>;
  concerns(path: string): boolean;
}

function variantsOf(
  rule: AnyRule,
  files: readonly string[],
  settings: DetectSettings,
): readonly Variant[] {
  const optionsAt = (path: string): Variant['options'] => ({
    ...rule.meta.options?.defaults,
    ...settingAt(rule, path, settings).options,
  });
  const [first = '', ...others] = files;
  const variants = new Map([[JSON.stringify(optionsAt(first)), optionsAt(first)]]);
  for (const path of others) variants.set(JSON.stringify(optionsAt(path)), optionsAt(path));
  return [...variants].map(([text, options]) => ({
    options,
    concerns: (path) => variants.size === 1 || JSON.stringify(optionsAt(path)) === text,
  }));
}

/** A policy that several principals share is one text, and a problem in it one problem. */
function once<T extends Pick<Detected, 'suspicion'>>(suspected: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return suspected.filter(({ suspicion: { message, span } }) => {
    const place = `${span.source.path}\n${span.start}\n${span.end}\n${message}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

// INVARIANT: no path, line, witness or seed: a finding stays the same one when files move.
function identityOf(
  { meta }: AnyRule,
  { address, subject, kind = '' }: Suspicion<unknown>,
): string {
  return JSON.stringify([meta.id, showText(address), showText(subject), kind]);
}
