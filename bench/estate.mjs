import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const region = 'eu-west-1';
const organization = 'o-exampleorg';
const accountsCount = 5;
const teams = Array.from({ length: 40 }, (_, index) => `team-${index}`);
const servicesPerTeam = 6;
const trusted = ['ec2', 'lambda', 'ecs-tasks', 'glue', 'states'];

/**
 * Writes an inventory file of an organization of some size, with its policies in files beside it as
 * people keep them: managed policies that many share, a few inline ones, groups, boundaries, trust
 * policies, tags, SCPs; keys with the default policy, with statements for single roles and for tags,
 * through services and for the organization, and with grants. The same sizes give the same estate.
 */
export function writeEstate(folder, { principals: principalsCount, keys: keysCount }) {
  const random = randomOf(principalsCount * 1_000 + keysCount);
  const accounts = Array.from({ length: accountsCount }, (_, index) => `${111122223330 + index}`);
  const keys = Array.from({ length: keysCount }, (_, index) => ({
    arn: `arn:aws:kms:${region}:${accounts[index % accountsCount]}:key/${keyId(index)}`,
    account: accounts[index % accountsCount],
    team: teams[index % teams.length],
    index,
  }));
  writePolicies(folder, keys);
  const groups = accounts.flatMap((account) =>
    teams.map((team) => ({
      arn: groupArn(account, team),
      policies: [managed('read-only'), managed(`${team}-developers`)],
    })),
  );
  const principals = Array.from({ length: principalsCount }, (_, index) =>
    principalAt(index, accounts[index % accountsCount], keys, random),
  );
  const estate = {
    version: 1,
    accounts: accounts.map((id, index) => ({
      id,
      organization,
      organizationPath: [`${organization}/r-root/ou-root-work/`],
      managementAccount: index === 0,
      scps: [[managed('full-access')], [managed('full-access'), managed('guardrail')]],
      rcps: [],
    })),
    groups,
    principals,
    keys: keys.map((key) => keyAt(key, principals)),
    complete: [
      'accounts',
      'principals',
      'keys',
      'grants',
      'scps',
      'rcps',
      'endpoints',
      'boundaries',
    ],
  };
  writeFileSync(join(folder, 'estate.keyproof.json'), JSON.stringify(estate, undefined, 1));
  const reader = principals.find(({ policies }) =>
    policies.some((policy) => typeof policy === 'object'),
  );
  return { principal: reader?.arn ?? principals[0].arn, key: keys[0].arn };
}

function principalAt(index, account, keys, random) {
  const team = teams[random(teams.length)];
  const isUser = random(10) < 2;
  const service = `service-${random(servicesPerTeam)}`;
  const own = keys.filter((key) => key.account === account);
  const isAdministrator = random(200) === 0;
  const policies = isAdministrator
    ? [managed('administrator')]
    : [managed(`${team}-${service}`), ...(random(3) === 0 ? [managed('logs')] : [])];
  // One in fifty has a policy that nobody else has.
  if (random(50) === 0) policies.push(inline(index, own[random(own.length)] ?? keys[0]));
  return {
    arn: `arn:aws:iam::${account}:${isUser ? 'user' : 'role'}/${team}/${service}-${index}`,
    id: `${isUser ? 'AIDA' : 'AROA'}${String(index).padStart(17, '0')}`,
    ...(random(2) === 0 ? { tags: { team, environment: index % 3 === 0 ? 'live' : 'test' } } : {}),
    policies,
    ...(isUser ? { groups: [groupArn(account, team)] } : {}),
    permissionsBoundary: random(4) === 0 ? managed('boundary') : 'none',
    ...(isUser ? {} : { trustPolicy: managed(`trust-${trusted[random(trusted.length)]}`) }),
  };
}

function inline(index, key) {
  return policyOf({
    Sid: `Own${index}`,
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:DescribeKey'],
    Resource: key.arn,
    Condition: { StringEquals: { 'kms:EncryptionContext:owner': `service-${index}` } },
  });
}

