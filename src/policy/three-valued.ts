/** Kleene's `and` over answers of which some are unknown: false wins, then unknown. */
export function every<T>(
  items: readonly T[],
  test: (item: T) => boolean | undefined,
): boolean | undefined {
  let result: boolean | undefined = true;
  for (const item of items) {
    const answer = test(item);
    if (answer === false) return false;
    if (answer === undefined) result = undefined;
  }
  return result;
}

/** Kleene's `or`: true wins, then unknown. */
export function some<T>(
  items: readonly T[],
  test: (item: T) => boolean | undefined,
): boolean | undefined {
  let result: boolean | undefined = false;
  for (const item of items) {
    const answer = test(item);
    if (answer === true) return true;
    if (answer === undefined) result = undefined;
  }
  return result;
}

export function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
