import { describe, expect, test } from 'vitest';
import { callsOf, usesOf } from './calls-of.js';

const head = `import { KMSClient, GenerateDataKeyCommand, EncryptCommand, DecryptCommand, CreateGrantCommand } from '@aws-sdk/client-kms';
import { createCipheriv } from 'node:crypto';
const kms = new KMSClient({});
`;

/** What becomes of a data key, in a function with this body. */
function ofDataKey(body: string): readonly string[] {
  return usesOf(`${head}export async function run(out: any) {
  const key = await kms.send(new GenerateDataKeyCommand({ KeyId: 'k' }));
  ${body}
}`);
}

describe('what becomes of a data key', () => {
  test.each([
    ['logged', `console.log('key', key.Plaintext);`, ['Plaintext logged console.log']],
    [
      'logged by a logger',
      `logger.info({ key: key.Plaintext });`,
      ['Plaintext logged logger.info'],
    ],
    ['returned', `return key.Plaintext;`, ['Plaintext returned']],
    ['returned in an object', `return { key: key.Plaintext };`, ['Plaintext returned']],
    [
      'written to a file',
      `fs.writeFileSync('key', key.Plaintext);`,
      ['Plaintext stored fs.writeFileSync'],
    ],
    [
      'put into the environment',
      `process.env.KEY = key.Plaintext;`,
      ['Plaintext stored process.env.KEY'],
    ],
    ['sent', `res.json({ key: key.Plaintext });`, ['Plaintext sent res.json']],
    ['posted', `await fetch(url, { body: key.Plaintext });`, ['Plaintext sent fetch']],
    ['thrown', `throw new Error(key.Plaintext);`, ['Plaintext thrown Error']],
    ['kept in a field', `this.key = key.Plaintext;`, ['Plaintext kept this.key']],
    [
      'given to a cipher',
      `createCipheriv('a', key.Plaintext, iv);`,
      ['Plaintext passed run.createCipheriv argument 2'],
    ],
    ['erased', `key.Plaintext.fill(0);`, ['Plaintext erased']],
    [
      'taken apart',
      `const { Plaintext: secret } = key; console.log(secret);`,
      ['Plaintext logged console.log'],
    ],
    [
      'through a variable',
      `const a = key.Plaintext; const b = a; console.log(b);`,
      ['Plaintext logged console.log'],
    ],
    [
      'through a function of the file',
      `const show = (v) => console.log(v); show(key.Plaintext);`,
      ['Plaintext logged console.log'],
    ],
    ['in a list', `console.log([1, key.Plaintext]);`, ['Plaintext logged console.log']],
    ['not by its length', `console.log(key.Plaintext.length);`, []],
    ['not by its neighbour', `console.log(key.KeyId);`, ['KeyId logged console.log']],
    ['not in another field', `const o = { a: key.Plaintext, b: 1 }; console.log(o.b);`, []],
    ['given to who knows whom', `consume(key.Plaintext);`, ['Plaintext given consume']],
  ])('%s', (_, body, uses) => {
    expect(ofDataKey(body)).toEqual(uses);
  });

  test('a variable of the module keeps it', () => {
    const code = `${head}let cached; async function run() { const key = await kms.send(new GenerateDataKeyCommand({})); cached = key.Plaintext; }`;
    expect(usesOf(code)).toEqual(['Plaintext kept cached']);
  });

  test('promises, callbacks and what they resolve to are followed', () => {
    expect(
      usesOf(
        `${head}kms.send(new GenerateDataKeyCommand({})).then(({ Plaintext }) => console.log(Plaintext));`,
      ),
    ).toEqual(['Plaintext logged console.log']);
    expect(
      usesOf(
        `import AWS from 'aws-sdk'; new AWS.KMS().generateDataKey({ KeyId: 'k' }, (error, data) => { console.log(data.Plaintext); });`,
      ),
    ).toEqual(['Plaintext logged console.log']);
    expect(
      usesOf(`import AWS from 'aws-sdk'; const k = new AWS.KMS();
      const get = async () => { const key = await new Promise((resolve, reject) => k.generateDataKey({}, (e, d) => resolve(d))); console.log(key.Plaintext); };`),
    ).toEqual(['Plaintext logged console.log']);
  });
});

describe('what becomes of a ciphertext', () => {
  const ofCiphertext = (body: string): readonly string[] =>
    usesOf(`${head}async function run() {
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: 'k' }));
  ${body}
}`);

  test.each([
    ['toString', `out = CiphertextBlob.toString();`, 'CiphertextBlob converted toString utf8'],
    [
      'toString with an encoding',
      `out = CiphertextBlob.toString('base64');`,
      'CiphertextBlob converted toString base64',
    ],
    [
      'toString of a buffer',
      `out = Buffer.from(CiphertextBlob).toString('base64');`,
      'CiphertextBlob converted Buffer.toString base64',
    ],
    ['String', `out = String(CiphertextBlob);`, 'CiphertextBlob converted String utf8'],
    ['a template', 'out = `${CiphertextBlob}`;', 'CiphertextBlob converted template utf8'],
    ['a joined text', `out = 'x' + CiphertextBlob;`, 'CiphertextBlob converted concatenation utf8'],
    [
      'a decoder',
      `out = new TextDecoder().decode(CiphertextBlob);`,
      'CiphertextBlob converted TextDecoder utf8',
    ],
    [
      'JSON',
      `out = JSON.stringify({ blob: CiphertextBlob });`,
      'CiphertextBlob converted JSON.stringify utf8',
    ],
  ])('%s', (_, body, use) => {
    expect(ofCiphertext(body)).toContain(use);
  });

  test('it reaches the call that decrypts it, which knows where it comes from', () => {
    const code = `${head}async function run() {
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: 'k' }));
  await kms.send(new DecryptCommand({ CiphertextBlob }));
}`;
    const [encrypt, decrypt] = callsOf(code);
    expect(encrypt?.uses).toMatchObject([
      { kind: 'passed', call: 'run.Decrypt', field: 'CiphertextBlob' },
    ]);
    const [input] = decrypt?.arguments ?? [];
    const value = input?.kind === 'object' ? input.fields[0]?.value : undefined;
    expect(value).toMatchObject({ kind: 'output', call: 'run.Encrypt', path: ['CiphertextBlob'] });
  });

  test('a grant token reaches the call that uses it', () => {
    const code = `${head}async function run() {
  const { GrantToken } = await kms.send(new CreateGrantCommand({ KeyId: 'k' }));
  await kms.send(new DecryptCommand({ CiphertextBlob: blob, GrantTokens: [GrantToken] }));
}`;
    expect(usesOf(code)).toEqual(['GrantToken passed run.Decrypt GrantTokens']);
  });
});
