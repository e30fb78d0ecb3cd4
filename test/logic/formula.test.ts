import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atomsOf, createFormulas, cubesOf, implies, solve } from '../../src/logic/index.js';
import type { Formula, Literal, Theory } from '../../src/logic/index.js';

/** A formula as data, so that fast-check can make, show and shrink it. */
type Plan =
  | { readonly kind: 'atom'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly of: Plan }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Plan[] };

const names = ['a', 'b', 'c', 'd'];

const plans: fc.Arbitrary<Plan> = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ kind: fc.constant('atom' as const), name: fc.constantFrom(...names) }),
    fc.record({ kind: fc.constant('constant' as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant('not' as const), of: tie('plan') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      parts: fc.array(tie('plan'), { maxLength: 4 }),
    }),
  ),
})).plan;

type World = ReadonlyMap<string, boolean>;

const worlds: readonly World[] = Array.from(
  { length: 2 ** names.length },
  (_, bits) => new Map(names.map((name, index) => [name, ((bits >> index) & 1) === 1])),
);

function holds(plan: Plan, world: World): boolean {
  switch (plan.kind) {
    case 'atom':
      return world.get(plan.name) ?? false;
    case 'constant':
      return plan.value;
    case 'not':
      return !holds(plan.of, world);
    case 'all':
      return plan.parts.every((part) => holds(part, world));
    case 'any':
      return plan.parts.some((part) => holds(part, world));
  }
}

function build(
  plan: Plan,
  formulas = createFormulas<string>((name) => name),
): {
  formulas: ReturnType<typeof createFormulas<string>>;
  formula: Formula<string>;
} {
  const make = (at: Plan): Formula<string> => {
    switch (at.kind) {
      case 'atom':
        return formulas.atom(at.name);
      case 'constant':
        return at.value ? formulas.always : formulas.never;
      case 'not':
        return formulas.not(make(at.of));
      case 'all':
        return formulas.all(at.parts.map(make));
      case 'any':
        return formulas.any(at.parts.map(make));
    }
  };
  return { formulas, formula: make(plan) };
}

/** Every conjunction without a contradiction has a model: plain propositional logic. */
const propositional: Theory<string, World> = {
  couldHold: () => true,
  model: (literals) => ({
    kind: 'model',
    model: new Map(literals.map(({ key, positive }) => [key, positive])),
  }),
};

const settings = { numRuns: 1_000, seed: 20_261_125 };

describe('formulas', () => {
  test('a formula means what it was built from, in every world', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { formulas, formula } = build(plan);
        for (const world of worlds) {
          const value = formulas.evaluate(formula, ({ key }) => world.get(key));
          expect(value).toBe(holds(plan, world) ? formulas.always : formulas.never);
        }
      }),
      settings,
    );
  });

  test('a residual keeps the meaning, and mentions no atom that was decided', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(...worlds), fc.subarray(names), (plan, world, known) => {
        const { formulas, formula } = build(plan);
        const residual = formulas.evaluate(formula, ({ key }) =>
          known.includes(key) ? world.get(key) : undefined,
        );
        expect([...atomsOf(residual).keys()].filter((name) => known.includes(name))).toEqual([]);
        const completed = formulas.evaluate(residual, ({ key }) => world.get(key));
        expect(completed).toBe(holds(plan, world) ? formulas.always : formulas.never);
      }),
      settings,
    );
  });

  test('a double negation is the formula itself, and equal formulas are identical', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { formulas, formula } = build(plan);
        expect(formulas.not(formulas.not(formula))).toBe(formula);
        expect(formulas.all([formula, formula])).toBe(formula);
      }),
      settings,
    );
  });
});

describe('solving', () => {
  test('a model is found exactly where some world has one, and it is one', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { formulas, formula } = build(plan);
        const solution = solve(formulas, formula, propositional, 10_000);
        const possible = worlds.some((world) => holds(plan, world));
        expect(solution.kind).toBe(possible ? 'satisfied' : 'unsatisfiable');
        if (solution.kind === 'satisfied') {
          const { model } = solution;
          const completed = new Map(names.map((name) => [name, model.get(name) ?? false]));
          expect(holds(plan, completed)).toBe(true);
        }
      }),
      settings,
    );
  });

  test('one formula implies another exactly where no world holds for the one alone, and such a world is shown', () => {
    fc.assert(
      fc.property(plans, plans, (premise, conclusion) => {
        const { formulas, formula: a } = build(premise);
        const { formula: b } = build(conclusion, formulas);
        const solution = implies(formulas, a, b, (at) =>
          solve(formulas, at, propositional, 10_000),
        );
        const against = worlds.some((world) => holds(premise, world) && !holds(conclusion, world));
        expect(solution.kind).toBe(against ? 'satisfied' : 'unsatisfiable');
        if (solution.kind !== 'satisfied') return;
        const { model } = solution;
        const completed = new Map(names.map((name) => [name, model.get(name) ?? false]));
        expect([holds(premise, completed), holds(conclusion, completed)]).toEqual([true, false]);
      }),
      settings,
    );
  });

  test('a limit reached is unknown, never a verdict', () => {
    const formulas = createFormulas<string>((name) => name);
    const xor = (a: Formula<string>, b: Formula<string>): Formula<string> =>
      formulas.any([formulas.all([a, formulas.not(b)]), formulas.all([formulas.not(a), b])]);
    const hard = formulas.all([
      xor(formulas.atom('a'), formulas.atom('b')),
      xor(formulas.atom('b'), formulas.atom('c')),
      xor(formulas.atom('c'), formulas.atom('a')),
    ]);
    expect(solve(formulas, hard, propositional, 2).kind).toBe('unknown');
    expect(solve(formulas, hard, propositional, 1_000).kind).toBe('unsatisfiable');
  });

  test('a theory that gives up makes the answer unknown, not unsatisfiable', () => {
    const formulas = createFormulas<string>((name) => name);
    const unsure: Theory<string, World> = {
      couldHold: () => true,
      model: () => ({ kind: 'unknown', limit: 'too hard' }),
    };
    expect(solve(formulas, formulas.atom('a'), unsure, 100)).toEqual({
      kind: 'unknown',
      limit: 'too hard',
    });
  });
});

describe('cubes', () => {
  test('the OR of the cubes means the formula, and no cube contradicts itself', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { formula } = build(plan);
        const cubes = cubesOf(formula, 1_000) ?? [];
        const inCube = (cube: readonly Literal<string>[], world: World): boolean =>
          cube.every(({ key, positive }) => world.get(key) === positive);
        for (const world of worlds) {
          expect(cubes.some((cube) => inCube(cube, world))).toBe(holds(plan, world));
        }
        for (const cube of cubes)
          expect(new Set(cube.map(({ key }) => key)).size).toBe(cube.length);
      }),
      settings,
    );
  });
});
