import { hasNoResource } from '../facts/index.js';
import { parseCaller, type Caller, type ContextValue } from '../inventory/index.js';
import { find, itemsOf, parseJson, parseJsonLines, parseYaml } from '../source/index.js';
import type { Diagnostic, Files, Mapping, Node, Parsed, Source, Text } from '../source/index.js';
import { parseApplied } from './parse-policies.js';
import type {
  DecisionTest,
  ExpectedDecision,
  PolicyTest,
  PolicyTestFile,
  QuestionTest,
  TestRequest,
} from './policy-test.js';
import { createReader, scalarText, type Reader } from './reader.js';

/**
 * Reads a policy test file. A test that cannot be understood is left out with a diagnostic, and the
 * others stay. Policies that a test names by path are read through `files`.
 */
export function parsePolicyTests(source: Source, files: Files): Parsed<PolicyTestFile> {
  const diagnostics: Diagnostic[] = [];
  const read = createReader(diagnostics);
  const frames = framesOf(source, read, diagnostics);
  const tests = frames
    .flatMap(({ tests: items }) => items)
    .flatMap((item, index) => parseTest(item, index, { read, files, diagnostics }) ?? []);
  const inventory = frames.flatMap(({ inventory: paths }) =>
    paths.flatMap((node) => {
      const path = scalarText(node);
      return path === undefined ? [] : [{ path, span: node.span }];
    }),
  );
  return { value: { inventory, tests }, diagnostics };
}

/** The file as a list of tests with the inventory that it names. */
interface Frame {
  readonly inventory: readonly Node[];
  readonly tests: readonly Node[];
}

interface Tools {
  readonly read: Reader;
  readonly files: Files;
  readonly diagnostics: Diagnostic[];
}

function framesOf(source: Source, read: Reader, diagnostics: Diagnostic[]): readonly Frame[] {
  const isLines = /\.(jsonl|ndjson)$/i.test(source.path);
  const nodes = isLines ? parseJsonLines(source) : documentsOf(source);
  diagnostics.push(...nodes.diagnostics);
  if (isLines) return [{ inventory: [], tests: nodes.value }];
  return nodes.value.map((node) => {
    if (node.kind === 'sequence') return { inventory: [], tests: node.items };
    const file = read.mapping(node, 'a policy test file');
    if (file === undefined) return { inventory: [], tests: [] };
    read.onlyKeys(file, 'a policy test file', ['version', 'inventory', 'tests']);
    const tests = find(file, 'tests');
    if (tests === undefined) {
      read.report(file, 'test-missing-key', 'the file has no `tests`', 'add `tests:` with a list');
    }
    return { inventory: itemsOf(find(file, 'inventory')), tests: itemsOf(tests) };
  });
}

function documentsOf(source: Source): Parsed<readonly Node[]> {
  if (/\.json$/i.test(source.path)) {
    const { value, diagnostics } = parseJson(source);
    return { value: value === undefined ? [] : [value], diagnostics };
  }
  const { value, diagnostics } = parseYaml(source);
  return { value: value.documents, diagnostics };
}

function parseTest(node: Node, index: number, tools: Tools): PolicyTest | undefined {
  const { read } = tools;
  const test = read.mapping(node, 'a test');
  if (test === undefined) return undefined;
  const name = read.optionalText(test, 'name') ?? `test ${String(index + 1)}`;
  const isQuestion = find(test, 'question') !== undefined;
  return isQuestion ? parseQuestion(test, name, read) : parseDecision(test, name, tools);
}

const answers = ['always', 'never', 'when', 'unknown'] as const;

function parseQuestion(test: Mapping, name: string, read: Reader): QuestionTest | undefined {
  read.onlyKeys(test, 'a test with a question', ['name', 'question', 'expect']);
  const question = read.optionalMapping(test, 'question');
  const expect = parseExpected(test, answers, read);
  if (question === undefined || expect === undefined) return undefined;
  read.onlyKeys(question, 'a question', ['principals', 'action', 'resource', 'context']);
  const principals = read.text(question, 'principals');
  const action = read.text(question, 'action');
  const resource = read.text(question, 'resource');
  if (principals === undefined || action === undefined || resource === undefined) return undefined;
  const context = parseContext(question, read);
  const asked = { principals, action, resource, context };
  return { kind: 'question', name, question: asked, expect, span: test.span };
}

const decisions: readonly ExpectedDecision[] = [
  'Allow',
  'ImplicitDeny',
  'ExplicitDeny',
  'Deny',
  'Unknown',
];

