import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const policies = 2_000;
const changed = 20;

/** A pull request in a large repository: most of it is as it was. */
export const gate = {
  name: `gate, ${policies} policies of which ${changed} changed`,
  of: 'time',
  bar: 150,
  samples: 5,
  prepare: () => ({ args: [...args, '--no-cache'], cwd: writeRepository() }),
};

/** The same once more, with what the first run kept. */
export const gateKept = {
  name: `gate, ${policies} policies, once more`,
  of: 'time',
  bar: 50,
  samples: 5,
  prepare: () => {
    const cwd = writeRepository();
    const again = [...args, '--cache-dir', '.git/keyproof'];
    spawnSync(process.execPath, [keyproof, ...again], { cwd, stdio: 'ignore' });
    return { args: again, cwd };
  },
};

const args = ['gate', '--base', 'main', '--format', 'json'];
const keyproof = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

function writeRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  for (let index = 0; index < policies; index += 1) write(folder, index, 'before');
  for (const command of [
    ['init', '--quiet', '--initial-branch', 'main'],
    ['add', '--all'],
    ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '-qm', 'before'],
  ]) {
    spawnSync('git', command, { cwd: folder });
  }
  const step = policies / changed;
  for (let index = 0; index < policies; index += step) write(folder, index, 'after');
  return folder;
}

function write(folder, index, state) {
  const team = join(folder, `team-${index % 40}`, `service-${index}`);
  mkdirSync(team, { recursive: true });
  writeFileSync(join(team, 'key-policy.json'), JSON.stringify(policyOf(index, state), null, 2));
}

function policyOf(index, state) {
  const account = String(111122223333 + (index % 7));
  const role = (name) => ({ AWS: `arn:aws:iam::${account}:role/service-${index}-${name}` });
  const uses = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'];
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Administration',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Use',
        Effect: 'Allow',
        Principal: role('task'),
        // What changes is sometimes what is allowed, and sometimes only how it is written.
        Action:
          state === 'before'
            ? uses
            : index % 200 === 0
              ? [...uses].reverse()
              : [...uses, 'kms:Encrypt'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:ViaService': `s3.eu-west-${(index % 3) + 1}.amazonaws.com` },
        },
      },
      {
        Sid: 'Grants',
        Effect: 'Allow',
        Principal: role('workers'),
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ],
  };
}
