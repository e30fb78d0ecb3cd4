import type { KmsException } from './call.js';

/** What came of a step: its value, or the exception that AWS answers with. */
export type Result<T> =
  | { readonly kind: 'succeeded'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: KmsException };

export function succeeded<T>(value: T): Result<T> {
  return { kind: 'succeeded', value };
}

export function failed(error: KmsException): Result<never> {
  return { kind: 'failed', error };
}
