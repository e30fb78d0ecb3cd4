import { describe, expect, it } from 'vitest';
import { parseAccessDenied } from '../../src/inventory/index.js';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/app/i-0abc';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const on = `User: ${ROLE} is not authorized to perform: kms:Decrypt on resource: ${KEY}`;
const request = { principal: ROLE, action: 'kms:Decrypt', resource: KEY };

// The forms of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
describe('the layer that a message names', () => {
  it.each([
    ['identity-based policy', ['identity']],
    ['resource-based policy', ['key-policy', 'delegation', 'resource-policy', 'grant']],
    ['permissions boundary', ['boundary']],
    ['session policy', ['session']],
    ['service control policy', ['scp']],
    ['resource control policy', ['rcp']],
    ['VPC endpoint policy', ['endpoint']],
    ['role trust policy', ['trust']],
  ])('no %s allows, or one denies', (type, layers) => {
    expect(parseAccessDenied(`${on} because no ${type} allows the kms:Decrypt action`)).toEqual({
      ...request,
      refusal: { kind: 'implicit', policy: { type, layers } },
    });
    const article = /^[aeiou]/.test(type) ? 'an' : 'a';
    expect(parseAccessDenied(`${on} with an explicit deny in ${article} ${type}`)).toEqual({
      ...request,
      refusal: { kind: 'explicit', policy: { type, layers } },
    });
  });
});

describe('what a message leaves out', () => {
  it('names no type of policy after an explicit deny', () => {
    expect(parseAccessDenied(`${on} with an explicit deny`)?.refusal).toEqual({ kind: 'explicit' });
  });

  it('names no reason in the older short form, with or without the resource', () => {
    expect(parseAccessDenied(on)).toEqual({ ...request, refusal: { kind: 'not-said' } });
    expect(parseAccessDenied(`User: ${ROLE} is not authorized to perform: kms:ListKeys`)).toEqual({
      principal: ROLE,
      action: 'kms:ListKeys',
      refusal: { kind: 'not-said' },
    });
  });

  it('hides from a stranger whether the key is there', () => {
    const hidden =
      'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';
    for (const subject of ['this resource', 'the resource associated with this ciphertext']) {
      expect(
        parseAccessDenied(
          `User: ${ROLE} is not authorized to perform: kms:Decrypt on ${subject} ${hidden}`,
        ),
      ).toEqual({ principal: ROLE, action: 'kms:Decrypt', refusal: { kind: 'hidden' } });
    }
  });

  it('knows how KMS spoke of ciphertexts before 2023', () => {
    expect(
      parseAccessDenied(
        'An error occurred (AccessDeniedException) when calling the ReEncrypt operation: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
      ),
    ).toEqual({ action: 'kms:ReEncrypt', refusal: { kind: 'hidden' } });
  });
});

describe('what stands around a message', () => {
  const denied = {
    ...request,
    refusal: { kind: 'implicit', policy: { type: 'identity-based policy', layers: ['identity'] } },
  };
  const message = `${on} because no identity-based policy allows the kms:Decrypt action`;

  it.each([
    [
      'AWS CLI',
      `An error occurred (AccessDeniedException) when calling the Decrypt operation: ${message}`,
    ],
    ['Java SDK', `${message} (Service: Kms, Status Code: 400, Request ID: 1b2c)`],
    ['wire', `{"__type":"AccessDeniedException","Message":"${message}"}`],
    ['CloudTrail', `"errorMessage": "${message}",`],
    [
      'Terraform, wrapped',
      `│ Error: reading KMS Key: ${message.replaceAll(' ', '\n│   ').replaceAll('│   ', '')}`,
    ],
    ['a sentence', `it says: ${message}.`],
  ])('%s', (_, text) => {
    expect(parseAccessDenied(text)).toEqual(denied);
  });

  it('S3 quotes the resource', () => {
    expect(
      parseAccessDenied(
        `User: ${ROLE} is not authorized to perform: kms:Decrypt on resource: "${KEY}" because no identity-based policy allows the kms:Decrypt action`,
      ),
    ).toEqual(denied);
  });

  it('newer messages name the policy', () => {
    const arn =
      'arn:aws:organizations::444455556666:policy/o-exampleorgid/service_control_policy/p-1';
    expect(
      parseAccessDenied(`${on} with an explicit deny in a service control policy: ${arn}`)?.refusal,
    ).toEqual({
      kind: 'explicit',
      policy: { type: 'service control policy', layers: ['scp'], arn },
    });
  });

  it('is no message where nothing is refused', () => {
    expect(parseAccessDenied('Access Denied')).toBeUndefined();
    expect(parseAccessDenied('')).toBeUndefined();
  });
});