function parseDecision(test: Mapping, name: string, tools: Tools): DecisionTest | undefined {
  const { read } = tools;
  read.onlyKeys(test, 'a test', ['name', 'request', 'policies', 'expect']);
  if (find(test, 'request') === undefined) {
    read.report(
      test,
      'test-missing-key',
      'the test has neither `request` nor `question`',
      'add `request`',
    );
  }
  const requestNode = read.optionalMapping(test, 'request');
  const policiesNode = read.optionalMapping(test, 'policies');
  const expect = parseExpected(test, decisions, read);
  const request = requestNode && parseRequest(requestNode, read);
  if (request === undefined || requestNode === undefined || expect === undefined) return undefined;
  const decision = { kind: 'decision' as const, name, request, expect, span: test.span };
  if (policiesNode === undefined) return decision;
  if (request.caller === undefined) {
    reportPrincipal(requestNode, request.principal, read);
    return undefined;
  }
  return { ...decision, policies: parseApplied(policiesNode, requestNode, request, tools) };
}

function parseExpected<Word extends string>(
  test: Mapping,
  words: readonly Word[],
  read: Reader,
): Word | undefined {
  if (find(test, 'expect') === undefined) {
    const hint = `add \`expect\` with one of ${words.join(', ')}`;
    read.report(test, 'test-missing-key', '`expect` is missing', hint);
    return undefined;
  }
  return read.word(test, 'expect', words);
}

const requestKeys = [
  'principal',
  'principalType',
  'federatingUser',
  'action',
  'resource',
  'resourceAccountId',
  'context',
  'wildcardOnlyAction',
  'grants',
];

function parseRequest(node: Mapping, read: Reader): TestRequest | undefined {
  read.onlyKeys(node, 'a request', requestKeys);
  const principal = read.text(node, 'principal');
  const action = read.text(node, 'action');
  const isWildcard = read.optionalFlag(node, 'wildcardOnlyAction') === 'set';
  const resource = resourceOf(node, action, isWildcard ? 'none' : 'given', read);
  if (principal === undefined || action === undefined || resource === undefined) return undefined;
  const caller = callerOf(node, principal, read);
  const resourceAccount = read.optionalText(node, 'resourceAccountId');
  return {
    principal,
    ...(caller === undefined ? {} : { caller }),
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: parseContext(node, read),
  };
}

function resourceOf(
  node: Mapping,
  action: string | undefined,
  kind: 'none' | 'given',
  read: Reader,
): Text | undefined {
  if (kind === 'none') return '*';
  const isNeedless = action !== undefined && hasNoResource(action);
  return isNeedless ? (read.optionalText(node, 'resource') ?? '*') : read.text(node, 'resource');
}

function parseContext(node: Mapping, read: Reader): Readonly<Record<string, ContextValue>> {
  const context = read.optionalMapping(node, 'context');
  return Object.fromEntries(
    (context?.entries ?? []).flatMap(({ key, value }): readonly [string, ContextValue][] => {
      if (value.kind === 'sequence' && context !== undefined) {
        return [[key, read.texts(context, key)]];
      }
      const text = scalarText(value);
      if (text !== undefined) return [[key, text]];
      read.report(
        value,
        'test-wrong-type',
        `\`${key}\` is no text`,
        'write a text or a list of texts',
      );
      return [];
    }),
  );
}

const principalTypes = {
  user: 'user',
  role: 'role-session',
  'assumed-role': 'role-session',
  'federated-user': 'federated-user',
  root: 'root',
  service: 'service',
  anonymous: 'anonymous',
} as const;

type PrincipalType = keyof typeof principalTypes;

/** Who calls, with what the request says beside the principal itself. */
function callerOf(node: Mapping, principal: Text, read: Reader): Caller | undefined {
  const types = Object.keys(principalTypes) as readonly PrincipalType[];
  const type = read.word(node, 'principalType', types);
  const caller = type === 'service' ? { kind: type, name: principal } : parseCaller(principal);
  if (caller === undefined) return undefined;
  const isOfType =
    type === undefined || caller.kind === 'provider' || caller.kind === principalTypes[type];
  if (!isOfType) {
    const hint = 'leave `principalType` out: the principal tells it';
    read.report(
      find(node, 'principalType') ?? node,
      'test-principal-type',
      `\`${principal}\` is no ${type}`,
      hint,
    );
  }
  const federatingUser = read.optionalText(node, 'federatingUser');
  return caller.kind === 'federated-user' && federatingUser !== undefined
    ? { ...caller, federatingUser }
    : caller;
}

function reportPrincipal(node: Mapping, principal: Text, read: Reader): void {
  read.report(
    find(node, 'principal') ?? node,
    'test-unknown-principal',
    `\`${principal}\` cannot make a request`,
    'write the ARN of a user, role, session, federated user or root, a service name, or `anonymous`',
  );
}
