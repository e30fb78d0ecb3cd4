import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyBaseline,
  parseBaseline,
  printBaseline,
  pruneBaseline,
  writeBaseline,
  type Baseline,
  type BaselineView,
  type Finding,
} from '../../src/lint/index.js';

const print = (digit: string): string => digit.repeat(64);

function finding(digit: string, path = 'a.json'): Finding {
  return {
    ruleId: 'x',
    severity: 'error',
    message: 'it is so',
    why: 'because',
    fix: 'change it',
    span: { source: { path, text: '' }, start: 0, end: 0 },
    related: [],
    fingerprint: print(digit),
    confirmation: { kind: 'unsimulated', reason: 'not requested' },
  };
}

const entry = (digit: string, path = 'a.json') => ({ fingerprint: print(digit), rule: 'x', path });
const baselineOf = (...digits: readonly string[]): Baseline => ({
  entries: digits.map((digit) => entry(digit)),
});
const all: BaselineView = { looksFor: () => true, pathOf: ({ span }) => span.source.path };
/** A run that only looked at one file. */
const only = (path: string): BaselineView => ({ ...all, looksFor: (one) => one.path === path });

/** The findings that count. */
function newOnes(findings: readonly Finding[], baseline: Baseline): readonly string[] {
  return applyBaseline(findings, baseline)
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ fingerprint }) => fingerprint.charAt(0));
}

const shown = ({ entries }: Baseline): readonly string[] =>
  entries.map(({ fingerprint }) => fingerprint.charAt(0)).sort();

const digits = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

describe('a baseline', () => {
  test('leaves what it does not have, one finding an entry', () => {
    const findings = ['a', 'a', 'b'].map((digit) => finding(digit));
    expect(newOnes(findings, baselineOf('a', 'c'))).toEqual(['a', 'b']);
  });

  test('leaves what the difference of multisets leaves', () => {
    fc.assert(
      fc.property(digits, digits, (found, known) => {
        const left = newOnes(
          found.map((digit) => finding(digit)),
          baselineOf(...known),
        );
        for (const digit of 'abcd') {
          const count = (list: readonly string[]): number =>
            list.filter((each) => each === digit).length;
          expect(count(left)).toBe(Math.max(0, count(found) - count(known)));
        }
      }),
      { seed: 21 },
    );
  });

  test('spends no entry on what is suppressed otherwise', () => {
    const known = { ...finding('a'), suppressed: { by: 'directive', reason: 'known' } } as const;
    expect(newOnes([known, finding('a')], baselineOf('a'))).toEqual([]);
  });

  test('written today leaves nothing of today', () => {
    fc.assert(
      fc.property(digits, digits, (found, known) => {
        const before = baselineOf(...known);
        const findings = applyBaseline(
          found.map((digit) => finding(digit)),
          before,
        );
        const next = writeBaseline(findings, before, all);
        expect(shown(next)).toEqual([...found].sort());
        expect(newOnes(findings, next)).toEqual([]);
      }),
      { seed: 22 },
    );
  });

  test('does not take in what is suppressed otherwise', () => {
    const known = { ...finding('a'), suppressed: { by: 'config', reason: 'known' } } as const;
    expect(shown(writeBaseline([known, finding('b')], baselineOf(), all))).toEqual(['b']);
  });

  test('written of a part keeps what stands elsewhere', () => {
    const before = { entries: [entry('a', 'a.json'), entry('b', 'b.json')] };
    expect(shown(writeBaseline([finding('c', 'a.json')], before, only('a.json')))).toEqual([
      'b',
      'c',
    ]);
  });

  test('pruned has no more than was found, and nothing new', () => {
    fc.assert(
      fc.property(digits, digits, (found, known) => {
        const before = baselineOf(...known);
        const findings = applyBaseline(
          found.map((digit) => finding(digit)),
          before,
        );
        const next = pruneBaseline(findings, before, all);
        expect(newOnes(findings, next)).toEqual(newOnes(findings, before));
        for (const digit of 'abcd') {
          const count = (list: readonly string[]): number =>
            list.filter((each) => each === digit).length;
          expect(count(shown(next))).toBe(Math.min(count(found), count(known)));
        }
      }),
      { seed: 23 },
    );
  });

  test('pruned after a run over a part keeps what that did not look for', () => {
    const before = { entries: [entry('a', 'a.json'), entry('b', 'b.json')] };
    expect(shown(pruneBaseline([], before, only('a.json')))).toEqual(['b']);
  });
});

describe('the file of a baseline', () => {
  const schema = JSON.parse(readFileSync('schema/baseline.schema.json', 'utf8')) as object;
  const entries = fc.array(
    fc.record({
      fingerprint: fc.constantFrom('a', 'b', 'c').map(print),
      rule: fc.constantFrom('x', 'y'),
      path: fc.string({ unit: 'grapheme' }),
    }),
    { maxLength: 6 },
  );

  test('is read as it was written, and fits its schema', async () => {
    const validate = new Ajv().compile(schema);
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const text = printBaseline({ entries: list });
        expect(validate(JSON.parse(text))).toBe(true);
        const { value, diagnostics } = await parseBaseline({ path: 'b.json', text });
        expect(diagnostics).toEqual([]);
        expect(printBaseline(value)).toBe(text);
        expect(value.entries).toHaveLength(list.length);
      }),
      { seed: 24 },
    );
  });

  test('is the same whatever the order was, an entry a line', () => {
    const two = [entry('b', 'z.json'), entry('a', 'a.json')];
    const text = printBaseline({ entries: two });
    expect(printBaseline({ entries: [...two].reverse() })).toBe(text);
    expect(text).toBe(
      [
        '{',
        '  "version": 1,',
        '  "findings": [',
        `    { "path": "a.json", "rule": "x", "fingerprint": "${print('a')}" },`,
        `    { "path": "z.json", "rule": "x", "fingerprint": "${print('b')}" }`,
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
    expect(printBaseline({ entries: [] })).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  test('that is none is said to be none', async () => {
    const problemsOf = async (text: string): Promise<readonly string[]> =>
      (await parseBaseline({ path: 'b.json', text })).diagnostics.map(({ message }) => message);
    expect(await problemsOf('{ "version": 1, "findings": [{ "fingerprint": "1" }] }')).toEqual([
      '`findings[0]` has no `rule`',
      '`findings[0]` has no `path`',
      '`findings[0].fingerprint`: `1` is not a fingerprint of 64 lower-case hex digits',
    ]);
    expect(await problemsOf('[')).toHaveLength(1);
  });
});
