import { describe, expect, test } from 'vitest';
import { answerCall, nearestChanges } from '../../../src/authorization/answers/index.js';
import { decide } from '../../../src/authorization/decide/index.js';
import { createContext, findCaller, type Context } from '../../../src/inventory/index.js';
import { questionFiles } from './question-files.js';

const calls = questionFiles().find(({ name }) => name === 'calls.kms-test.yaml');

function ask(principal: string, action: string, resource: string, context: Context = new Map()) {
  if (calls === undefined) throw new Error('there are questions about calls');
  const caller = findCaller(calls.inventory, principal);
  if (caller === undefined) throw new Error(`${principal} is no principal`);
  const found = answerCall(calls.inventory, { caller, action, resource, context });
  if (found === undefined) throw new Error(`${action} uses no key`);
  return found;
}

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

describe('a call to a service', () => {
  test('has an example a leg, allowed when run, in one context as far as the legs share it', () => {
    const { legs } = ask(role('office'), 's3:GetObject', 'arn:aws:s3:::orders/1.json');
    const examples = legs.map(({ example }) => example);
    expect(examples.map((one) => one?.context.get('aws:multifactorauthpresent'))).toEqual([
      'true',
      'true',
    ]);
    // The address is that of the caller's own request alone.
    expect(examples.map((one) => one?.context.has('aws:sourceip'))).toEqual([true, false]);
    for (const { inventory, example } of legs) {
      expect(example && decide(inventory, example).decision).toBe('Allow');
    }
  });

  test('asks KMS with the context and the service of the resource', () => {
    const { legs } = ask(
      role('app'),
      'sqs:SendMessage',
      'arn:aws:sqs:us-east-1:111122223333:exact',
    );
    expect(legs.map(({ request }) => request.action)).toEqual([
      'sqs:SendMessage',
      'kms:GenerateDataKey',
      'kms:Decrypt',
    ]);
    const [, generate] = legs;
    expect(generate?.request.context.get('kms:viaservice')).toBe('sqs.us-east-1.amazonaws.com');
    expect(generate?.request.context.get('kms:encryptioncontextkeys')).toEqual(['aws:sqs:arn']);
  });

  test('says which leg stops it, and what would let that leg through', () => {
    const { kind, legs } = ask(role('no-kms'), 's3:GetObject', 'arn:aws:s3:::orders/1.json');
    expect([kind, ...legs.map(({ answer }) => answer.kind)]).toEqual(['never', 'always', 'never']);
    const [, key] = legs;
    expect(key && nearestChanges(key.inventory, key.request).length).toBeGreaterThan(0);
  });

  test('does not count what only multipart uploads need, and tells it', () => {
    const { kind, legs } = ask(role('app'), 's3:PutObject', 'arn:aws:s3:::write-only/1.json');
    expect(kind).toBe('always');
    expect(legs.map(({ only, answer }) => [only, answer.kind])).toEqual([
      [undefined, 'always'],
      [undefined, 'always'],
      ['multipart uploads', 'never'],
    ]);
  });

  test('leaves what belongs to KMS out of the call to the service, and the other way round', () => {
    const context = createContext({
      'kms:EncryptionContext:department': 'it',
      'aws:SourceIp': '203.0.113.7',
    });
    const { legs } = ask(role('app'), 's3:GetObject', 'arn:aws:s3:::department/1.json', context);
    expect(legs.map(({ request }) => request.context.has('aws:sourceip'))).toEqual([true, false]);
    expect(
      legs.map(({ request }) => request.context.has('kms:encryptioncontext:department')),
    ).toEqual([false, true]);
  });

  test('is no such call where the action is not known to use a key', () => {
    if (calls === undefined) throw new Error('there are questions about calls');
    const caller = findCaller(calls.inventory, role('app'));
    expect(
      caller &&
        answerCall(calls.inventory, {
          caller,
          action: 's3:DeleteObject',
          resource: 'arn:aws:s3:::orders/1.json',
          context: new Map(),
        }),
    ).toBeUndefined();
  });
});
