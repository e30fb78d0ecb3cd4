import { describe, expect, test } from 'vitest';
import type { Directive } from '../../src/inventory/index.js';
import { suppress, type ConfiguredSuppression, type Finding } from '../../src/lint/index.js';
import type { SuppressSettings } from '../../src/lint/suppressions/suppress.js';
import type { Span } from '../../src/source/index.js';

const text = 'one\ntwo\nthree\nfour\n';
const source = { path: 'a.yaml', text };
/** The span of a word in the text. */
const at = (word: string, path = source.path): Span => {
  const start = text.indexOf(word);
  return { source: { ...source, path }, start, end: start + word.length };
};

const finding = (span: Span, ruleId = 'x'): Finding => ({
  ruleId,
  severity: 'error',
  message: `${ruleId} at ${span.source.text.slice(span.start, span.end)}`,
  why: 'because',
  fix: 'change it',
  span,
  related: [],
  fingerprint: 'f',
  confirmation: { kind: 'unsimulated', reason: 'not requested' },
});

const directive = (change: Partial<Directive>): Directive => ({
  rules: ['x'],
  reason: 'known',
  scope: 'next-line',
  span: at('one'),
  covers: at('two'),
  ...change,
});

/** One that covers nothing that begins anywhere. */
function bare(change: Pick<Directive, 'scope' | 'span'>): Directive {
  return { rules: ['x'], reason: 'known', ...change };
}

function configured(change: Partial<ConfiguredSuppression>): ConfiguredSuppression {
  return {
    rules: ['x'],
    reason: 'known',
    span: at('one', 'keyproof.config.yaml'),
    concerns: (path) => path === 'a.yaml',
    ...change,
  };
}

const settings: SuppressSettings = {
  directives: [],
  configured: [],
  rules: ['x', 'y'],
  files: ['a.yaml', 'b.yaml'],
  extent: 'everything',
  looksFor: () => true,
  severityOf: ({ severity }) => severity,
  today: '2026-06-15',
};

/** What comes of findings: by whom each is suppressed, and what is found of exceptions. */
function outcome(
  findings: readonly Finding[],
  change: Partial<SuppressSettings>,
): readonly string[] {
  return suppress(findings, { ...settings, ...change }).map(
    ({ ruleId, message, suppressed }) =>
      `${ruleId}: ${suppressed === undefined ? message : `suppressed by ${suppressed.by}`}`,
  );
}

describe('a directive suppresses', () => {
  test('what stands in what it covers, and nothing else', () => {
    const findings = [finding(at('two')), finding(at('three')), finding(at('two'), 'y')];
    expect(outcome(findings, { directives: [directive({})] })).toEqual([
      'x: suppressed by directive',
      'y: y at two',
      'x: x at three',
    ]);
  });

  test('its own line', () => {
    const onLine = bare({ scope: 'line', span: at('four') });
    const findings = [finding(at('four')), finding(at('three'))];
    expect(outcome(findings, { directives: [onLine] })).toEqual([
      'x: x at three',
      'x: suppressed by directive',
    ]);
  });

  test('its whole file, and no other', () => {
    const wide = bare({ scope: 'file', span: at('one') });
    const findings = [finding(at('four')), finding(at('four', 'b.yaml'))];
    expect(outcome(findings, { directives: [wide] })).toEqual([
      'x: suppressed by directive',
      'x: x at four',
    ]);
  });

  test('and its reason and its date stay with the finding', () => {
    const until = '2026-06-15';
    const [found] = suppress([finding(at('two'))], {
      ...settings,
      directives: [directive({ until })],
    });
    expect(found?.suppressed).toEqual({ by: 'directive', reason: 'known', until });
  });

  test('once, though a nested template brings it several times', () => {
    expect(outcome([], { directives: [directive({}), directive({})] })).toHaveLength(1);
  });
});

describe('an exception has no effect and is a finding', () => {
  test.each<[string, Partial<Directive>, string]>([
    [
      'without a reason',
      { reason: '' },
      'suppression-without-reason: the suppression of `x` gives no reason, and has no effect',
    ],
    [
      'past its date',
      { until: '2026-06-14' },
      'suppression-expired: the suppression of `x` ended on 2026-06-14, and has no effect any more',
    ],
    [
      'of an unknown rule',
      { rules: ['x', 'z'] },
      'unknown-directive: this suppression has no effect: there is no rule `z`',
    ],
    [
      'until no day that there is',
      { until: '2026-02-30' },
      'unknown-directive: this suppression has no effect: `2026-02-30` is no date',
    ],
    [
      'that is misspelt',
      { rules: [], malformed: '`keyproof-disabel` is not one of …' },
      'unknown-directive: this directive has no effect: `keyproof-disabel` is not one of …',
    ],
  ])('%s', (_, change, found) => {
    expect(outcome([finding(at('two'))], { directives: [directive(change)] })).toEqual([
      found,
      'x: x at two',
    ]);
  });

  test('in the configuration as in a directive', () => {
    const { rules, span, concerns } = configured({});
    for (const without of [{ rules, span, concerns }, configured({ reason: ' ' })]) {
      expect(outcome([finding(at('two'))], { configured: [without] })).toEqual([
        'x: x at two',
        'suppression-without-reason: the suppression of `x` gives no reason, and has no effect',
      ]);
    }
  });

  test('unless the configuration leaves that out', () => {
    const directives = [directive({ reason: '' })];
    expect(outcome([finding(at('two'))], { directives, severityOf: () => 'off' })).toEqual([
      'x: x at two',
    ]);
  });
});

describe('an exception of what is not found', () => {
  const unused = 'unused-suppression: there is nothing of `x` here to suppress';

  test('is a finding, rule by rule', () => {
    const directives = [directive({ rules: ['y', 'x'] })];
    expect(outcome([finding(at('two'), 'y')], { directives })).toEqual([
      unused,
      'y: suppressed by directive',
    ]);
  });

  test('is none where the run did not look for it', () => {
    const looksFor = (): boolean => false;
    expect(outcome([], { directives: [directive({})], looksFor })).toEqual([]);
  });

  test('of other files is none where only a part was read', () => {
    const gone = configured({ concerns: (path) => path === 'gone.yaml' });
    expect(outcome([], { configured: [gone] })).toEqual([unused]);
    expect(outcome([], { configured: [gone], extent: 'part' })).toEqual([]);
    expect(outcome([], { configured: [configured({})], extent: 'part' })).toEqual([unused]);
  });

  test('is used also where another exception came first', () => {
    const exceptions = { directives: [directive({})], configured: [configured({})] };
    expect(outcome([finding(at('two'))], exceptions)).toEqual(['x: suppressed by directive']);
  });
});

test('what is found of exceptions has fingerprints of its own, wherever it stands', () => {
  const prints = (word: string): readonly string[] =>
    suppress([], {
      ...settings,
      directives: [
        directive({ span: at(word) }),
        directive({ span: at('four') }),
        directive({ span: at('three'), rules: ['y'] }),
      ],
    }).map(({ fingerprint }) => fingerprint);
  expect(new Set(prints('one')).size).toBe(3);
  expect([...prints('two')].sort()).toEqual([...prints('one')].sort());
});
