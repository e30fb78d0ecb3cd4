import { closest, distance } from 'fastest-levenshtein';

/** The hint that goes with an unknown name. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const nearest = findNearest(name, known);
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}

/** The known name that somebody probably meant, if one is near enough. */
function findNearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= Math.max(2, Math.min(4, name.length / 3)) ? nearest : undefined;
}
