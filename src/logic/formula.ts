/**
 * A truth function over atoms, in negation normal form. Formulas come from one {@link Formulas}
 * builder, which makes equal ones identical, so `===` compares them.
 */
export type Formula<A> = Constant | Literal<A> | Junction<A>;

export interface Constant {
  readonly kind: 'constant';
  readonly id: number;
  readonly value: boolean;
}

export interface Literal<A> {
  readonly kind: 'literal';
  readonly id: number;
  readonly atom: A;
  /** The atom's identity: atoms of equal keys are one. */
  readonly key: string;
  readonly positive: boolean;
}

export interface Junction<A> {
  /** `all`: conjunction; `any`: disjunction. At least two parts, none constant, none of the same kind. */
  readonly kind: 'all' | 'any';
  readonly id: number;
  readonly parts: readonly Formula<A>[];
}

/** Makes formulas, simplifying what is plain: constants, duplicates, `x ∧ ¬x`, absorption. */
export interface Formulas<A> {
  readonly always: Constant;
  readonly never: Constant;
  atom(atom: A): Formula<A>;
  not(formula: Formula<A>): Formula<A>;
  all(parts: Iterable<Formula<A>>): Formula<A>;
  any(parts: Iterable<Formula<A>>): Formula<A>;
  /** Replaces each atom that `decide` knows, and simplifies: the residual. */
  evaluate(formula: Formula<A>, decide: (literal: Literal<A>) => boolean | undefined): Formula<A>;
  /** Replaces each atom by a formula. */
  substitute(formula: Formula<A>, replace: (atom: A) => Formula<A>): Formula<A>;
}

/** @param keyOf gives atoms their identity: one key, one atom */
export function createFormulas<A>(keyOf: (atom: A) => string): Formulas<A> {
  const always: Constant = { kind: 'constant', id: 1, value: true };
  const never: Constant = { kind: 'constant', id: 0, value: false };
  const interned = new Map<string, Formula<A>>();
  const negations = new Map<number, Formula<A>>();
  let nextId = 2;

  const intern = (name: string, make: (id: number) => Formula<A>): Formula<A> => {
    let formula = interned.get(name);
    if (formula === undefined) {
      formula = make(nextId);
      nextId += 1;
      interned.set(name, formula);
    }
    return formula;
  };

  const literal = (atom: A, key: string, positive: boolean): Formula<A> =>
    intern(`${positive ? '+' : '-'}${key}`, (id) => ({ kind: 'literal', id, atom, key, positive }));

  const not = (formula: Formula<A>): Formula<A> => {
    let negation = negations.get(formula.id);
    if (negation === undefined) {
      negation = negate(formula);
      negations.set(formula.id, negation);
      negations.set(negation.id, formula);
    }
    return negation;
  };

  const negate = (formula: Formula<A>): Formula<A> => {
    switch (formula.kind) {
      case 'constant':
        return formula.value ? never : always;
      case 'literal':
        return literal(formula.atom, formula.key, !formula.positive);
      case 'all':
        return join('any', formula.parts.map(not));
      case 'any':
        return join('all', formula.parts.map(not));
    }
  };

  const join = (kind: 'all' | 'any', given: Iterable<Formula<A>>): Formula<A> => {
    const neutral = kind === 'all' ? always : never;
    const absorbing = kind === 'all' ? never : always;
    const parts = new Map<number, Formula<A>>();
    const add = (part: Formula<A>): void => {
      if (part === neutral) return;
      if (part.kind === kind) part.parts.forEach(add);
      else parts.set(part.id, part);
    };
    for (const part of given) add(part);
    if (parts.has(absorbing.id)) return absorbing;
    for (const part of parts.values()) {
      if (part.kind === 'literal' && parts.has(not(part).id)) return absorbing;
    }
    // x ∧ (x ∨ y) = x, and the dual.
    for (const part of parts.values()) {
      if (part.kind === 'all' || part.kind === 'any') {
        if (part.parts.some((inner) => parts.has(inner.id))) parts.delete(part.id);
      }
    }
    const [first, second] = parts.values();
    if (first === undefined) return neutral;
    if (second === undefined) return first;
    const sorted = [...parts.values()].sort((a, b) => a.id - b.id);
    return intern(`${kind}(${sorted.map((part) => part.id).join()})`, (id) => ({
      kind,
      id,
      parts: sorted,
    }));
  };

  const mapLiterals = (
    formula: Formula<A>,
    change: (literal: Literal<A>) => Formula<A>,
  ): Formula<A> => {
    const done = new Map<number, Formula<A>>();
    const visit = (at: Formula<A>): Formula<A> => {
      let result = done.get(at.id);
      if (result === undefined) {
        result =
          at.kind === 'constant'
            ? at
            : at.kind === 'literal'
              ? change(at)
              : join(at.kind, at.parts.map(visit));
        done.set(at.id, result);
      }
      return result;
    };
    return visit(formula);
  };

  const evaluate: Formulas<A>['evaluate'] = (formula, decide) =>
    mapLiterals(formula, (literal) => {
      const value = decide(literal);
      if (value === undefined) return literal;
      return value === literal.positive ? always : never;
    });

  const substitute: Formulas<A>['substitute'] = (formula, replace) =>
    mapLiterals(formula, ({ atom, positive }) => (positive ? replace(atom) : not(replace(atom))));

  return {
    always,
    never,
    atom: (atom) => literal(atom, keyOf(atom), true),
    not,
    all: (parts) => join('all', parts),
    any: (parts) => join('any', parts),
    evaluate,
    substitute,
  };
}

/** Every atom of a formula, by key. */
export function atomsOf<A>(formula: Formula<A>): ReadonlyMap<string, A> {
  const atoms = new Map<string, A>();
  const seen = new Set<number>();
  const visit = (at: Formula<A>): void => {
    if (seen.has(at.id)) return;
    seen.add(at.id);
    if (at.kind === 'literal') atoms.set(at.key, at.atom);
    else if (at.kind !== 'constant') at.parts.forEach(visit);
  };
  visit(formula);
  return atoms;
}
