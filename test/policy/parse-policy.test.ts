import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePolicy, type Broken, type Statement } from '../../src/policy/index.js';
import { hole, parseJson, type Node, type Span } from '../../src/source/index.js';
import { nodeOf, policyOf, showDiagnostic } from './policies.js';

const root = { AWS: 'arn:aws:iam::111122223333:root' };
const allow = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };

function statementOf(statement: object): Statement {
  const [first] = policyOf({ Version: '2012-10-17', Statement: statement }).value.statements;
  if (first?.kind !== 'statement') throw new Error(first?.reason ?? 'no statement');
  return first;
}

describe('a policy document', () => {
  test('has its elements, with spans', () => {
    const text =
      '{"Version": "2012-10-17", "Id": "the id", "Statement": {"Sid": "a b", "Effect": "Deny", "Action": "kms:*"}}';
    const { value, diagnostics } = parsePolicy(nodeOf(text), 'key-policy');
    const at = (span: Span | undefined): string => text.slice(span?.start, span?.end);
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({ kind: 'key-policy', id: 'the id', version: '2012-10-17' });
    expect(at(value.versionSpan)).toBe('"2012-10-17"');
    const [statement] = value.statements as readonly Statement[];
    expect(statement).toMatchObject({ index: 0, sid: 'a b', effect: 'Deny', conditions: [] });
    expect(at(statement?.action?.span)).toBe('"kms:*"');
    expect(at(statement?.span)).toMatch(/^\{"Sid".*"kms:\*"\}$/);
  });

  // SOURCE: facts evaluation 2.4
  test('without a Version is read as one of 2008', () => {
    expect(policyOf({ Statement: [allow] })).toMatchObject({
      value: { version: '2008-10-17' },
      diagnostics: [],
    });
  });

  // SOURCE: facts evaluation 2.2
  test('may say one or many wherever a list can stand', () => {
    const one = policyOf({ Statement: allow }).value.statements;
    const many = policyOf({
      Statement: [{ ...allow, Principal: { AWS: [root.AWS] }, Action: ['kms:*'], Resource: ['*'] }],
    }).value.statements;
    const plain = (statements: readonly (Statement | Broken)[]): unknown =>
      JSON.parse(
        JSON.stringify(statements, (key, value: unknown) =>
          /span/i.test(key) ? undefined : value,
        ),
      );
    expect(plain(many)).toEqual(plain(one));
  });

  test('may be a string of JSON', () => {
    const parsed = parsePolicy(
      nodeOf(JSON.stringify(JSON.stringify({ Statement: [allow] }))),
      'scp',
    );
    expect(parsed.diagnostics).toEqual([]);
    expect(parsed.value.statements).toMatchObject([{ kind: 'statement', effect: 'Allow' }]);
  });

  test('in a string that is no JSON is one broken statement', () => {
    const parsed = parsePolicy(nodeOf('"see wiki"'), 'scp');
    expect(parsed.diagnostics).not.toEqual([]);
    expect(parsed.value.statements).toMatchObject([{ kind: 'broken' }]);
  });
});

