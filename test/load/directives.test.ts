import { describe, expect, test } from 'vitest';
import { commentDirectives, metadataDirectives } from '../../src/load/directives.js';
import { findPath, parseYaml } from '../../src/source/index.js';

function directivesIn(...lines: readonly string[]) {
  const { value } = parseYaml({ path: 'a.yaml', text: lines.join('\n') });
  return commentDirectives(value.comments, value.documents).map(
    ({ span, covers, ...directive }) => ({
      ...directive,
      covers: covers?.source.text.slice(covers.start, covers.end),
      line: span.source.text.slice(0, span.start).split('\n').length,
    }),
  );
}

describe('a directive in a comment', () => {
  test('on the line before covers what begins on the next, the outermost', () => {
    const found = directivesIn(
      'Resources:',
      '  # keyproof-disable-next-line unmanageable-key, region-mismatch until=2027-03-31 -- moved in March',
      '  Key:',
      '    Type: AWS::KMS::Key',
      '  Role: {}',
    );
    expect(found).toEqual([
      {
        scope: 'next-line',
        rules: ['unmanageable-key', 'region-mismatch'],
        until: '2027-03-31',
        reason: 'moved in March',
        covers: 'Key:\n    Type: AWS::KMS::Key',
        line: 2,
      },
    ]);
  });

  test('covers an item of a list, not its first key alone', () => {
    const [first, second] = directivesIn(
      'Statement:',
      '# keyproof-disable-next-line a -- b',
      '- Effect: Allow',
      '  Action: "*"',
      '- Effect: Deny # keyproof-disable-line c -- d',
      '  Action: "*"',
    );
    expect(first?.covers).toBe('Effect: Allow\n  Action: "*"');
    expect(second).toMatchObject({
      scope: 'line',
      covers: 'Effect: Deny # keyproof-disable-line c -- d\n  Action: "*"',
    });
  });

  test('may stand above further comments', () => {
    const [first] = directivesIn('# keyproof-disable-next-line a -- b', '# why', 'c: 1', 'd: 2');
    expect(first?.covers).toBe('c: 1');
  });

  test('that stands above nothing covers nothing', () => {
    expect(directivesIn('a: 1', '# keyproof-disable-next-line a -- b', '', 'c: 1')).toMatchObject([
      { covers: undefined },
    ]);
  });

  test('at the head covers the file', () => {
    expect(directivesIn('# ours', '# keyproof-disable a -- b', 'c: 1')).toMatchObject([
      { scope: 'file', rules: ['a'], reason: 'b', covers: undefined },
    ]);
  });

  test('keeps that it has no reason, and how an unknown rule is spelled', () => {
    const [first] = directivesIn('a: 1 # keyproof-disable-line Unmanageable-Key --');
    expect(first).toMatchObject({ rules: ['Unmanageable-Key'] });
    expect(first).not.toHaveProperty('reason');
    expect(first).not.toHaveProperty('malformed');
  });

  test.each([
    [
      'keyproof-disable-nextline a -- b',
      '`keyproof-disable-nextline` is not one of `keyproof-disable-line`, `keyproof-disable-next-line`, `keyproof-disable`',
    ],
    [
      'keyproof-ignore a',
      '`keyproof-ignore` is not one of `keyproof-disable-line`, `keyproof-disable-next-line`, `keyproof-disable`',
    ],
    [
      'keyproof: disable a',
      '`keyproof:` is not one of `keyproof-disable-line`, `keyproof-disable-next-line`, `keyproof-disable`',
    ],
    [
      'keyproof.disable a -- b',
      '`keyproof.disable` is not one of `keyproof-disable-line`, `keyproof-disable-next-line`, `keyproof-disable`',
    ],
    [
      'keyproof-disabel-next-line a -- b',
      '`keyproof-disabel-next-line` is not one of `keyproof-disable-line`, `keyproof-disable-next-line`, `keyproof-disable`',
    ],
    ['keyproof-disable-line -- b', 'it names no rule'],
    ['keyproof-disable a -- b', 'it covers a whole file only from above all content'],
  ])('`%s` below content has no effect, and says why', (text, malformed) => {
    expect(directivesIn('c: 1', `d: 1 # ${text}`)).toMatchObject([{ malformed }]);
  });

  test.each([
    'keyproof reads this',
    'see keyproof-like tools',
    'keyproof: ours',
    'keyproof.config.yaml has it',
  ])('is not `%s`', (text) => {
    expect(directivesIn(`# ${text}`, 'a: 1')).toEqual([]);
  });
});

describe('a directive in the Metadata of a resource', () => {
  const read = (text: string) => {
    const { value } = parseYaml({ path: 'a.yaml', text });
    const [root] = value.documents;
    if (root === undefined) return [];
    return metadataDirectives(findPath(root, 'Metadata'), root.span).map(
      ({ rules, reason, until, malformed, scope, covers }) => ({
        rules,
        scope,
        ...(reason === undefined ? {} : { reason }),
        ...(until === undefined ? {} : { until }),
        ...(malformed === undefined ? {} : { malformed }),
        covers: covers === root.span,
      }),
    );
  };

  test('covers the resource', () => {
    const text =
      'Metadata: { keyproof: { disable: [{ rules: [a, b], reason: c, until: 2027-03-31 }] } }';
    expect(read(text)).toEqual([
      { scope: 'resource', rules: ['a', 'b'], reason: 'c', until: '2027-03-31', covers: true },
    ]);
  });

  test.each([
    ['Metadata: { keyproof: { disabled: [] } }', 'it has no list `disable`'],
    ['Metadata: { keyproof: { disable: [{ rule: a }] } }', 'it names no rule'],
  ])('%s has no effect, and says why', (text, malformed) => {
    expect(read(text)).toMatchObject([{ rules: [], malformed, covers: true }]);
  });

  test('is not the Metadata of others', () => {
    expect(read('Metadata: { cfn-lint: {} }')).toEqual([]);
  });
});
