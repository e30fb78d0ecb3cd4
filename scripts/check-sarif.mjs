// Has Microsoft's validator judge what `--format sarif` prints, by the rules of the standard and by those of
// GitHub's code scanning. The validator is a binary inside an npm package, of about 96 MB, which is why it is
// no dependency:
//
//     npm install --prefix <folder> @microsoft/sarif-multitool-linux
//     KEYPROOF_SARIF_MULTITOOL=<folder> npm run check:sarif
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = process.env.KEYPROOF_SARIF_MULTITOOL;
if (folder === undefined || folder === '') {
  console.log('SKIPPED: no SARIF was validated, as KEYPROOF_SARIF_MULTITOOL names no folder');
  process.exit(0);
}
const binary = [
  join(folder, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool'),
  join(folder, 'Sarif.Multitool'),
].find(existsSync);
if (binary === undefined) {
  console.error(`error: there is no Sarif.Multitool in \`${folder}\``);
  process.exit(2);
}
// Installed without scripts, it cannot be executed yet.
chmodSync(binary, 0o755);

const work = mkdtempSync(join(tmpdir(), 'keyproof-sarif-'));
try {
  const problems = writeLogs().flatMap(validate);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'every log is valid' : `${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Runs that show all that a log may hold: findings of every kind, problems with the input, hostile names. */
function writeLogs() {
  const hostile = join(work, 'a b#c [x](1) %41');
  mkdirSync(hostile);
  writeFileSync(join(hostile, 'open.json'), JSON.stringify(hostilePolicy(), undefined, 2));
  writeFileSync(
    join(hostile, 'broken.json'),
    '{ "Version": "2012-10-17", "Statement": [ { "Effect": ',
  );
  return [
    writeLog('demo', resolve('.'), ['fixtures/demo']),
    writeLog('not-confirmed', resolve('.'), ['fixtures/rules', '--no-confirm']),
    writeLog('clean', resolve('.'), ['--allow-empty', 'fixtures/report']),
    writeLog('hostile', work, ['.']),
  ];
}

function hostilePolicy() {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: '[a](https://a.example) {0} <script> \u202e ]]> @team',
        Effect: 'Allow',
        Principal: '*',
        Action: 'kms:Decrypt',
        Resource: '*',
      },
    ],
  };
}

function writeLog(name, cwd, argv) {
  const log = join(work, `${name}.sarif`);
  const program = resolve('bin/run.js');
  const run = spawnSync(
    process.execPath,
    [program, 'lint', ...argv, '--fail-on', 'none', '--output', `sarif=${log}`],
    { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (!existsSync(log)) throw new Error(`keyproof wrote no log of ${name}: ${run.stderr}`);
  return log;
}

function validate(log) {
  const verdict = `${log}.verdict`;
  const { stdout, stderr } = spawnSync(
    binary,
    ['validate', log, '--output', verdict, '--log', 'ForceOverwrite', '--rule-kind', 'Sarif;Ghas'],
    { encoding: 'utf8' },
  );
  if (!existsSync(verdict)) return [`the validator failed on ${log}: ${stdout}${stderr}`];
  const { runs } = JSON.parse(readFileSync(verdict, 'utf8').replace(/^\uFEFF/, ''));
  return runs.flatMap(({ results = [], invocations = [] }) => [
    ...results.map((result) => problemOf(log, result)),
    ...invocations.flatMap(({ toolExecutionNotifications = [] }) =>
      toolExecutionNotifications
        .filter(({ level }) => level === 'error')
        .map((notification) => problemOf(log, notification)),
    ),
  ]);
}

function problemOf(log, { ruleId, level = 'warning', message }) {
  return `${log}: ${level} ${ruleId ?? ''} ${JSON.stringify(message)}`;
}