function keyAt(key, principals) {
  const { arn, account, team, index } = key;
  const root = { AWS: `arn:aws:iam::${account}:root` };
  const statements = [
    { Sid: 'Root', Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
  ];
  const allow = (Sid, Principal, Condition) =>
    statements.push({
      Sid,
      Effect: 'Allow',
      Principal,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      ...(Condition === undefined ? {} : { Condition }),
    });
  const named = [7, 19, 31].map(
    (step) => principals[(index * step + step) % principals.length].arn,
  );
  if (index % 5 === 1) allow('Named', { AWS: named });
  if (index % 5 === 2)
    allow(
      'Service',
      { AWS: '*' },
      {
        StringEquals: {
          'kms:ViaService': `s3.${region}.amazonaws.com`,
          'kms:CallerAccount': account,
        },
      },
    );
  if (index % 10 === 3) allow('Tagged', root, { StringEquals: { 'aws:PrincipalTag/team': team } });
  if (index % 20 === 4)
    allow('Organization', { AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': organization } });
  const grant = {
    id: `grant-${index}`,
    grantee: named[0],
    operations: ['Decrypt', 'Encrypt'],
    constraints: { encryptionContextSubset: { volume: `vol-${index}` } },
  };
  return {
    arn,
    aliases: [`alias/${team}-${index}`],
    policy: policyOf(...statements),
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    state: 'Enabled',
    origin: 'AWS_KMS',
    tags: { team },
    grants: index % 10 === 5 ? [grant] : [],
  };
}

function writePolicies(folder, keys) {
  mkdirSync(join(folder, 'policies'), { recursive: true });
  const write = (name, policy) =>
    writeFileSync(join(folder, managed(name)), JSON.stringify(policy, undefined, 2));
  const allow = (Action, Resource = '*', more = {}) => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...more,
  });
  write('full-access', policyOf(allow('*')));
  write('administrator', policyOf(allow('*')));
  write(
    'guardrail',
    policyOf({ Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*' }),
  );
  write('read-only', policyOf(allow(['kms:Describe*', 'kms:List*', 's3:Get*', 'ec2:Describe*'])));
  write('logs', policyOf(allow(['logs:CreateLogStream', 'logs:PutLogEvents'])));
  write('boundary', policyOf(allow(['kms:*', 's3:*', 'sqs:*', 'sns:*', 'dynamodb:*', 'logs:*'])));
  for (const service of trusted) {
    const Principal = { Service: `${service}.amazonaws.com` };
    write(`trust-${service}`, policyOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }));
  }
  teams.forEach((team, index) => {
    const own = keys.filter((key) => key.team === team).map(({ arn }) => arn);
    const tagged = { Condition: { StringEquals: { 'aws:ResourceTag/team': team } } };
    write(`${team}-developers`, policyOf(allow(['kms:Decrypt', 'kms:Encrypt'], '*', tagged)));
    for (let service = 0; service < servicesPerTeam; service += 1) {
      const bucket = `arn:aws:s3:::${team}-service-${service}`;
      const statements = [
        allow(['s3:GetObject', 's3:PutObject'], `${bucket}/*`),
        allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], `arn:aws:sqs:*:*:${team}-*`),
        allow(['dynamodb:GetItem', 'dynamodb:Query'], `arn:aws:dynamodb:*:*:table/${team}-*`),
      ];
      const through = { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } };
      if (service === 0 && own.length > 0) statements.push(allow(['kms:Decrypt'], own));
      if (service === 1) statements.push(allow(['kms:Decrypt'], '*', { Condition: through }));
      if (service === 2 && index % 4 === 0) statements.push(allow('kms:*', '*', tagged));
      write(`${team}-service-${service}`, policyOf(...statements));
    }
  });
}

function policyOf(...statements) {
  return { Version: '2012-10-17', Statement: statements };
}

function managed(name) {
  return `policies/${name}.json`;
}

function groupArn(account, team) {
  return `arn:aws:iam::${account}:group/${team}`;
}

function keyId(index) {
  return `1234abcd-12ab-34cd-56ef-${String(index).padStart(12, '0')}`;
}

// Numbers below a limit, the same ones in every run.
function randomOf(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
