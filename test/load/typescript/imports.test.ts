import { describe, expect, test } from 'vitest';
import { loadOf } from '../memory.js';
import { callsOf, namesOf } from './calls-of.js';

const encrypt = ['kms:Encrypt'];

describe('the new SDK is recognized', () => {
  test.each([
    [
      'named',
      `import { KMSClient, EncryptCommand } from '@aws-sdk/client-kms';
      new KMSClient({}).send(new EncryptCommand({ KeyId: 'k' }));`,
    ],
    [
      'renamed',
      `import { KMSClient as C, EncryptCommand as E } from '@aws-sdk/client-kms';
      new C({}).send(new E({ KeyId: 'k' }));`,
    ],
    [
      'as a namespace',
      `import * as aws from '@aws-sdk/client-kms';
      const kms = new aws.KMSClient({});
      kms.send(new aws.EncryptCommand({ KeyId: 'k' }));`,
    ],
    [
      'required and taken apart',
      `const { KMSClient, EncryptCommand: E } = require('@aws-sdk/client-kms');
      new KMSClient().send(new E({ KeyId: 'k' }));`,
    ],
    [
      'required as a whole',
      `const aws = require('@aws-sdk/client-kms');
      new aws.KMSClient().send(new aws.EncryptCommand({ KeyId: 'k' }));`,
    ],
    [
      'imported with require of TypeScript',
      `import aws = require('@aws-sdk/client-kms');
      new aws.KMSClient().send(new aws.EncryptCommand({ KeyId: 'k' }));`,
    ],
    [
      'imported when it is needed',
      `const run = async () => {
        const { KMSClient, EncryptCommand } = await import('@aws-sdk/client-kms');
        await new KMSClient({}).send(new EncryptCommand({ KeyId: 'k' }));
      };`,
    ],
    [
      'by the class with a method for each operation',
      `import { KMS } from '@aws-sdk/client-kms';
      const kms = new KMS({});
      kms.encrypt({ KeyId: 'k' });`,
    ],
    [
      'by a command that nobody is seen to send',
      `import { EncryptCommand } from '@aws-sdk/client-kms';
      export const command = () => new EncryptCommand({ KeyId: 'k' });`,
    ],
    [
      'through a function of the same file',
      `import { KMSClient, EncryptCommand } from '@aws-sdk/client-kms';
      const client = () => new KMSClient({});
      client().send(new EncryptCommand({ KeyId: 'k' }));`,
    ],
    [
      'of a field that is set in the constructor',
      `import { KMSClient, EncryptCommand } from '@aws-sdk/client-kms';
      class Vault { #kms; constructor() { this.#kms = new KMSClient({}); }
        seal() { return this.#kms.send(new EncryptCommand({ KeyId: 'k' })); } }`,
    ],
    [
      'of a field that is only typed',
      `import { KMS } from '@aws-sdk/client-kms';
      class Vault { constructor(private readonly kms: KMS) {}
        seal() { return this.kms.encrypt({ KeyId: 'k' }); } }`,
    ],
    [
      'under observation',
      `import { KMS } from '@aws-sdk/client-kms';
      import AWSXRay from 'aws-xray-sdk';
      const kms = AWSXRay.captureAWSv3Client(new KMS({}));
      kms.encrypt({ KeyId: 'k' });`,
    ],
  ])('%s', (_, code) => {
    expect(namesOf(callsOf(code))).toEqual(encrypt);
  });

  test('in a page of a paginator', () => {
    const code = `import { paginateListKeys, KMSClient } from '@aws-sdk/client-kms';
      for await (const page of paginateListKeys({ client: new KMSClient({ region: 'eu-west-1' }) }, {})) use(page);`;
    const [call] = callsOf(code);
    expect([call?.operation, call?.region]).toEqual(['ListKeys', 'eu-west-1']);
  });
});

describe('the old SDK is recognized', () => {
  test.each([
    [
      'as a default import',
      `import AWS from 'aws-sdk'; new AWS.KMS().encrypt({ KeyId: 'k' }).promise();`,
    ],
    [
      'as a namespace',
      `import * as AWS from 'aws-sdk'; const k = new AWS.KMS(); k.encrypt({ KeyId: 'k' }, done);`,
    ],
    ['named', `import { KMS } from 'aws-sdk'; new KMS().encrypt({ KeyId: 'k' }).promise();`],
    [
      'by the folder of the client',
      `import KMS from 'aws-sdk/clients/kms'; new KMS().encrypt({ KeyId: 'k' }).promise();`,
    ],
    [
      'required',
      `const AWS = require('aws-sdk'); const kms = new AWS.KMS(); kms.encrypt({ KeyId: 'k' }, (e, d) => d);`,
    ],
    [
      'required by the folder',
      `const KMS = require('aws-sdk/clients/kms'); new KMS().encrypt({ KeyId: 'k' });`,
    ],
    [
      'by a type',
      `import { KMS } from 'aws-sdk'; export const seal = (kms: KMS) => kms.encrypt({ KeyId: 'k' }).promise();`,
    ],
  ])('%s', (_, code) => {
    const [call] = callsOf(code);
    expect([call?.api, call?.operation]).toEqual(['aws-sdk-v2', 'Encrypt']);
  });

  test('with the Region of the configuration of all clients', () => {
    const code = `import AWS from 'aws-sdk'; AWS.config.update({ region: 'us-west-2' });
      new AWS.KMS().encrypt({ KeyId: 'k' }).promise();`;
    expect(callsOf(code)[0]?.region).toBe('us-west-2');
  });
});

