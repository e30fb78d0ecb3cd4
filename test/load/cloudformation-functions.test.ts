import { describe, expect, test } from 'vitest';
import { openTemplate } from '../../src/load/cloudformation/open-template.js';
import { givenBy } from '../../src/load/cloudformation/parameters.js';
import { rootStack } from '../../src/load/cloudformation/root-stack.js';
import { find, showText, startOf, type Diagnostic, type Node } from '../../src/source/index.js';

const template = `
Parameters:
  Env: { Type: String, Default: prod }
  Open: { Type: String }
  Account: { Type: String, Default: 011122223333 }
  Arns: { Type: CommaDelimitedList, Default: 'arn:aws:iam::111122223333:root, *' }
  OpenArns: { Type: CommaDelimitedList }
  Ssm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /keys/orders }
  Secret: { Type: String, NoEcho: true, Default: hunter2 }
Mappings:
  Regions:
    us-east-1: { Bucket: east }
    eu-west-1: { Bucket: west }
  Accounts:
    prod: { Id: '111122223333', Ids: ['1', '2'] }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsOpen: !Equals [!Ref Open, 'yes']
  Neither: !And [!Not [!Condition IsProd], !Condition IsOpen]
  Either: !Or [!Condition IsOpen, !Condition IsProd]
  Round: !Not [!Condition Round]
Resources:
  Role: { Type: AWS::IAM::Role }
  Named: { Type: AWS::IAM::Role, Properties: { RoleName: app, Path: /team/ } }
  Key: { Type: AWS::KMS::Key }
  Alias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/orders, TargetKeyId: !Ref Key } }
  Bucket: { Type: AWS::S3::Bucket }
  Topic: { Type: AWS::SNS::Topic }
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }
  Logs: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /app } }
  Secret1: { Type: AWS::SecretsManager::Secret, Properties: { Name: db } }
  Policy: { Type: AWS::IAM::ManagedPolicy }
  Other: { Type: AWS::Foo::Bar }
  Loop: { Type: AWS::IAM::Role, Properties: { RoleName: !Sub 'x-\${Loop}' } }
Outputs:
  Probe:
    Value: PROBE
`;

const place = { account: '111122223333', region: 'us-east-1' };

function probe(
  expression: string,
  settings: { account?: string; region?: string } = {},
): { readonly node: Node | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const source = { path: 'stack.yaml', text: template.replace('PROBE', expression) };
  const opened = openTemplate(source, givenBy({}, source), report);
  if (opened === undefined) throw new Error('the template does not parse');
  const stack = rootStack({
    unit: 'stack.yaml',
    prefix: '',
    template: opened,
    settings: { parameters: {}, ...settings },
    files: { read: () => undefined, list: () => [] },
    report,
    imported: () => undefined,
  });
  const value = find(opened.outputs.get('Probe')?.value, 'Value');
  return { node: value && stack.evaluate(value), diagnostics };
}

/** How people read a value; `nothing` for AWS::NoValue. */
function show(node: Node | undefined): string {
  switch (node?.kind) {
    case undefined:
      return 'nothing';
    case 'scalar':
      return typeof node.value === 'string' ? showText(node.value) : String(node.value);
    case 'sequence':
      return `[${node.items.map(show).join(' | ')}]`;
    case 'mapping':
      return `{${node.entries.map(({ key, value }) => `${key}: ${show(value)}`).join(' | ')}}`;
    case 'unresolved':
      return node.alternatives
        ? `one of ${node.alternatives.map(show).join(' or ')}`
        : `unknown ${showText(node.text)}`;
  }
}

