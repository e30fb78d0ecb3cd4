import type { Source, Span } from '../../../source/index.js';

/** A text in HCL and where its parts stand for the reader. */
export interface Reading {
  readonly text: string;
  readonly spanOf: (start: number, end: number) => Span;
}

export function readingOf(source: Source): Reading {
  return { text: source.text, spanOf: (start, end) => ({ source, start, end }) };
}
