import { expect, test } from 'vitest';
import { showText } from '../../src/source/index.js';
import { fixture, linesOf, loadTemplate } from './templates.js';

const { inventory, diagnostics } = loadTemplate(fixture('sam/template.yaml'), {
  account: '111122223333',
  region: 'eu-west-1',
});
const roleOf = (address: string) =>
  inventory.principals.find((principal) => principal.address === address);
const dependantOf = (address: string) =>
  inventory.dependants.find((dependant) => dependant.address === address);
const key = inventory.keys[0]?.arn ?? '';

test('SAM makes a role for each function and state machine without one', () => {
  expect(diagnostics).toEqual([]);
  expect(inventory.principals.map(({ address, fixedName }) => [address, fixedName])).toEqual([
    ['ReaderRole', false],
    ['WriterRole', false],
    ['FlowRole', false],
  ]);
  expect(showText(roleOf('ReaderRole')?.arn ?? '')).toBe(
    'arn:aws:iam::111122223333:role/${ReaderRole}',
  );
  expect(linesOf(roleOf('ReaderRole')?.trust)).toEqual([
    'Allow lambda.amazonaws.com sts:AssumeRole on it',
  ]);
  expect(linesOf(roleOf('FlowRole')?.trust)).toEqual([
    'Allow states.amazonaws.com sts:AssumeRole on it',
  ]);
});

test('the role has what the policies, policy templates and settings of its function give', () => {
  expect(roleOf('ReaderRole')?.policies?.flatMap(linesOf)).toEqual([
    'Allow sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:${Dead.QueueName}',
    `Allow kms:Decrypt on ${showText(key)}`,
    'Allow s3:GetObject,s3:ListBucket,s3:GetBucketLocation,s3:GetObjectVersion,s3:GetLifecycleConfiguration on arn:aws:s3:::${Files},arn:aws:s3:::${Files}/*',
    expect.stringMatching(/^Allow kms:Encrypt on \* if /) as string,
    `Allow kms:DescribeKey on ${showText(key)}`,
    'Allow logs:CreateLogGroup,logs:CreateLogStream,logs:PutLogEvents on *',
    expect.stringMatching(/^Allow .*ec2:CreateNetworkInterface/) as string,
    'Allow logs:* on arn:aws:logs:*:*:*',
    'Allow s3:GetObject,s3:PutObject on arn:aws:s3:::*',
    'Allow kms:ListKeys on *',
  ]);
  expect(roleOf('FlowRole')?.policies?.flatMap(linesOf)).toEqual([
    `Allow kms:Encrypt on ${showText(key)}`,
  ]);
});

test('a connector lets the role of its source at the destination', () => {
  const [, connected] = roleOf('WriterRole')?.policies ?? [];
  const [line] = linesOf(connected);
  expect(line).toContain('s3:PutObject');
  expect(line).not.toContain('s3:GetObject');
  expect(line).toMatch(/ on arn:aws:s3:::\$\{Files\},arn:aws:s3:::\$\{Files\}\/\*$/);
});

test('globals hold for all functions but those that set or ignore them', () => {
  expect(dependantOf('Reader')?.key).toBe(key);
  expect(dependantOf('Writer')?.key).toBeUndefined();
  expect(dependantOf('Custom')?.key).toBe('arn:aws:kms:eu-west-1:111122223333:key/own');
});

test('a simple table is a DynamoDB table', () => {
  const table = dependantOf('Table');
  expect([table?.service, table?.type, showText(table?.key ?? '')]).toEqual([
    'dynamodb',
    'table',
    '${Key}',
  ]);
});

test('the key of a broker secret is decrypted with', () => {
  const loaded = loadTemplate(`
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Broker:
          Type: MQ
          Properties:
            Broker: arn:aws:mq:eu-west-1:111122223333:broker:b:b-1
            SecretsManagerKmsKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab
            SourceAccessConfigurations:
              - { Type: BASIC_AUTH, URI: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:b' }
`);
  const lines = loaded.inventory.principals[0]?.policies?.flatMap(linesOf);
  expect(lines?.slice(0, 2)).toEqual([
    'Allow secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:111122223333:secret:b',
    'Allow kms:Decrypt on arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  ]);
});

test('a policy template that nobody knows may allow anything', () => {
  const loaded = loadTemplate(`
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: { Policies: [NewestPolicy: { KeyId: abc }] }
`);
  const [own] = loaded.inventory.principals[0]?.policies ?? [];
  expect(own?.unresolved).toBeDefined();
});
