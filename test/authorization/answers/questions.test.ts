import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/authorization/answers/index.js';
import { createContext, findCaller, findKey } from '../../../src/inventory/index.js';
import { filesOf, loadFiles } from '../../rules/worlds.js';

interface Question {
  readonly id: string;
  readonly inventory: unknown;
  readonly principal: string;
  readonly action: string;
  readonly key: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly answer: readonly string[];
}

const cases = '../shared/cases/questions.json';

describe.skipIf(!existsSync(cases))('acceptance questions', () => {
  const questions = existsSync(cases)
    ? (JSON.parse(readFileSync(cases, 'utf8')) as readonly Question[])
    : [];
  test.each(questions.map((question) => [question.id, question] as const))('%s', (_, question) => {
    expect(question.answer).toContain(ask(question));
  });
});

function ask({ inventory, principal, action, key, context = {} }: Question): string {
  const loaded = loadFiles(filesOf({ 'estate.keyproof.json': JSON.stringify(inventory) }), ['.']);
  expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const caller = findCaller(loaded.inventory, principal);
  if (caller === undefined) throw new Error(`${principal} is no principal`);
  const resource = findKey(loaded.inventory, key)?.arn ?? key;
  return answer(loaded.inventory, { caller, action, resource, context: createContext(context) })
    .kind;
}
