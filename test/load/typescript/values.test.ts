import { describe, expect, test } from 'vitest';
import { callsOf, inputOf } from './calls-of.js';

/** The `KeyId` of a call whose file declares something above it. */
function keyId(declarations: string, expression: string): unknown {
  const code = `import { KMS } from '@aws-sdk/client-kms';
${declarations}
new KMS({}).encrypt({ KeyId: ${expression} });`;
  const input = inputOf(code);
  return typeof input === 'object' && input !== null && 'KeyId' in input ? input.KeyId : undefined;
}

describe('a text is told through', () => {
  test.each([
    ['a constant', `const KEY = 'alias/a';`, 'KEY'],
    ['a template', `const name = 'a';`, '`alias/${name}`'],
    ['texts that are joined', `const name = 'a';`, `'alias/' + name`],
    [
      'a field of an object',
      `const config = { keys: { orders: 'alias/a' } } as const;`,
      'config.keys.orders',
    ],
    ['a field by a constant name', `const keys = { a: 'alias/a' }; const n = 'a';`, 'keys[n]'],
    ['parts of an object', `const { key: [first] } = { key: ['alias/a'] };`, 'first'],
    ['a spread', `const base = { key: 'alias/a' }; const all = { ...base };`, 'all.key'],
    ['an enumeration', `enum Keys { A = 'alias/a' }`, 'Keys.A'],
    ['a function', `const alias = (name: string) => \`alias/\${name}\`;`, `alias('a')`],
    [
      'a function with a body',
      `function alias(name: string) { const p = 'alias/'; return p + name; }`,
      `alias('a')`,
    ],
    [
      'a default of a function',
      `function alias(name = 'a') { return 'alias/' + name; }`,
      'alias()',
    ],
    ['an object that is frozen', `const keys = Object.freeze({ a: 'alias/a' });`, 'keys.a'],
    ['a static field', `class Keys { static readonly A = 'alias/a'; }`, 'Keys.A'],
    ['a variable that is set once', `let key; key = 'alias/a';`, 'key'],
    ['a list that is joined', '', `['alias', 'a'].join('/')`],
    ['a choice that is known', `const isProd = true;`, `isProd ? 'alias/a' : 'alias/b'`],
    ['what is said of types', '', `('alias/a' as string)!`],
    ['a value that is not left out', '', `'alias/a' ?? 'alias/b'`],
    ['letters in lower case', '', `'ALIAS/A'.toLowerCase()`],
  ])('%s', (_, declarations, expression) => {
    expect(keyId(declarations, expression)).toBe('alias/a');
  });
});

describe('what is not known is a hole with its name, never absent', () => {
  test.each([
    ['the environment', '', 'process.env.KEY_ID', '${process.env.KEY_ID}'],
    [
      'the environment in a template',
      '',
      '`alias/${process.env.STAGE}`',
      'alias/${process.env.STAGE}',
    ],
    [
      'the environment by another name',
      `const { env } = process; const e = process.env;`,
      'e.KEY_ID',
      '${e.KEY_ID}',
    ],
    ['what another module exports', `import { KEY } from './keys.js';`, 'KEY', '${KEY}'],
    ['what is set twice', `let key = 'a'; key = 'b';`, 'key', '${key (line 3)}'],
    ['a call', '', 'findKey()', '${findKey() (line 3)}'],
    [
      'a choice',
      '',
      `isProd ? 'alias/a' : 'alias/b'`,
      `\${isProd ? 'alias/a' : 'alias/b' (line 3)}`,
    ],
  ])('%s', (_, declarations, expression, shown) => {
    expect(keyId(declarations, expression)).toBe(shown);
  });

  test('parameters of two functions differ, whatever they are called', () => {
    const code = `import { KMS } from '@aws-sdk/client-kms';
      const kms = new KMS({});
      function seal(key: string) { return kms.encrypt({ KeyId: key }); }
      function open(key: string) { return kms.decrypt({ KeyId: key }); }`;
    const [first, second] = callsOf(code).map(({ keys }) => keys[0]?.text);
    expect(first).not.toBe(second);
  });

  test('a default is kept beside what it stands in for', () => {
    const code = `import { KMS } from '@aws-sdk/client-kms';
      new KMS({}).encrypt({ KeyId: process.env.KEY_ID ?? 'alias/a' });`;
    const [input] = callsOf(code)[0]?.arguments ?? [];
    const value = input?.kind === 'object' ? input.fields[0]?.value : undefined;
    expect(value).toMatchObject({
      kind: 'unknown',
      origin: 'environment',
      fallback: { text: 'alias/a' },
    });
  });

  test('an object with something unknown spread into it is open', () => {
    const code = `import { KMS } from '@aws-sdk/client-kms';
      const kms = new KMS({});
      export const open = (rest: object) => kms.decrypt({ CiphertextBlob: x, ...rest });
      export const closed = () => kms.decrypt({ CiphertextBlob: x });`;
    expect(
      callsOf(code).map(({ arguments: [input] }) => input?.kind === 'object' && input.open),
    ).toEqual([true, false]);
  });

  test('a function that calls itself, and values that hang on each other, end', () => {
    const code = `import { KMS } from '@aws-sdk/client-kms';
      const f = (n: number): string => f(n - 1);
      const a: string = b; const b: string = a;
      new KMS({}).encrypt({ KeyId: f(3) + a });`;
    expect(callsOf(code)).toHaveLength(1);
  });
});