describe('the elements of a statement', () => {
  // SOURCE: facts evaluation 7
  test('Principal takes every form', () => {
    const { principal } = statementOf({
      ...allow,
      Principal: {
        AWS: [111122223333, 'arn:aws:iam::111122223333:user/ana'],
        Service: 'logs.amazonaws.com',
        Federated: ['cognito-identity.amazonaws.com'],
        CanonicalUser: '79a5',
      },
    });
    expect(principal?.negated).toBe(false);
    expect(principal?.entries.map(({ type, form }) => [type, form.kind])).toEqual([
      ['AWS', 'account'],
      ['AWS', 'user'],
      ['Service', 'service'],
      ['Federated', 'provider'],
      ['CanonicalUser', 'canonical-user'],
    ]);
  });

  test('a bare account number keeps its leading zero', () => {
    const node: Node = {
      kind: 'scalar',
      value: 12345678901,
      spelling: '012345678901',
      span: { source: { path: 'p', text: '' }, start: 0, end: 0 },
    };
    const policy = nodeOf(JSON.stringify({ Statement: [{ ...allow, Principal: { AWS: 'x' } }] }));
    const replaced = replaceScalar(policy, 'x', node);
    const [statement] = parsePolicy(replaced, 'key-policy').value.statements;
    expect(statement).toMatchObject({
      principal: { entries: [{ form: { kind: 'account', account: '012345678901' } }] },
    });
  });

  test('the negated ones say so', () => {
    const statement = statementOf({
      Effect: 'Deny',
      NotPrincipal: '*',
      NotAction: 'kms:*',
      NotResource: ['a', 'b'],
    });
    expect(statement).toMatchObject({
      principal: { negated: true },
      action: { negated: true },
      resource: { negated: true, patterns: [{ text: 'a' }, { text: 'b' }] },
    });
  });

  test('absent ones stay absent, and nothing is reported', () => {
    const { value, diagnostics } = policyOf({ Statement: [{ Effect: 'Allow' }] });
    expect(diagnostics).toEqual([]);
    expect(value.statements[0]).not.toHaveProperty('principal');
    expect(value.statements[0]).not.toHaveProperty('action');
    expect(value.statements[0]).not.toHaveProperty('resource');
  });

  // SOURCE: facts evaluation 2.2
  test('Condition takes strings, numbers and booleans, one or many', () => {
    const { conditions } = statementOf({
      ...allow,
      Condition: {
        'ForAnyValue:StringLikeIfExists': { 'kms:ResourceAliases': ['alias/a*', 'alias/b'] },
        Bool: { 'kms:GrantIsForAWSResource': true },
        NumericLessThan: { 'aws:MultiFactorAuthAge': 3600, 'kms:X': '1.50' },
      },
    });
    expect(
      conditions.map(({ operatorText, key, values }) => [
        operatorText,
        key,
        values.map(({ text, type }) => [text, type]),
      ]),
    ).toEqual([
      [
        'ForAnyValue:StringLikeIfExists',
        'kms:ResourceAliases',
        [
          ['alias/a*', 'string'],
          ['alias/b', 'string'],
        ],
      ],
      ['Bool', 'kms:GrantIsForAWSResource', [['true', 'boolean']]],
      ['NumericLessThan', 'aws:MultiFactorAuthAge', [['3600', 'number']]],
      ['NumericLessThan', 'kms:X', [['1.50', 'string']]],
    ]);
    expect(conditions[0]?.operator).toMatchObject({
      quantifier: 'ForAnyValue',
      ifExists: true,
      like: true,
    });
  });
});

/** Replaces each string scalar `text` by another node. */
function replaceScalar(node: Node, text: string, by: Node): Node {
  switch (node.kind) {
    case 'scalar':
      return node.value === text ? by : node;
    case 'sequence':
      return { ...node, items: node.items.map((item) => replaceScalar(item, text, by)) };
    case 'mapping':
      return {
        ...node,
        entries: node.entries.map((entry) => ({
          ...entry,
          value: replaceScalar(entry.value, text, by),
        })),
      };
    case 'unresolved':
      return node;
  }
}

