/** A command that cannot be carried out as it was given; nothing was done. */
export interface Mistake {
  readonly kind: 'mistake';
  /** What is wrong, in one sentence without a final stop. */
  readonly message: string;
  readonly hint?: string;
}

export function mistake(message: string, hint?: string): Mistake {
  return hint === undefined ? { kind: 'mistake', message } : { kind: 'mistake', message, hint };
}
