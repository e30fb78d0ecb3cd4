import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesFor, statementsFor } from '../../../src/authorization/compile/documents.js';
import type { Question } from '../../../src/authorization/compile/question.js';
import { emptyInventory, parseCaller } from '../../../src/inventory/index.js';
import type { Inventory } from '../../../src/inventory/index.js';
import { matchesAction, parsePrincipal } from '../../../src/policy/index.js';
import type { PrincipalElement, PrincipalEntry } from '../../../src/policy/index.js';
import { hole, invariant } from '../../../src/source/index.js';
import { policy } from '../../arbitraries/policy.js';
import { actions, callers, keyArns } from '../../arbitraries/vocabulary.js';

const span = { source: { path: 'key.json', text: '' }, start: 0, end: 0 };
const [key] = keyArns;

function questionOf(
  caller: string,
  action: string,
  inventory: Inventory = emptyInventory,
): Question {
  const parsed = parseCaller(caller);
  invariant(parsed !== undefined, 'a caller of the vocabulary is one');
  const request = { caller: parsed, action, resource: key, context: new Map() };
  return {
    inventory,
    request,
    action: action.toLowerCase(),
    service: 'kms',
    key: undefined,
    callerAccount: undefined,
    principal: undefined,
    ownerId: undefined,
    ownerAccount: undefined,
    region: undefined,
    maySetTag: () => false,
  };
}

test('a question is shown every statement that its action may match, and no other', () => {
  fc.assert(
    fc.property(policy('key-policy'), fc.constantFrom(...actions), (document, action) => {
      const expected = document.statements.filter((statement) => {
        if (statement.kind === 'broken') return true;
        const matched = statement.action?.patterns.map(({ text }) => matchesAction(text, action));
        if (statement.action?.negated === true) return matched?.includes(true) !== true;
        return matched?.some((one) => one !== false) === true;
      });
      const [caller] = callers;
      const shown = statementsFor(questionOf(caller, action), document);
      expect(shown).toEqual(expected);
    }),
    { numRuns: 300, seed: 20_261_125 },
  );
});

test('documents that say the same are indexed once an inventory, whoever holds them', () => {
  const [document] = fc.sample(policy('key-policy'), { numRuns: 1, seed: 3 });
  invariant(document !== undefined, 'a policy is generated');
  const copy = structuredClone(document);
  const [caller] = callers;
  const inventory = { ...emptyInventory };
  const shown = statementsFor(questionOf(caller, 'kms:Decrypt', inventory), document);
  expect(statementsFor(questionOf(caller, 'kms:Decrypt', inventory), copy)).toBe(shown);
});

const account = '111122223333';
/** More entries than are looked at one by one, none of which names a caller below. */
const strangers = Array.from({ length: 20 }, (_, index) =>
  entry(`arn:aws:iam::999999999999:role/stranger-${index}`),
);

test.each([
  [`arn:aws:iam::${account}:role/app`, `arn:aws:iam::${account}:role/team/app`],
  [`arn:aws:iam::${account}:role/app`, `arn:aws:sts::${account}:assumed-role/app/session`],
  [`arn:aws:iam::${account}:role/app`, account],
  [`arn:aws:iam::${account}:role/app`, '*'],
  [`arn:aws:iam::${account}:role/app`, hole('stack', 'Role.Arn')],
  [`arn:aws:iam::${account}:user/ann`, `arn:aws:iam::${account}:user/ann`],
  [`arn:aws:iam::${account}:root`, account],
  [`arn:aws:sts::${account}:federated-user/bob`, `arn:aws:sts::${account}:federated-user/bob`],
  // Nobody knows whose session it is.
  [`arn:aws:sts::${account}:federated-user/bob`, `arn:aws:iam::${account}:user/ann`],
  [hole('stack', 'Role.Arn'), `arn:aws:iam::${account}:role/app`],
])('among many principals, %s is shown %s', (caller, named) => {
  const wanted = entry(named);
  const element: PrincipalElement = {
    negated: false,
    entries: [...strangers.slice(0, 10), wanted, ...strangers.slice(10)],
    span,
  };
  const question = questionOf(
    caller.startsWith('arn') ? caller : `arn:aws:iam::${account}:role/x`,
    'kms:Decrypt',
  );
  const asked = caller.startsWith('arn')
    ? question
    : {
        ...question,
        request: {
          ...question.request,
          caller: { kind: 'role-session', account: caller, roleArn: caller, role: caller } as const,
        },
      };
  expect(entriesFor(asked, element)).toContain(wanted);
});

function entry(text: string): PrincipalEntry {
  const type = text === '*' ? '*' : 'AWS';
  return { type, text, form: parsePrincipal('AWS', text), span };
}
