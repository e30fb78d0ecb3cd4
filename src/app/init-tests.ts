import { findAliases, findKey, type Inventory, type Key } from '../inventory/index.js';
import { parsePolicyTests, runPolicyTest, type PolicyTestResult } from '../policy-tests/index.js';
import { hasHole, invariant, showText, type Files } from '../source/index.js';
import { list, quoted } from './init-config.js';
import type { Survey } from './init-survey.js';

export const TEST_FILE = 'keyproof.kms-test.yaml';

/** A first policy test file, and what it is about. */
export interface FirstTests {
  readonly text: string;
  readonly tests: number;
  readonly keys: number;
}

const KEYS_MAX = 3;

/**
 * Questions about the first keys with their answers of today, so that all tests pass; `undefined` where no
 * key has a policy and a name by which it can be asked for.
 */
export function firstTests(
  inventory: Inventory,
  { include }: Survey,
  files: Files,
): FirstTests | undefined {
  const keys = inventory.keys
    .flatMap((key) => {
      const name = nameFor(key, inventory);
      return name === undefined || key.policy === undefined || key.manager === 'AWS'
        ? []
        : [{ key, name }];
    })
    .slice(0, KEYS_MAX);
  const questions = keys.flatMap(({ key, name }) => questionsOn(key, name));
  if (questions.length === 0) return undefined;
  const top = [...head, ...(include.length === 0 ? [] : list('inventory', include)), 'tests:'];
  const draft = questions.map((question) => testText(question, 'never', []));
  const answers = answersTo([...top, ...draft].join('\n'), inventory, files);
  const tests = questions.map((question, index) => {
    const answer = answers[index];
    invariant(answer !== undefined, 'every question of the draft is a test');
    return testText(question, answer.actual, remarks(question, answer));
  });
  const text = `${[...top, ...tests].join('\n')}\n`;
  const isKept = answersTo(text, inventory, files).every(({ passed }) => passed);
  invariant(isKept, 'what was answered a moment ago is answered so again');
  return { text, tests: tests.length, keys: keys.length };
}

const head: readonly string[] = [
  '# Promises that these policies must keep; `keyproof test` and the gate check them over every request there can be.',
  '# They say what holds today. Read each: is it what you want? If not, write what you want and mend the policy.',
];

/** What a key can be asked for by: an alias, its ARN, or its logical address. */
function nameFor(key: Key, inventory: Inventory): string | undefined {
  const names = [...(findAliases(inventory, key) ?? key.aliases ?? []), key.arn, key.address];
  return names.find(
    (name) => name !== '' && !hasHole(name) && findKey(inventory, name)?.arn === key.arn,
  );
}

interface Question {
  readonly principals: string;
  readonly action: string;
  readonly resource: string;
  readonly wanted: 'always' | 'never';
  /** What is the case where the answer is the wanted one. */
  readonly promise: string;
  /** The same, left open. */
  readonly topic: string;
}

function questionsOn(key: Key, resource: string): readonly Question[] {
  const partition = key.arn.split(':')[1] ?? 'aws';
  const root = `arn:${hasHole(partition) ? 'aws' : partition}:iam::${key.account}:root`;
  const outside = { principals: 'outside-account', resource, wanted: 'never' } as const;
  return [
    {
      ...outside,
      action: 'kms:Decrypt',
      promise: `nobody outside the account of ${resource} decrypts with it`,
      topic: `who decrypts with ${resource} outside its account`,
    },
    {
      ...outside,
      action: 'kms:PutKeyPolicy',
      promise: `nobody outside the account of ${resource} changes its key policy`,
      topic: `who changes the key policy of ${resource} outside its account`,
    },
    ...(hasHole(key.account)
      ? []
      : [
          {
            principals: root,
            action: 'kms:PutKeyPolicy',
            resource,
            wanted: 'always' as const,
            promise: `the account of ${resource} can always change its key policy`,
            topic: `whether the account of ${resource} can change its key policy`,
          },
        ]),
  ];
}

function testText(
  { principals, action, resource, wanted, promise, topic }: Question,
  expect: PolicyTestResult['actual'],
  comments: readonly string[],
): string {
  return [
    ...comments.map((comment) => `  # ${comment}`),
    `  - name: ${quoted(expect === wanted ? promise : topic)}`,
    `    question: { principals: ${quoted(principals)}, action: ${action}, resource: ${quoted(resource)} }`,
    `    expect: ${expect}`,
  ].join('\n');
}

function answersTo(text: string, inventory: Inventory, files: Files): readonly PolicyTestResult[] {
  const { value } = parsePolicyTests({ path: TEST_FILE, text }, files);
  return value.tests.map((one) => runPolicyTest(one, inventory));
}

function remarks({ wanted }: Question, { actual, missing }: PolicyTestResult): readonly string[] {
  if (actual === wanted) return ['Review: it is so today.'];
  if (actual !== 'unknown') {
    return [
      `Review: today's answer is \`${actual}\`. Where that is not meant, expect \`${wanted}\`.`,
    ];
  }
  const [first] = missing;
  const reason =
    first === undefined ? '' : ` (missing: ${oneLine(`${first.detail} of ${first.of}`)})`;
  return [`Review: it cannot be told today${reason}. Supply it, and expect \`${wanted}\`.`];
}

function oneLine(text: string): string {
  return showText(text).replace(/\s+/g, ' ');
}
