import { describe, expect, test } from 'vitest';
import { callsOf } from './calls-of.js';

const head = `import { KMS } from '@aws-sdk/client-kms';
const kms = new KMS({});
`;
const loopOf = (body: string): unknown => {
  const [call] = callsOf(`${head}async function run(items: any[]) { ${body} }`);
  return (
    call?.loop &&
    [call.loop.kind, call.loop.over, call.loop.times].filter((part) => part !== undefined)
  );
};
const call = 'await kms.encrypt({ KeyId: "k" })';

describe('a call is in a loop', () => {
  test.each([
    ['over items', `for (const item of items) { ${call}; }`, ['for-of', 'items']],
    ['over names', `for (const name in items) { ${call}; }`, ['for-in', 'items']],
    ['that counts', `for (let i = 0; i < 3; i++) { ${call}; }`, ['for', 3]],
    [
      'over a list of the code',
      `for (const a of ['x', 'y']) { ${call}; }`,
      ['for-of', `['x', 'y']`, 2],
    ],
    ['while something holds', `while (more()) { ${call}; }`, ['while']],
    ['until something holds', `do { ${call}; } while (more());`, ['do']],
    [
      'of a callback',
      `await Promise.all(items.map(async (item) => { ${call}; }));`,
      ['callback', 'items'],
    ],
    [
      'around a function that runs at once',
      `for (const item of items) { await retry(async () => { ${call}; }); }`,
      ['for-of', 'items'],
    ],
    ['as the innermost', `for (const a of items) while (more()) { ${call}; }`, ['while']],
  ])('%s', (_, body, expected) => {
    expect(loopOf(body)).toEqual(expected);
  });
});

describe('a call is in no loop', () => {
  test.each([
    ['beside one', `for (const item of items) use(item); ${call};`],
    ['before one starts', `for (const item of await kms.encrypt({ KeyId: "k" })) use(item);`],
    [
      'of a function that is defined in it',
      `for (const item of items) { handlers.run = async () => { ${call}; }; }`,
    ],
  ])('%s', (_, body) => {
    expect(loopOf(body)).toBeUndefined();
  });
});

test('a call is known by what is around it', () => {
  const code = `${head}class Orders { async save() { await kms.encrypt({}); await kms.encrypt({}); } }
export const handler = async () => kms.encrypt({});`;
  expect(callsOf(code).map(({ address }) => address)).toEqual([
    'Orders.save.Encrypt',
    'Orders.save.Encrypt#2',
    'handler.Encrypt',
  ]);
});
