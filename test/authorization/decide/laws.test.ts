import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decide,
  evaluate,
  noPolicies,
  type AppliedPolicies,
  type Authorization,
  type Supply,
} from '../../../src/authorization/decide/index.js';
import type { Context, ContextValue, Request } from '../../../src/inventory/index.js';
import type { Broken, PolicyDocument, Statement } from '../../../src/policy/index.js';
import { appliedPolicies } from '../../arbitraries/applied-policies.js';
import { inventory } from '../../arbitraries/inventory.js';
import { policy } from '../../arbitraries/policy.js';
import { request } from '../../arbitraries/request.js';

const law = { numRuns: 1_000, seed: 20_261_125 };

const layers = ['identity', 'resource', 'boundary', 'session', 'scps', 'rcps', 'endpoint'] as const;

type Layer = (typeof layers)[number];

const kinds = {
  identity: 'identity',
  resource: 'key-policy',
  boundary: 'boundary',
  session: 'session',
  scps: 'scp',
  rcps: 'rcp',
  endpoint: 'endpoint',
} as const;

type Change = (document: PolicyDocument) => PolicyDocument;

function changed(policies: AppliedPolicies, change: Change, only?: Layer): AppliedPolicies {
  const inSupply = ({ levels, ...rest }: Supply): Supply => ({
    ...rest,
    levels: levels === 'none' ? levels : levels.map((level) => level.map(change)),
  });
  const entries = layers
    .filter((layer) => only === undefined || layer === only)
    .map((layer) => [layer, inSupply(policies[layer])] as const);
  return { ...policies, ...Object.fromEntries(entries) };
}

function withStatements(
  document: PolicyDocument,
  statements: readonly (Statement | Broken)[],
): PolicyDocument {
  return { ...document, statements };
}

/** A layer with a statement of that effect, and the policies that have it in addition. */
function addition(effect: 'Allow' | 'Deny') {
  return fc.tuple(appliedPolicies(), fc.constantFrom(...layers)).chain(([policies, layer]) =>
    policy(kinds[layer]).map((more) => {
      const added = more.statements
        .filter((statement) => statement.kind === 'statement')
        .map((statement): Statement => ({ ...statement, effect }));
      const after = changed(
        policies,
        (document) => withStatements(document, [...document.statements, ...added]),
        layer,
      );
      return { policies, after };
    }),
  );
}

function isAllowed({ decision }: Authorization): boolean {
  return decision === 'Allow';
}

function isDenied({ decision }: Authorization): boolean {
  return decision === 'ImplicitDeny' || decision === 'ExplicitDeny';
}

/** Whether an answer that was definite with less knowledge still stands with more. */
function stands(before: Authorization, after: Authorization): boolean {
  switch (before.decision) {
    case 'Unknown':
      return true;
    case 'Allow':
    case 'ExplicitDeny':
      return after.decision === before.decision;
    case 'ImplicitDeny':
      return isDenied(after);
  }
}

describe('laws of evaluation', () => {
  test('an explicit deny wins', () => {
    const everyone = fc.constantFrom(
      'identity',
      'resource',
      'boundary',
      'scps',
      'endpoint' as const,
    );
    fc.assert(
      fc.property(appliedPolicies(), request(), everyone, (policies, asked, layer) => {
        fc.pre(layer === 'resource' || layer === 'endpoint' || asked.caller.kind === 'user');
        const kind = kinds[layer];
        const denying = { levels: [[denyAll(kind)]] };
        const { decision } = evaluate({ ...policies, [layer]: denying }, asked);
        expect(decision).toBe('ExplicitDeny');
      }),
      law,
    );
  });

  test('what nothing allows is denied', () => {
    fc.assert(
      fc.property(appliedPolicies(), request(), (policies, asked) => {
        const denials = changed(policies, (document) =>
          withStatements(
            document,
            document.statements.filter(({ effect }) => effect === 'Deny'),
          ),
        );
        expect(isAllowed(evaluate({ ...denials, grants: [] }, asked))).toBe(false);
      }),
      law,
    );
  });

  test('the order of statements does not matter', () => {
    fc.assert(
      fc.property(appliedPolicies(), request(), (policies, asked) => {
        const reversed = changed(policies, (document) =>
          withStatements(document, [...document.statements].reverse()),
        );
        expect(evaluate(reversed, asked).decision).toBe(evaluate(policies, asked).decision);
      }),
      law,
    );
  });

  test('a statement said twice is said once', () => {
    fc.assert(
      fc.property(appliedPolicies(), request(), (policies, asked) => {
        const doubled = changed(policies, (document) =>
          withStatements(document, [...document.statements, ...document.statements]),
        );
        expect(evaluate(doubled, asked).decision).toBe(evaluate(policies, asked).decision);
      }),
      law,
    );
  });

  test('one more allow never takes access away', () => {
    fc.assert(
      fc.property(addition('Allow'), request(), ({ policies, after }, asked) => {
        const before = evaluate(policies, asked);
        if (isAllowed(before)) expect(evaluate(after, asked).decision).toBe('Allow');
      }),
      law,
    );
  });

  test('one more deny never gives access', () => {
    fc.assert(
      fc.property(addition('Deny'), request(), ({ policies, after }, asked) => {
        const before = evaluate(policies, asked);
        if (isDenied(before)) expect(isDenied(evaluate(after, asked))).toBe(true);
      }),
      law,
    );
  });
});

