// Answers ten thousand typical questions, each about policies of its own: `node typical.mjs`. Prints, as JSON,
// how long it took and what the answers were.
import { answer } from '../../dist/src/authorization/answers/index.js';
import { parseCaller } from '../../dist/src/inventory/index.js';
import { load } from '../../dist/src/load/index.js';

const account = '111122223333';
const rolesCount = 100;
const keysCount = 100;

const roles = Array.from({ length: rolesCount }, (_, index) => roleAt(index));
const keys = Array.from({ length: keysCount }, (_, index) => keyAt(index));
const inventory = inventoryOf();
const callers = roles.map(({ arn }) => parseCaller(arn));
const kinds = {};
const start = performance.now();
for (const caller of callers) {
  for (const { arn: resource } of keys) {
    const { kind } = answer(inventory, {
      caller,
      action: 'kms:Decrypt',
      resource,
      context: new Map(),
    });
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
}
process.stdout.write(JSON.stringify({ timeMs: performance.now() - start, kinds }));

// Three conditions, two of them with wildcards.
function roleAt(index) {
  return {
    arn: `arn:aws:iam::${account}:role/service-${index}`,
    tags: {},
    policies: [
      policyOf({
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: `arn:aws:kms:*:${account}:key/*`,
        Condition: {
          StringLike: {
            'kms:ViaService': `s${index % 7}*.eu-west-1.amazonaws.com`,
            'kms:EncryptionContext:tenant': `tenant-${index}-*`,
          },
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        },
      }),
    ],
  };
}

function keyAt(index) {
  const id = `1234abcd-12ab-34cd-56ef-${String(index).padStart(12, '0')}`;
  return {
    arn: `arn:aws:kms:eu-west-1:${account}:key/${id}`,
    spec: 'SYMMETRIC_DEFAULT',
    aliases: [],
    grants: [],
    policy: policyOf(
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
        Condition: { StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/*` } },
      },
    ),
  };
}

function inventoryOf() {
  const path = 'estate.keyproof.json';
  const complete = ['principals', 'keys', 'grants', 'scps', 'rcps', 'boundaries'];
  const estate = { version: 1, principals: roles, keys, complete };
  const text = new globalThis.TextEncoder().encode(JSON.stringify(estate));
  const files = { read: (name) => (name === path ? text : undefined), list: () => [] };
  const settingsOf = () => ({ parameters: {}, kinds: {} });
  const loaded = load({ paths: [path], files, settingsOf });
  if (loaded.diagnostics.length > 0) throw new Error(loaded.diagnostics[0].message);
  return loaded.inventory;
}

function policyOf(...statements) {
  return { Version: '2012-10-17', Statement: statements };
}
