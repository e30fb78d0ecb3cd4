import type { Authorization } from '../../src/authorization/decide/index.js';
import type { Exchange } from '../../src/engine/index.js';
import { createContext, parseCaller, type Request } from '../../src/inventory/index.js';
import type { Finding } from '../../src/lint/index.js';
import type { Statement } from '../../src/policy/index.js';
import type { LintReport } from '../../src/report/index.js';
import { invariant, type Source, type Span } from '../../src/source/index.js';

/** A key policy with a public statement, and what a run would say of it. */
export const source: Source = {
  path: 'infra/orders.yaml',
  text: `# The key of the order service.
Version: "2012-10-17"
Statement:
  - Sid: Everyone
    Effect: Allow
    Principal: "*"
    Action: kms:Decrypt
    Resource: "*"
  - Sid: Admins
    Effect: Allow
    Principal: { AWS: "arn:aws:iam::111122223333:role/KeyAdmin" }
    Action: kms:*
    Resource: "*"
`,
};

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export function spanOf(text: string, where: Source = source): Span {
  const start = where.text.indexOf(text);
  return { source: where, start, end: start + text.length };
}

export const statement: Statement = {
  kind: 'statement',
  index: 0,
  sid: 'Everyone',
  effect: 'Allow',
  conditions: [],
  span: spanOf('Sid: Everyone'),
};

export function requestOf(principal: string, action: string): Request {
  const caller = parseCaller(principal);
  invariant(caller !== undefined, 'the sample names a principal');
  return {
    caller,
    action,
    resource: keyArn,
    context: createContext({
      'kms:ViaService': 's3.us-east-1.amazonaws.com',
      'kms:EncryptionContext:Tenant': 'a',
      'kms:EncryptionContextKeys': ['Tenant'],
    }),
  };
}

export const allowed: Authorization = {
  decision: 'Allow',
  layers: [
    { layer: 'key-policy', outcome: 'allows', because: [statement] },
    { layer: 'delegation', outcome: 'does-not-apply', because: [] },
    { layer: 'identity', outcome: 'not-supplied', because: [] },
    { layer: 'grant', outcome: 'silent', because: [] },
  ],
  missing: [],
  assumed: [{ layer: 'scp', of: '111122223333', detail: 'no SCPs of the account were supplied' }],
};

const outsider = 'arn:aws:iam::999999999999:role/outsider';

const witness: readonly Exchange[] = [
  {
    call: {
      kind: 'kms',
      operation: 'Decrypt',
      caller: outsider,
      region: 'us-east-1',
      input: {
        KeyId: keyArn,
        CiphertextBlob: Uint8Array.of(1, 2, 3),
        EncryptionContext: { Tenant: 'a' },
      },
    },
    outcome: { kind: 'succeeded', output: {} },
    authorizations: [{ request: requestOf(outsider, 'kms:Decrypt'), authorization: allowed }],
  },
];

export const finding: Finding = {
  ruleId: 'public-key-policy',
  severity: 'error',
  message: 'any AWS principal can call `kms:Decrypt` on `alias/orders`',
  why: 'the key policy allows Principal `*` and no condition ties the caller to an account that is yours',
  fix: 'name the principals, or require `aws:PrincipalOrgID`',
  span: spanOf('Principal: "*"'),
  related: [{ span: spanOf('Sid: Admins'), message: 'the statement that names its principals' }],
  fingerprint: 'a'.repeat(64),
  confirmation: { kind: 'confirmed', claims: 'can', proved: false, witness, runs: 1, seed: 1 },
};

const unconfirmed: Finding = {
  ...finding,
  ruleId: 'decrypt-all-keys',
  severity: 'warning',
  span: spanOf('Action: kms:*'),
  confirmation: { kind: 'unconfirmed', reason: 'no attempt succeeded', runs: 100, seed: 1 },
};

const unsimulated: Finding = {
  ...finding,
  ruleId: 'kms-events-excluded',
  severity: 'info',
  span: spanOf('# The key'),
  related: [],
  confirmation: { kind: 'unsimulated', reason: 'a trail records calls, it makes none' },
};

export const report: LintReport = {
  kind: 'lint',
  findings: [finding, unconfirmed, unsimulated],
  diagnostics: [
    {
      code: 'json-syntax',
      severity: 'error',
      message: 'expected `,` or `}` after a value',
      span: spanOf('Statement:'),
      hint: 'close the object that begins on line 2',
    },
  ],
  summary: { files: 3, skipped: 12, keys: 2, principals: 5, refuted: 1, durationMs: 312.4 },
  loaded: [source.path],
  timings: {
    loadMs: 12.3,
    rules: [{ ruleId: 'public-key-policy', detectMs: 1.2, confirmMs: 34.5 }],
  },
};