describe('what is known only at deployment', () => {
  const span = { source: { path: 'p', text: '' }, start: 0, end: 0 };
  const unknown = hole('stack', 'X');
  const scalar = (value: string): Node => ({ kind: 'scalar', value, span });
  const either = (...alternatives: readonly (Node | undefined)[]): Node => ({
    kind: 'unresolved',
    text: hole('stack', 'If'),
    alternatives,
    span,
  });
  const open: Node = { kind: 'unresolved', text: unknown, span };
  /** The policy, with each string `?` replaced. */
  const parse = (policy: unknown, by: Node): ReturnType<typeof parsePolicy> =>
    parsePolicy(replaceScalar(nodeOf(JSON.stringify(policy)), '?', by), 'key-policy');

  test('a whole document is unresolved, and so is a whole Statement', () => {
    expect(parse('?', open)).toMatchObject({ value: { unresolved: unknown }, diagnostics: [] });
    expect(parse({ Statement: '?' }, open)).toMatchObject({
      value: { unresolved: unknown },
      diagnostics: [],
    });
    expect(parse({ Statement: '?' }, scalar(unknown))).toMatchObject({
      value: { unresolved: unknown },
    });
  });

  test('a string of JSON that a hole breaks is unresolved, one that a hole fills is read', () => {
    const broken = parsePolicy(scalar(`{"Statement": [${unknown}]`), 'key-policy');
    expect(broken).toMatchObject({ value: { statements: [] }, diagnostics: [] });
    expect(broken.value.unresolved).toContain(unknown);
    for (const account of [unknown, hole('stack', 'Select "0" of \\')]) {
      const text = JSON.stringify({ Statement: [allow] }).replace('111122223333', account);
      expect(parsePolicy(scalar(text), 'key-policy').value.statements).toMatchObject([
        { principal: { entries: [{ form: { kind: 'account', account } }] } },
      ]);
    }
  });

  test('an escape in a string of JSON makes no hole', () => {
    const text = '{"Statement": [{"Effect": "Allow", "Action": "\\ue000a\\ue001b\\ue002"}]}';
    expect(parsePolicy(scalar(text), 'identity').value.statements).toMatchObject([
      { action: { patterns: [{ text: '\ufffda\ufffdb\ufffd' }] } },
    ]);
  });

  test('a statement is broken, without a diagnostic, and hides no other', () => {
    const { value, diagnostics } = parse({ Statement: [allow, '?', allow] }, open);
    expect(diagnostics).toEqual([]);
    expect(value.statements.map(({ kind, index }) => [kind, index])).toEqual([
      ['statement', 0],
      ['broken', 1],
      ['statement', 2],
    ]);
  });

  test('the forms of a statement all appear, each under a presence of its own', () => {
    const deny = nodeOf(JSON.stringify({ ...allow, Effect: 'Deny' }));
    const { value } = parse(
      { Statement: [allow, '?'] },
      either(nodeOf(JSON.stringify(allow)), deny),
    );
    expect(value.statements).toMatchObject([
      { effect: 'Allow', index: 0 },
      { effect: 'Allow', index: 1 },
      { effect: 'Deny', index: 1 },
    ]);
    const presences = value.statements.map((s) => (s.kind === 'statement' ? s.presence : ''));
    expect(presences[0]).toBeUndefined();
    expect(new Set(presences).size).toBe(3);
  });

  test('a statement that may be absent has a presence', () => {
    const { value } = parse({ Statement: ['?'] }, either(nodeOf(JSON.stringify(allow)), undefined));
    expect(value.statements).toHaveLength(1);
    expect(value.statements[0]).toHaveProperty('presence');
  });

  test('a list of statements stands for its items', () => {
    const list = nodeOf(JSON.stringify([allow, allow]));
    expect(parse({ Statement: '?' }, either(list, list)).value.statements).toHaveLength(4);
    expect(
      parse({ Statement: [allow, '?'] }, either(list, undefined)).value.statements,
    ).toHaveLength(3);
  });

  test('the forms of an Effect make a statement each', () => {
    const { value } = parse(
      { Statement: { ...allow, Effect: '?' } },
      either(scalar('Allow'), scalar('Deny')),
    );
    expect(value.statements).toMatchObject([{ effect: 'Allow' }, { effect: 'Deny' }]);
  });

  test('an Effect without forms makes the statement broken', () => {
    for (const by of [open, scalar(unknown)]) {
      expect(parse({ Statement: { ...allow, Effect: '?' } }, by)).toMatchObject({
        value: { statements: [{ kind: 'broken' }] },
        diagnostics: [],
      });
    }
  });

  test('a Condition block is never dropped', () => {
    const keyed = { StringEquals: { 'aws:PrincipalOrgID': 'o-home' } };
    for (const condition of ['?', { StringEquals: '?' }, { ...keyed, Bool: '?' }]) {
      const { value } = parse({ Statement: { ...allow, Condition: condition } }, open);
      expect(value.statements).toMatchObject([{ kind: 'statement', presence: unknown }]);
    }
    const forms = either(nodeOf(JSON.stringify(keyed)), undefined);
    const { value } = parse({ Statement: { ...allow, Condition: '?' } }, forms);
    expect(value.statements.map((s) => (s.kind === 'statement' ? s.conditions.length : 0))).toEqual(
      [1, 0],
    );
    expect(value.statements.every((s) => s.kind === 'statement' && s.presence !== undefined)).toBe(
      true,
    );
  });

  test('a condition on a key with a hole makes the presence unknown', () => {
    const key = `aws:PrincipalTag/${unknown}`;
    const { value } = policyOf({
      Statement: { ...allow, Condition: { StringEquals: { K: 'v' } } },
    });
    expect(value.statements).toMatchObject([{ conditions: [{ key: 'K' }] }]);
    const node = nodeOf(JSON.stringify({ Statement: { ...allow, Condition: '?' } }));
    const entry = { key, keySpan: span, value: scalar('v') };
    const block: Node = {
      kind: 'mapping',
      span,
      entries: [
        { key: 'StringEquals', keySpan: span, value: { kind: 'mapping', entries: [entry], span } },
      ],
    };
    expect(parsePolicy(replaceScalar(node, '?', block), 'identity').value.statements).toMatchObject(
      [{ conditions: [], presence: key }],
    );
  });

  test('an entry without forms is a hole', () => {
    for (const element of ['Action', 'Resource'] as const) {
      const { value } = parse({ Statement: { ...allow, [element]: ['x', '?'] } }, open);
      expect(value.statements).toMatchObject([
        { [element.toLowerCase()]: { patterns: [{ text: 'x' }, { text: unknown }] } },
      ]);
    }
    const { value } = parse({ Statement: { ...allow, Principal: { AWS: ['?'] } } }, open);
    expect(value.statements).toMatchObject([
      { principal: { entries: [{ type: 'AWS', text: unknown, form: { kind: 'unresolved' } }] } },
    ]);
  });

  test('a whole Principal is a hole that may be anybody', () => {
    expect(parse({ Statement: { ...allow, Principal: '?' } }, open).value.statements).toMatchObject(
      [{ principal: { entries: [{ type: '*', form: { kind: 'unresolved' } }] } }],
    );
  });

  test('an entry that may be absent does not make the others uncertain', () => {
    const policy = {
      Statement: { ...allow, Principal: { AWS: ['arn:aws:iam::111122223333:root', '?'] } },
    };
    const { value } = parse(policy, either(scalar('444455556666'), undefined));
    const accounts = (s: Statement | Broken): unknown =>
      s.kind === 'statement' &&
      s.principal?.entries.map(({ form }) => form.kind === 'account' && form.account);
    expect(value.statements.map(accounts)).toEqual([['111122223333'], ['444455556666']]);
    expect(value.statements[0]).not.toHaveProperty('presence');
    expect(value.statements[1]).toHaveProperty('presence');
  });

  test('a NotAction with an open entry stays one statement', () => {
    const policy = { Statement: { Effect: 'Deny', NotAction: ['kms:*', '?'], Resource: '*' } };
    expect(parse(policy, either(scalar('s3:*'), undefined)).value.statements).toMatchObject([
      { action: { negated: true, patterns: [{ text: 'kms:*' }, { text: hole('stack', 'If') }] } },
    ]);
  });
});

describe('a policy with a mistake', () => {
  const folder = 'fixtures/policy/mistakes';
  test.each(readdirSync(folder))('%s is told what, where, and what to do', (name) => {
    const text = readFileSync(`${folder}/${name}/policy.json`, 'utf8');
    const expected = readFileSync(`${folder}/${name}/expected.txt`, 'utf8');
    const node = parseJson({ path: 'policy.json', text }).value;
    if (node === undefined) throw new Error('the fixture is no JSON');
    const { value, diagnostics } = parsePolicy(node, 'unknown');
    const shown = [
      ...diagnostics.map(showDiagnostic),
      `statements: ${value.statements.map(({ kind }) => (kind === 'broken' ? 'broken' : 'read')).join(', ')}`,
    ];
    expect(`${shown.join('\n')}\n`).toBe(expected);
  });
});
