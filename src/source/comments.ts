import type { Span } from './source.js';

/** A comment of any format, without its markers. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}
