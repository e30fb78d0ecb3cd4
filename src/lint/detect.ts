import { createHash } from 'node:crypto';
import { separate, type Inventory } from '../inventory/index.js';
import { showText } from '../source/index.js';
import type { AnyRule, Expectations, Suspicion } from './rule.js';

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
  /** By rule id; what a rule is not given takes its default. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Everything that one rule suspects in an inventory, each problem once. Where a thing is defined more than
 * once, each definition is looked at together with the others of its unit.
 */
export function detect(
  inventory: Inventory,
  rule: AnyRule,
  { expectations, options }: DetectSettings,
): readonly Detected[] {
  const given = { ...rule.meta.options?.defaults, ...options[rule.meta.id] };
  const suspected = separate(inventory).flatMap((world) =>
    [...rule.detect({ inventory: world, options: given, expectations })].map((suspicion) => ({
      suspicion,
      world,
    })),
  );
  const seen = new Map<string, number>();
  return once(suspected).map(({ suspicion, world }) => {
    const identity = identityOf(rule, suspicion);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return { rule, suspicion, world, fingerprint: digest(`${identity}\n${ordinal}`) };
  });
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

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
