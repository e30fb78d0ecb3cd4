import type { Missing } from './request.js';

/** Each missing input once; of equal ones the last, at the place of the first. */
export function distinctMissing(missing: readonly Missing[]): readonly Missing[] {
  return [...new Map(missing.map((one) => [nameOf(one), one])).values()];
}

/** What is assumed, without what is missing. */
export function withoutMissing(
  assumed: readonly Missing[],
  missing: readonly Missing[],
): readonly Missing[] {
  const names = new Set(missing.map(nameOf));
  return assumed.filter((one) => !names.has(nameOf(one)));
}

function nameOf({ layer, of, detail }: Missing): string {
  return `${layer} ${of} ${detail}`;
}
