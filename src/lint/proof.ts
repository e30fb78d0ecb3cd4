import { answer } from '../authorization/answers/index.js';
import type { Exchange } from '../engine/index.js';
import type { Inventory } from '../inventory/index.js';
import { invariant, type Text } from '../source/index.js';
import type { Proof } from './rule.js';

/** What the formulas of the policies say: to `some` of the questions yes, to all of them never, or neither. */
export type Ruling =
  { readonly kind: 'some' | 'never'; readonly whom: Text } | { readonly kind: 'open' };

/** Asks the questions of a proof until one of them is allowed. */
export function rulingOf(proof: Proof | undefined, stage: Inventory): Ruling {
  if (proof === undefined) return { kind: 'open' };
  const { questions, whom } = proof;
  let isOpen = questions.length === 0;
  for (const question of questions) {
    switch (answer(stage, question).kind) {
      case 'always':
      case 'when':
        return { kind: 'some', whom };
      case 'unknown':
        isOpen = true;
        break;
      case 'never':
    }
  }
  return isOpen ? { kind: 'open' } : { kind: 'never', whom };
}

/**
 * Asks the formulas about the very request with which an attempt succeeded on the engine.
 *
 * INVARIANT: they never refuse what the engine, which asks the interpreter, allowed.
 */
export function checkAgreement(
  proof: Proof | undefined,
  stage: Inventory,
  exchanges: readonly Exchange[],
): void {
  const asked = new Set(proof?.questions.map(({ action }) => action));
  // What comes later is decided by a state that is no longer the stage.
  const first = exchanges.find(
    ({ outcome, authorizations }) =>
      outcome.kind === 'succeeded' &&
      authorizations.some(({ request }) => asked.has(request.action)),
  );
  for (const { request } of first?.authorizations ?? []) {
    invariant(
      answer(stage, request).kind !== 'never',
      `what the engine allows is not refused by the formulas: ${request.action} on ${request.resource}`,
    );
  }
}