describe('how many bytes there are', () => {
  /** The `Plaintext` of a call. */
  const plaintext = (expression: string, others: Record<string, string> = {}): unknown => {
    const code = `import { KMS } from '@aws-sdk/client-kms';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
new KMS({}).encrypt({ Plaintext: ${expression} });`;
    const input = inputOf(code, 'src/app.ts', others);
    return typeof input === 'object' && input !== null && 'Plaintext' in input
      ? input.Plaintext
      : undefined;
  };

  test.each([
    ['a text', `Buffer.from('é')`, '2 bytes, literal'],
    ['base64', `Buffer.from('aGVsbG8=', 'base64')`, '5 bytes, literal'],
    ['hexadecimal digits', `Buffer.from('00ff', 'hex')`, '2 bytes, literal'],
    ['so many zeros', `Buffer.alloc(4 * 1024 + 1)`, '4097 bytes, literal'],
    ['a text with an unknown part', 'Buffer.from(`abc${x}`)', '3 or more bytes, unknown'],
    ['a text that is repeated', `Buffer.from('ab'.repeat(3000))`, '6000 bytes, literal'],
    ['numbers', `new Uint8Array([1, 2, 3])`, '3 bytes, literal'],
    ['a typed array', `new Uint8Array(5)`, '5 bytes, literal'],
    ['an encoder', `new TextEncoder().encode('abc')`, '3 bytes, literal'],
    [
      'bytes one after the other',
      `Buffer.concat([Buffer.alloc(2), Buffer.from('abc')])`,
      '5 bytes, literal',
    ],
    ['JSON', `Buffer.from(JSON.stringify({ a: [1, 'x'] }))`, '13 bytes, literal'],
    ['random bytes', `randomBytes(16)`, '16 bytes, random'],
    ['the environment', `Buffer.from(process.env.KEY)`, '0 or more bytes, environment'],
    ['anything', `Buffer.from(body)`, '0 or more bytes, unknown'],
  ])('%s', (_, expression, expected) => {
    expect(plaintext(expression)).toBe(expected);
  });

  test.each([
    ['from the working directory', `readFileSync('data/big.bin')`],
    ['beside the code', `readFileSync(path.join(__dirname, '../data/big.bin'))`],
    ['by a URL', `readFileSync(new URL('../data/big.bin', import.meta.url))`],
  ])('a file of the tree, %s', (_, expression) => {
    expect(plaintext(expression, { 'data/big.bin': 'x'.repeat(5000) })).toBe('5000 bytes, file');
  });

  test('a file that is not there may be of any size', () => {
    expect(plaintext(`readFileSync('gone.bin')`)).toBe('0 or more bytes, file');
  });
});

describe('the Region of a client', () => {
  const region = (client: string): unknown =>
    callsOf(`import { KMSClient, EncryptCommand } from '@aws-sdk/client-kms';
const REGION = 'eu-west-1';
${client}
kms.send(new EncryptCommand({ KeyId: 'k' }));`)[0]?.region;

  test.each([
    ['a literal', `const kms = new KMSClient({ region: 'eu-west-1' });`],
    ['a constant', `const kms = new KMSClient({ region: REGION });`],
    [
      'a configuration',
      `const config = { region: REGION }; const kms = new KMSClient({ ...config, maxAttempts: 2 });`,
    ],
    [
      'a function',
      `const make = (region: string) => new KMSClient({ region }); const kms = make(REGION);`,
    ],
  ])('%s', (_, client) => {
    expect(region(client)).toBe('eu-west-1');
  });

  test('is not said where nothing sets it', () => {
    expect(region('const kms = new KMSClient({});')).toBeUndefined();
  });
});
