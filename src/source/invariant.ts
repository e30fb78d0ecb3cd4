/** Throws where a bug in keyproof itself broke what must hold; only shells catch it. */
export function invariant(condition: unknown, whatMustHold: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${whatMustHold}`);
}