describe('what is unknown', () => {
  test('in the context never contradicts what it turns out to be', () => {
    fc.assert(
      fc.property(appliedPolicies(), request(), fc.nat(), (policies, asked, which) => {
        const before = evaluate(policies, { ...asked, context: forgetting(asked.context, which) });
        expect(stands(before, evaluate(policies, asked))).toBe(true);
      }),
      law,
    );
  });

  test('about a key that may be absent never contradicts its absence', () => {
    fc.assert(
      fc.property(appliedPolicies(), request(), (policies, asked) => {
        const context = new Map(asked.context);
        context.delete('kms:viaservice');
        const unknown = new Map(context).set('kms:viaservice', unknownValue('kms:viaservice'));
        const before = evaluate(policies, { ...asked, context: unknown });
        expect(stands(before, evaluate(policies, { ...asked, context }))).toBe(true);
      }),
      law,
    );
  });

  test('for want of a layer never contradicts the layer', () => {
    fc.assert(
      fc.property(
        appliedPolicies(),
        request(),
        fc.constantFrom(...layers),
        (policies, asked, layer) => {
          const missing = { layer: 'identity', of: 'x', detail: 'the policies' } as const;
          const gap = { ...noPolicies, gap: { missing, taken: 'unknown' as const } };
          const before = evaluate({ ...policies, [layer]: gap }, asked);
          expect(stands(before, evaluate(policies, asked))).toBe(true);
        },
      ),
      law,
    );
  });

  test('for a statement that cannot be read never contradicts the statement', () => {
    fc.assert(
      fc.property(appliedPolicies(), request(), fc.nat(3), (policies, asked, index) => {
        const broken = changed(policies, (document) =>
          withStatements(
            document,
            document.statements.map((statement) => breaking(statement, index)),
          ),
        );
        expect(stands(evaluate(broken, asked), evaluate(policies, asked))).toBe(true);
      }),
      law,
    );
  });

  test('is named', () => {
    fc.assert(
      fc.property(inventory(), request(), (estate, asked) => {
        const { decision, missing } = decide(estate, asked);
        expect(missing.length > 0).toBe(decision === 'Unknown');
      }),
      law,
    );
  });

  test('is never assumed away into another decision than the one without it', () => {
    fc.assert(
      fc.property(inventory(), request(), (estate, asked) => {
        const strict = decide(estate, asked, { assume: 'nothing' });
        expect(strict.assumed).toEqual([]);
        expect(stands(strict, decide(estate, asked))).toBe(true);
      }),
      law,
    );
  });
});

function unknownValue(key: string): ContextValue {
  return { unknown: { layer: 'attribute', of: key, detail: 'its value' } };
}

function forgetting(context: Context, which: number): Context {
  return new Map(
    [...context].map(([key, value], index) => [
      key,
      (which >> index) % 2 === 1 ? unknownValue(key) : value,
    ]),
  );
}

function breaking(statement: Statement | Broken, index: number): Statement | Broken {
  if (statement.index !== index) return statement;
  return { kind: 'broken', index, reason: 'it is torn', span: statement.span };
}

const nowhere = { source: { path: 'deny.json', text: '' }, start: 0, end: 0 };

function denyAll(kind: PolicyDocument['kind']): PolicyDocument {
  const everything = { negated: false, patterns: [{ text: '*', span: nowhere }], span: nowhere };
  const hasPrincipal = kind === 'key-policy' || kind === 'endpoint';
  const everyone = { type: '*', text: '*', form: { kind: 'everyone' }, span: nowhere } as const;
  const principal = { negated: false, entries: [everyone], span: nowhere };
  const statement: Statement = {
    kind: 'statement',
    index: 0,
    effect: 'Deny',
    ...(hasPrincipal ? { principal } : {}),
    action: everything,
    resource: everything,
    conditions: [],
    span: nowhere,
  };
  return { kind, version: '2012-10-17', statements: [statement], span: nowhere };
}

// The generators are of use only if what they make comes out every way.
test('generated requests are allowed, denied and left open', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(inventory(), request(), (estate, asked: Request) => {
      const { decision } = decide(estate, asked);
      seen.set(decision, (seen.get(decision) ?? 0) + 1);
    }),
    law,
  );
  for (const decision of ['Allow', 'ImplicitDeny', 'ExplicitDeny', 'Unknown']) {
    expect(seen.get(decision) ?? 0, decision).toBeGreaterThan(20);
  }
});
