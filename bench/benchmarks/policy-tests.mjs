import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const testsCount = 10_000;

/** Ten thousand decisions with policies of their own, one JSON line each. */
export const policyTests = {
  name: 'test 10,000 JSON Lines',
  of: 'time',
  bar: 100,
  samples: 3,
  prepare: () => {
    const cwd = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
    const lines = Array.from({ length: testsCount }, (_, index) => JSON.stringify(testAt(index)));
    writeFileSync(join(cwd, 'decisions.kms-test.jsonl'), lines.join('\n'));
    return { args: ['test', '--format', 'json', 'decisions.kms-test.jsonl'], cwd };
  },
};

// Different policies in each line, so that nothing can be looked up from the line before.
function testAt(index) {
  const account = '111122223333';
  const role = `arn:aws:iam::${account}:role/service-${index}`;
  const isDenied = index % 3 === 0;
  return {
    name: `decision ${index}`,
    request: {
      principal: `${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/session`,
      action: 'kms:Decrypt',
      resource: `arn:aws:kms:eu-west-1:${account}:key/${keyId(index)}`,
      context: { 'kms:EncryptionContext:tenant': `tenant-${index % 7}` },
    },
    policies: {
      identity: [policyOf({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' })],
      resource: policyOf(
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: {
            StringNotLike: { 'kms:EncryptionContext:tenant': isDenied ? 'other-*' : 'tenant-*' },
          },
        },
      ),
    },
    expect: isDenied ? 'ExplicitDeny' : 'Allow',
  };
}

function policyOf(...statements) {
  return { Version: '2012-10-17', Statement: statements };
}

function keyId(index) {
  return `1234abcd-12ab-34cd-56ef-${String(index).padStart(12, '0')}`;
}
