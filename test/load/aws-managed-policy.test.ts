import { expect, test } from 'vitest';
import { awsManagedPolicies } from '../../src/load/aws-managed-policies.js';
import { awsManagedPolicy } from '../../src/load/aws-managed-policy.js';
import { parsePolicy } from '../../src/policy/index.js';

const span = { source: { path: 'x', text: '' }, start: 0, end: 0 };

test.each(Object.keys(awsManagedPolicies))('%s is a sound policy', (name) => {
  const node = awsManagedPolicy(`arn:aws-cn:iam::aws:policy/service-role/${name}`, span);
  const { value, diagnostics } = node
    ? parsePolicy(node, 'identity')
    : { value: undefined, diagnostics: [] };
  expect(diagnostics).toEqual([]);
  expect(value?.statements.map(({ kind }) => kind)).not.toContain('broken');
  expect(JSON.stringify(value?.statements)).not.toContain('arn:aws:');
});

test('a policy of an account is not one of AWS', () => {
  const arn = 'arn:aws:iam::111122223333:policy/AdministratorAccess';
  expect(awsManagedPolicy(arn, span)).toBeUndefined();
});