describe('other libraries are recognized', () => {
  test.each([
    [
      'uploads',
      `import { Upload } from '@aws-sdk/lib-storage'; new Upload({ client, params: {} });`,
      's3:Upload',
    ],
    [
      'the Encryption SDK',
      `import { KmsKeyringNode } from '@aws-crypto/client-node'; new KmsKeyringNode({ keyIds: [] });`,
      'kms:KmsKeyringNode',
    ],
    [
      'functions of a client of it',
      `import { buildClient } from '@aws-crypto/client-node';
      const { encrypt } = buildClient(); encrypt(keyring, 'x');`,
      'kms:encrypt',
    ],
    [
      'ciphers of Node.js',
      `import { createCipheriv } from 'node:crypto'; createCipheriv('a', 'b', 'c');`,
      'crypto:createCipheriv',
    ],
    [
      'ciphers of Node.js as a whole',
      `const crypto = require('crypto'); crypto.createDecipheriv('a', 'b', 'c');`,
      'crypto:createDecipheriv',
    ],
    ['constructs', `import { Key } from 'aws-cdk-lib/aws-kms'; new Key(this, 'Key');`, 'kms:Key'],
    [
      'constructs by the name of their module',
      `import { aws_kms as kms } from 'aws-cdk-lib'; new kms.Key(this, 'Key');`,
      'kms:Key',
    ],
    [
      'keys that are imported',
      `import * as kms from 'aws-cdk-lib/aws-kms'; kms.Key.fromKeyArn(this, 'Key', 'arn');`,
      'kms:Key.fromKeyArn',
    ],
    [
      'lookups of events',
      `import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
      new CloudTrailClient({}).send(new LookupEventsCommand({}));`,
      'cloudtrail:LookupEvents',
    ],
  ])('%s', (_, code, name) => {
    expect(namesOf(callsOf(code))).toEqual([name]);
  });

  test('methods of constructs, with what they are methods of', () => {
    const code = `import * as kms from 'aws-cdk-lib/aws-kms';
      class Stack { key = kms.Key.fromKeyArn(this, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/k');
        build() { this.key.grantDecrypt(role); } }`;
    const [, grant] = callsOf(code);
    expect(grant?.operation).toBe('grantDecrypt');
    expect(grant?.receiver).toMatchObject({ kind: 'output', call: 'Stack.Key.fromKeyArn' });
  });
});

describe('what only looks alike is no call', () => {
  test.each([
    [
      'a class of the same name',
      `import {} from '@aws-sdk/client-kms'; class EncryptCommand {} client.send(new EncryptCommand());`,
    ],
    [
      'a module of a like name',
      `import { EncryptCommand } from 'fake-aws-sdk/client-kms'; import '@aws-sdk/client-kms'; c.send(new EncryptCommand());`,
    ],
    [
      'a name that hides an import',
      `import { EncryptCommand } from '@aws-sdk/client-kms';
      const f = (EncryptCommand) => client.send(new EncryptCommand({}));`,
    ],
    ['a method of something else', `import '@aws-sdk/client-kms'; vault.encrypt({ KeyId: 'k' });`],
    [
      'a like construct',
      `import { Key } from 'some-fake-aws-cdk-lib/aws-kms'; import 'aws-cdk-lib'; new Key(this, 'Key');`,
    ],
    [
      'a `require` of the file',
      `import '@aws-sdk/client-kms'; const require = (x) => x; require('@aws-sdk/client-kms').encrypt();`,
    ],
  ])('%s', (_, code) => {
    expect(callsOf(code)).toEqual([]);
  });
});

describe('which files are read', () => {
  const kms = `import { KMS } from '@aws-sdk/client-kms'; new KMS({}).encrypt({ KeyId: 'k' });`;
  const component = `import { KMS } from '@aws-sdk/client-kms';
    export const View = () => <button onClick={() => new KMS({}).encrypt({ KeyId: 'k' })}>x</button>;`;

  test('all kinds of TypeScript and JavaScript that name a known module, and no others', () => {
    const contents = Object.fromEntries(
      ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((end) => [`a.${end}`, kms] as const),
    );
    const { loaded, inventory } = loadOf({
      ...contents,
      'b.tsx': component,
      'b.jsx': component,
      'types.d.ts': kms,
      'other.ts': 'export const policy = { Statement: [{ Effect: "Allow", Action: "kms:*" }] };',
    });
    expect(loaded).toEqual([...Object.keys(contents), 'b.tsx', 'b.jsx'].sort());
    expect(namesOf(inventory.calls)).toEqual(Array.from({ length: 8 }, () => 'kms:Encrypt'));
  });

  test('a syntax error is a diagnostic with its place, and the neighbours are read', () => {
    const { diagnostics, inventory } = loadOf({ 'a.ts': kms, 'b.ts': `${kms}\nconst = 1;` });
    expect(namesOf(inventory.calls)).toEqual(['kms:Encrypt']);
    expect(diagnostics).toMatchObject([
      { code: 'typescript-syntax', severity: 'error', span: { source: { path: 'b.ts' } } },
    ]);
    expect(diagnostics[0]?.span.start).toBe(`${kms}\nconst `.length);
  });

  test('exceptions stand in comments, and cover the call below them', () => {
    const code = `import { KMS } from '@aws-sdk/client-kms';
const kms = new KMS({});
// keyproof-disable-next-line decrypt-without-key-id -- one key only
kms.decrypt({ CiphertextBlob: blob });
kms.decrypt({
  /* keyproof-disable-line encrypt-over-4096 -- small */ CiphertextBlob: blob,
});`;
    const { directives, calls } = loadOf({ 'a.ts': code }).inventory;
    expect(directives).toMatchObject([
      { rules: ['decrypt-without-key-id'], scope: 'next-line', reason: 'one key only' },
      { rules: ['encrypt-over-4096'], scope: 'line', reason: 'small' },
    ]);
    const covered = directives[0]?.covers;
    expect(covered?.start).toBe(calls[0]?.span.start);
  });
});
