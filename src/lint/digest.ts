import { createHash } from 'node:crypto';

/** A text as 64 lower-case hex digits. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
