import type { Formula, Literal } from './formula.js';

/** A conjunction of literals, at most one per atom. */
export type Cube<A> = readonly Literal<A>[];

/**
 * The formula as an OR of ANDs, contradictions and subsumed terms left out; an empty list is "never",
 * a list with an empty cube "always". `undefined` where there would be more than `cubesMax`.
 */
export function cubesOf<A>(formula: Formula<A>, cubesMax: number): readonly Cube<A>[] | undefined {
  const visit = (at: Formula<A>): readonly Cube<A>[] | undefined => {
    switch (at.kind) {
      case 'constant':
        return at.value ? [[]] : [];
      case 'literal':
        return [[at]];
      case 'any':
        return union(at.parts.map(visit));
      case 'all':
        return at.parts.map(visit).reduce(product);
    }
  };
  const union = (
    all: readonly (readonly Cube<A>[] | undefined)[],
  ): readonly Cube<A>[] | undefined => {
    const cubes: Cube<A>[] = [];
    for (const some of all) {
      if (some === undefined) return undefined;
      cubes.push(...some);
      if (cubes.length > cubesMax) return undefined;
    }
    return withoutSubsumed(cubes);
  };
  const product = (
    left: readonly Cube<A>[] | undefined,
    right: readonly Cube<A>[] | undefined,
  ): readonly Cube<A>[] | undefined => {
    if (left === undefined || right === undefined) return undefined;
    if (left.length * right.length > cubesMax) return undefined;
    return withoutSubsumed(
      left.flatMap((a) => right.map((b) => conjoin(a, b)).filter((cube) => cube !== undefined)),
    );
  };
  return visit(formula);
}

function conjoin<A>(a: Cube<A>, b: Cube<A>): Cube<A> | undefined {
  const literals = new Map(a.map((literal) => [literal.key, literal]));
  for (const literal of b) {
    const other = literals.get(literal.key);
    if (other !== undefined && other.positive !== literal.positive) return undefined;
    literals.set(literal.key, literal);
  }
  return [...literals.values()];
}

function withoutSubsumed<A>(cubes: readonly Cube<A>[]): readonly Cube<A>[] {
  const shortestFirst = [...cubes].sort((a, b) => a.length - b.length);
  const kept: ReadonlySet<number>[] = [];
  const result: Cube<A>[] = [];
  for (const cube of shortestFirst) {
    const ids = new Set(cube.map((literal) => literal.id));
    if (kept.some((smaller) => [...smaller].every((id) => ids.has(id)))) continue;
    kept.push(ids);
    result.push(cube);
  }
  return result;
}