describe('what is known before deployment is worked out', () => {
  test.each([
    ['!Ref Env', 'prod'],
    ['!Ref Account', '011122223333'],
    ['!Ref Arns', '[arn:aws:iam::111122223333:root | *]'],
    ['!Ref AWS::NoValue', 'nothing'],
    ['!Ref AWS::AccountId', '111122223333'],
    ['!Ref AWS::Region', 'us-east-1'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::URLSuffix', 'amazonaws.com'],
    ['!Sub "${Env}-${!aws:username}-${AWS::Region}"', 'prod-${aws:username}-us-east-1'],
    ['!Sub ["${a}/${Env}", { a: !Ref Account }]', '011122223333/prod'],
    ['!Join ["-", [a, !Ref Env, 3, true]]', 'a-prod-3-true'],
    ['!Join [",", !Ref Arns]', 'arn:aws:iam::111122223333:root,*'],
    ['!Select [1, !Ref Arns]', '*'],
    ['!Select ["0", [a, b]]', 'a'],
    ['!Split [":", "a:b:"]', '[a | b | ]'],
    ['!Select [4, !Split [":", !GetAtt Named.Arn]]', '111122223333'],
    ['!Select [1, !Split ["/", "a/b"]]', 'b'],
    ['!If [IsProd, yes, no]', 'yes'],
    ['!If [Either, yes, no]', 'yes'],
    ['!If [Neither, yes, !Ref AWS::NoValue]', 'nothing'],
    ['[a, !If [Neither, b, !Ref AWS::NoValue]]', '[a]'],
    ['{ A: !If [Neither, b, !Ref AWS::NoValue], B: 1 }', '{B: 1}'],
    ['!FindInMap [Regions, !Ref AWS::Region, Bucket]', 'east'],
    ['!FindInMap [Accounts, !Ref Env, Ids]', '[1 | 2]'],
    ['!FindInMap [Accounts, nobody, Id, { DefaultValue: none }]', 'none'],
    ['!Base64 "ü"', 'w7w='],
    ['!Cidr [10.0.0.0/16, 2, 8]', '[10.0.0.0/24 | 10.0.1.0/24]'],
    ['!Select [2, !Cidr [10.1.0.7/20, 3, 4]]', '10.1.0.32/28'],
    ['!Length [a, b]', '2'],
    ['{ Fn::Length: !Ref Arns }', '2'],
    ['{ Fn::ToJsonString: { a: [1, !Ref Env] } }', '{"a":[1,"prod"]}'],
    ['{ Fn::GetAtt: [Named, Arn] }', 'arn:aws:iam::111122223333:role/team/app'],
  ])('%s is %s', (expression, expected) => {
    const { node, diagnostics } = probe(expression, place);
    expect([show(node), diagnostics]).toEqual([expected, []]);
  });
});

describe('what is unknown until deployment keeps a name', () => {
  test.each([
    ['!Ref Open', '${Open}'],
    ['!Ref OpenArns', 'unknown ${OpenArns}'],
    ['!Ref Ssm', '${Ssm}'],
    ['!Ref Secret', '${Secret}'],
    ['!Ref AWS::AccountId', '${AWS::AccountId}'],
    ['!Ref AWS::StackName', '${AWS::StackName}'],
    ['!Join [",", !Ref OpenArns]', '${Join(,, ${OpenArns})}'],
    ['!Select [0, !Ref OpenArns]', '${Select(0, ${OpenArns})}'],
    ['!Select [1, !Split [":", !Ref Open]]', '${Select(1, ${Split(:, ${Open})})}'],
    ['!If [IsOpen, a, b]', '${If(IsOpen, a, b)}'],
    ['!If [IsOpen, a, a]', 'a'],
    ['!If [IsOpen, [a], !Ref AWS::NoValue]', 'one of [a] or nothing'],
    ['!If [Round, a, b]', '${If(Round, a, b)}'],
    [
      '!FindInMap [Regions, !Ref AWS::Region, Bucket]',
      '${FindInMap(Regions, ${AWS::Region}, Bucket)}',
    ],
    ['!ImportValue shared-key', '${ImportValue(shared-key)}'],
    ['!GetAZs ""', 'unknown ${GetAZs(${AWS::Region})}'],
    ['!Transform { Name: Macro }', 'unknown ${Transform({Name: Macro})}'],
    ['{ a: 1, Fn::Transform: { Name: Macro } }', 'unknown ${Transform({Name: Macro})}'],
    ['"a-{{resolve:ssm:/key:1}}"', 'a-${resolve:ssm:/key:1}'],
    ['{ Fn::ToJsonString: { a: !Ref Open } }', '{"a":"${Open}"}'],
    ['!GetAtt Other.Thing', '${Other.Thing}'],
    ['!Ref Other', '${Other}'],
    ['!Ref Loop', 'x-${Loop}'],
  ])('%s is %s', (expression, expected) => {
    const { node, diagnostics } = probe(expression);
    expect([show(node), diagnostics]).toEqual([expected, []]);
  });
});

describe('a resource has the same name and ARN however a template spells them', () => {
  test.each([
    ['!Ref Role', '!Select [1, !Split ["/", !GetAtt Role.Arn]]'],
    ['!GetAtt Role.Arn', '!Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}"'],
    ['!GetAtt Named.Arn', '!Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/team/app"'],
    ['!Ref Key', '!GetAtt Key.KeyId'],
    [
      '!GetAtt Key.Arn',
      '!Sub "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}"',
    ],
    ['!Ref Alias', 'alias/orders'],
    ['!GetAtt Bucket.Arn', '!Join ["", ["arn:", !Ref AWS::Partition, ":s3:::", !Ref Bucket]]'],
    [
      '!Ref Topic',
      '!Sub "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Topic.TopicName}"',
    ],
    [
      '!GetAtt Queue.Arn',
      '!Sub "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders"',
    ],
    ['!Ref Queue', '!Sub "https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/orders"'],
    [
      '!GetAtt Logs.Arn',
      '!Sub "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/app:*"',
    ],
    ['!Ref Secret1', '!Ref Secret1'],
    ['!Ref Policy', '!GetAtt Policy.PolicyArn'],
  ])('%s = %s', (one, other) => {
    expect(show(probe(one).node)).toBe(show(probe(other).node));
    expect(show(probe(one, place).node)).toBe(show(probe(other, place).node));
  });
});

test('an ARN of one partition in the template tells its partition, and two tell nothing', () => {
  const own = '!Sub "arn:${AWS::Partition}:s3:::x"';
  expect(show(probe(own).node)).toBe('arn:aws:s3:::x');
  expect(show(probe('!Ref AWS::Partition # arn:aws-cn:s3:::x').node)).toBe('${AWS::Partition}');
});

test('what a function makes stands where the function stands', () => {
  const { node } = probe('\n      - literal\n      - !Ref Env');
  const [literal, made] = node?.kind === 'sequence' ? node.items : [];
  if (!literal || !made) throw new Error('no list');
  expect(startOf(made.span).line).toBe(startOf(literal.span).line + 1);
  expect(made.span.source.text.slice(made.span.start, made.span.end)).toContain('Env');
});

test.each([
  ['!Ref Nothing', '`Nothing` is neither a parameter nor a resource of this template'],
  ['!GetAtt Nothing.Arn', '`Nothing` is not a resource of this template'],
  ['!If [Nothing, a, b]', 'the condition `Nothing` is not defined in this template'],
  ['!Ref AWS::Nothing', '`AWS::Nothing` is not a pseudo parameter'],
  ['!Nothing x', '`Fn::Nothing` is not an intrinsic function, so its value is taken as unknown'],
  ['!GetAtt [a]', 'the argument of `Fn::GetAtt` is not of the form that the function takes'],
  ['!Sub []', 'the argument of `Fn::Sub` is not of the form that the function takes'],
])('%s is warned about, and its value is unknown', (expression, message) => {
  const { diagnostics } = probe(expression);
  expect(diagnostics.map((each) => [each.severity, each.message])).toEqual([['warning', message]]);
});
