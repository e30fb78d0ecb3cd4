import { describe, expect, test } from 'vitest';
import {
  expandResource,
  expandVariables,
  matchesResource,
  matchesWildcard,
  variablesOf,
  type PolicyValue,
  type VariableLookup,
} from '../../src/policy/index.js';
import { hole, type Text } from '../../src/source/index.js';

const bucket = hole('stack', 'Bucket');

const context: Readonly<Record<string, ReturnType<VariableLookup>>> = {
  'aws:username': 'ana',
  'aws:principaltag/team': 'a*b',
  'aws:principaltag/cost center': 'x',
  'aws:principaltag/empty': '',
  'aws:principaltag/lost': { unknown: 'the tags of the role' },
  'aws:principaltag/bucket': bucket,
  'aws:tagkeys': ['one'],
};
const lookup: VariableLookup = (key) => context[key.toLowerCase()];

const expand = (text: Text): PolicyValue => expandVariables(text, '2012-10-17', lookup);

/** The one text that an expanded value matches. */
function matchedBy(value: PolicyValue, candidate: string): boolean | undefined {
  return value.kind === 'value' ? matchesWildcard(value.text, candidate, 'exact') : false;
}

describe('a policy variable', () => {
  // SOURCE: facts evaluation 5.1, 5.2, 5.3
  test.each([
    ['home/${aws:username}/x', 'home/ana/x'],
    ['${AWS:UserName}', 'ana'],
    ['${aws:username}-${aws:username}', 'ana-ana'],
    ['${aws:PrincipalTag/cost center}', 'x'],
    ["${aws:username, 'nobody'}", 'ana'],
    ["${aws:absent, 'nobody'}", 'nobody'],
    ["${aws:absent,'no}body'}", 'no}body'],
    ["${aws:absent, ''}", ''],
    ["${aws:PrincipalTag/empty, 'nobody'}", 'nobody'],
    ["${aws:TagKeys, 'nobody'}", 'nobody'],
    ['${*}${?}${$}', '*?$'],
    ['${$}{aws:username}', '${aws:username}'],
    ['$ {aws:username}', '$ {aws:username}'],
    ['${aws:username', '${aws:username'],
    ['${aws:PrincipalTag/team}', 'a*b'],
  ])('in %j stands for %j', (text, expected) => {
    expect(matchedBy(expand(text), expected)).toBe(true);
  });

  test.each([
    ['${*}', 'x'],
    ['${aws:PrincipalTag/team}', 'axb'],
    ["${aws:absent, 'a*'}", 'ab'],
  ])('in %j brings in no wildcard', (text, other) => {
    expect(matchedBy(expand(text), other)).toBe(false);
  });

  test('leaves the wildcards around it alone', () => {
    expect(matchedBy(expand('${aws:username}*'), 'anabel')).toBe(true);
  });

  // SOURCE: facts evaluation 5.1, 5.5
  test.each(['${aws:absent}', '${aws:PrincipalTag/empty}', '${aws:TagKeys}', 'a${aws:absent}b'])(
    'in %j has no value',
    (text) => {
      expect(expand(text)).toEqual({ kind: 'no-value' });
    },
  );

  test('of an unknown value makes the whole value unknown', () => {
    expect(expand('a${aws:PrincipalTag/lost}b')).toEqual({ kind: 'unknown' });
    expect(expand("${aws:PrincipalTag/lost, 'x'}")).toEqual({ kind: 'unknown' });
    expect(expand(`\${aws:PrincipalTag/${bucket}}`)).toEqual({ kind: 'unknown' });
  });

  test('keeps the holes of its value', () => {
    expect(matchedBy(expand('${aws:PrincipalTag/bucket}/*'), `${bucket}/k`)).toBe(true);
  });

  // SOURCE: facts evaluation 2.4
  test('is plain text in the version of 2008', () => {
    const text = '${aws:username}${*}';
    expect(expandVariables(text, '2008-10-17', lookup)).toEqual({ kind: 'value', text });
  });

  test('is listed as written', () => {
    expect(variablesOf("${aws:A}/${*}/${aws:b, 'c'}")).toEqual(['aws:A', 'aws:b']);
  });
});

describe('a variable in a Resource', () => {
  // SOURCE: facts evaluation 4.6
  test('counts after the fifth colon', () => {
    const value = expandResource('arn:aws:s3:::b/${aws:username}/*', '2012-10-17', lookup);
    const pattern = value.kind === 'value' ? value.text : '';
    expect(matchesResource(pattern, 'arn:aws:s3:::b/ana/k', 'identity')).toBe('match');
    expect(matchesResource(pattern, 'arn:aws:s3:::b/eve/k', 'identity')).toBe('no-match');
  });

  test('does not count before it', () => {
    const value = expandResource('arn:aws:sqs:${aws:username}:1:q', '2012-10-17', lookup);
    const pattern = value.kind === 'value' ? value.text : '';
    expect(matchesResource(pattern, 'arn:aws:sqs:ana:1:q', 'identity')).toBe('no-match');
  });
});
