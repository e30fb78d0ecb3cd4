/**
 * What earlier runs made, under texts that say all that it was made of. It is only ever a shortcut: it may
 * have forgotten anything, and what it gives is what was kept.
 */
export interface Memo {
  /** What was kept under the same texts in the same order; `undefined`: nothing. */
  find(of: readonly string[]): unknown;
  /** Keeps a value of plain data; what cannot be kept is left. */
  keep(of: readonly string[], value: unknown): void;
  /** A short text that stands for a content: different contents have different ones. */
  digest(content: string | Uint8Array): string;
}
