import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dependant } from '../../src/inventory/index.js';
import { cloudFormation } from '../../src/load/cloudformation/index.js';
import { showText, startOf } from '../../src/source/index.js';
import { fixture, linesOf, loadTemplate, withoutSpans } from './templates.js';

const settings = { account: '111122223333', region: 'eu-west-1' };
const orders = loadTemplate(fixture('cloudformation/orders/template.yaml'), settings);

test('a template says the same in JSON as in YAML', () => {
  const json = loadTemplate(fixture('cloudformation/orders/template.json'), settings);
  expect(withoutSpans(json.inventory)).toEqual(withoutSpans(orders.inventory));
  expect(json.diagnostics).toEqual([]);
  expect(orders.diagnostics).toEqual([]);
});

describe('keys', () => {
  const [key, bare] = orders.inventory.keys;

  test('a resource whose condition is false is absent', () => {
    expect(orders.inventory.keys.map(({ address }) => address)).toEqual(['Key', 'Bare']);
    const sandbox = loadTemplate(fixture('cloudformation/orders/template.yaml'), {
      ...settings,
      parameters: { Stage: 'sandbox' },
    });
    expect(sandbox.inventory.keys.map(({ address }) => address)).toEqual(['Key', 'Plain', 'Bare']);
  });

  test('a key has the attributes that the template gives, and the defaults of KMS for others', () => {
    expect({ ...key, policy: undefined, span: undefined }).toEqual({
      address: 'Key',
      unit: 'template',
      arn: expect.stringMatching(/^arn:aws:kms:eu-west-1:111122223333:key\//) as string,
      account: '111122223333',
      region: 'eu-west-1',
      manager: 'CUSTOMER',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      multiRegion: 'no',
      rotation: true,
      state: 'Enabled',
      tags: new Map([['team', 'orders']]),
    });
    expect(key && startOf(key.span)).toEqual({ line: 13, column: 3 });
  });

  test('a statement under an undecided condition stays, and says so', () => {
    expect(linesOf(key?.policy)).toEqual([
      'Allow arn:aws:iam::111122223333:root kms:* on *',
      'Allow arn:aws:iam::111122223333:role/${App} kms:Decrypt,kms:GenerateDataKey on *',
      expect.stringMatching(/^Allow \$\{AuditorAccount\} kms:DescribeKey on \* if /) as string,
    ]);
  });

  test('a parameter decides the condition', () => {
    const { inventory } = loadTemplate(fixture('cloudformation/orders/template.yaml'), {
      ...settings,
      parameters: { AuditorAccount: '444455556666' },
    });
    expect(linesOf(inventory.keys[0]?.policy)[2]).toBe('Allow 444455556666 kms:DescribeKey on *');
    const none = loadTemplate(fixture('cloudformation/orders/template.yaml'), {
      ...settings,
      parameters: { AuditorAccount: '' },
    });
    expect(linesOf(none.inventory.keys[0]?.policy)).toHaveLength(2);
  });

  test('a key without a policy has the default one', () => {
    expect(bare?.policyIsDefault).toBe(true);
    expect(linesOf(bare?.policy)).toEqual(['Allow arn:aws:iam::111122223333:root kms:* on *']);
  });

  test('a policy that may be left out may be the default one', () => {
    const { inventory } = loadTemplate(`
Parameters: { Own: { Type: String } }
Conditions: { IsOwn: !Equals [!Ref Own, 'yes'] }
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy: !If
        - IsOwn
        - Version: '2012-10-17'
          Statement: { Effect: Allow, Principal: '*', Action: 'kms:*', Resource: '*' }
        - !Ref AWS::NoValue
`);
    const [one, other] = linesOf(inventory.keys[0]?.policy);
    expect(one).toMatch(/^Allow \* kms:\* on \* if /);
    expect(other).toMatch(/^Allow arn:.*:root kms:\* on \* if /);
  });

  test('a replica has the id of its primary key', () => {
    const { inventory } = loadTemplate(
      `
Resources:
  Replica:
    Type: AWS::KMS::ReplicaKey
    Properties:
      PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab
      KeyPolicy: { Statement: { Effect: Allow, Principal: '*', Action: 'kms:*', Resource: '*' } }
  Reader:
    Type: AWS::SNS::Topic
    Properties: { KmsMasterKeyId: !Ref Replica }
`,
      settings,
    );
    const [replica] = inventory.keys;
    expect(replica?.arn).toBe(
      'arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    );
    expect([replica?.multiRegion, replica?.primaryRegion]).toEqual(['replica', 'us-east-1']);
    expect(inventory.dependants[0]?.key).toBe('mrk-1234abcd12ab34cd56ef1234567890ab');
  });

  test('an alias points to the key that `Ref` means', () => {
    const [alias] = orders.inventory.aliases;
    expect([alias?.name, key?.arn]).toEqual([
      'alias/orders-prod',
      `arn:aws:kms:eu-west-1:111122223333:key/${alias?.target ?? ''}`,
    ]);
  });
});

describe('principals', () => {
  const { principals, groups, documents } = orders.inventory;
  const app = principals.find(({ address }) => address === 'App');
  const operator = principals.find(({ address }) => address === 'Operator');

  test('a role has the policies that reach it from every end', () => {
    expect(app?.policies?.map(({ name }) => showText(name ?? ''))).toEqual([
      'own',
      '${Shared.Name}',
      'ReadOnlyAccess',
      'outer',
    ]);
    expect(app?.policies?.flatMap(linesOf)).toEqual([
      'Allow s3:PutObject on arn:aws:s3:::${Files}/*',
      'Allow kms:ListAliases on *',
      'unknown: ${ReadOnlyAccess}',
      'Allow kms:Decrypt on arn:aws:kms:eu-west-1:111122223333:key/${Key}',
    ]);
  });

  test('AWS managed policies that are known here are read, whatever their partition', () => {
    const { inventory } = loadTemplate(`
Resources:
  Admin:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns:
        - !Sub 'arn:\${AWS::Partition}:iam::aws:policy/AdministratorAccess'
        - !Sub 'arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'
        - !Sub 'arn:\${AWS::Partition}:iam::aws:policy/Unheard'
`);
    expect(inventory.principals[0]?.policies?.map((each) => [each.name, linesOf(each)[0]])).toEqual(
      [
        ['AdministratorAccess', 'Allow * on *'],
        ['AWSLambdaSQSQueueExecutionRole', expect.stringContaining('sqs:ReceiveMessage')],
        ['Unheard', 'unknown: ${Unheard}'],
      ],
    );
  });

  test('a boundary of the template is read, and no boundary is known to be none', () => {
    expect(linesOf(app?.boundary)).toEqual(['Allow kms:*,s3:* on *']);
    expect(operator?.boundary).toBe('none');
  });

  test('a role without a name in the template is not there again under its name', () => {
    expect([app?.fixedName, operator?.fixedName]).toEqual([false, true]);
  });

  test('a user is in the groups of the template and in others', () => {
    expect(operator?.groups).toEqual([groups[0]?.arn, 'arn:aws:iam::111122223333:group/outsiders']);
    expect(showText(groups[0]?.arn ?? '')).toBe('arn:aws:iam::111122223333:group/ops/${Operators}');
    expect(groups[0]?.policies?.flatMap(linesOf)).toEqual(['Allow kms:DescribeKey on *']);
  });

  test('a policy for a principal from elsewhere belongs to nobody here', () => {
    expect(documents.map(({ address }) => address)).toEqual(['Stranger']);
  });
});

describe('what uses keys', () => {
  const found = (address: string): Dependant | undefined =>
    orders.inventory.dependants.find((each) => each.address === address);
  const keyArn = orders.inventory.keys[0]?.arn;

  test('a bucket has its encryption, key, Bucket Key and policy', () => {
    const files = found('Files');
    expect([files?.service, files?.type, files?.encryption, files?.bucketKey]).toEqual([
      's3',
      'bucket',
      'aws:kms',
      true,
    ]);
    expect(files?.key).toBe(keyArn);
    expect(linesOf(files?.policy)).toEqual(['Deny * s3:* on arn:aws:s3:::${Files}/*']);
  });

  test('an Auto Scaling group uses the keys of its launch template', () => {
    expect([found('Machines')?.key, found('Fleet')?.key]).toEqual([keyArn, keyArn]);
  });

  test('a trail has its selectors', () => {
    const [trail] = orders.inventory.trails;
    expect(withoutSpans(trail?.selectors)).toEqual([
      {
        includeManagementEvents: true,
        readWriteType: 'WriteOnly',
        excludeManagementEventSources: ['kms.amazonaws.com'],
      },
    ]);
    expect(showText(found('Audit')?.key ?? '')).toBe('${Key}');
  });

  test('an endpoint without a policy lets everything through', () => {
    const [gate] = orders.inventory.endpoints;
    expect([gate?.service, gate?.vpc]).toEqual(['kms', 'vpc-1']);
    expect(linesOf(gate?.policy)).toEqual(['Allow * * on *']);
  });

  test.each([
    ['AWS::SNS::Topic', 'KmsMasterKeyId: K', 'sns topic'],
    ['AWS::SQS::Queue', 'KmsMasterKeyId: K', 'sqs queue'],
    ['AWS::Logs::LogGroup', 'KmsKeyId: K', 'logs log-group'],
    ['AWS::SecretsManager::Secret', 'KmsKeyId: K', 'secretsmanager secret'],
    ['AWS::Lambda::Function', 'KmsKeyArn: K', 'lambda function'],
    ['AWS::DynamoDB::Table', 'SSESpecification: { KMSMasterKeyId: K }', 'dynamodb table'],
    ['AWS::RDS::DBInstance', 'KmsKeyId: K', 'rds db-instance'],
    ['AWS::Redshift::Cluster', 'KmsKeyId: K', 'redshift cluster'],
    [
      'AWS::Kinesis::Stream',
      'StreamEncryption: { EncryptionType: KMS, KeyId: K }',
      'kinesis stream',
    ],
    ['AWS::EC2::Volume', 'KmsKeyId: K', 'ec2 volume'],
    ['AWS::EFS::FileSystem', 'KmsKeyId: K', 'elasticfilesystem file-system'],
    ['AWS::ECR::Repository', 'EncryptionConfiguration: { KmsKey: K }', 'ecr repository'],
    ['AWS::EKS::Cluster', 'EncryptionConfig: [{ Provider: { KeyArn: K } }]', 'eks cluster'],
    ['AWS::OpenSearchService::Domain', 'EncryptionAtRestOptions: { KmsKeyId: K }', 'es domain'],
    ['AWS::ElastiCache::ReplicationGroup', 'KmsKeyId: K', 'elasticache replication-group'],
  ])('%s uses the key of its property', (type, properties, expected) => {
    const { inventory } = loadTemplate(
      `Resources: { X: { Type: ${type}, Properties: { ${properties} } } }`,
    );
    const [dependant] = inventory.dependants;
    expect([`${dependant?.service ?? ''} ${dependant?.type ?? ''}`, dependant?.key]).toEqual([
      expected,
      'K',
    ]);
  });
});

test('suppressions are read from comments and from metadata', () => {
  const { inventory } = loadTemplate(
    `# keyproof-disable unmanageable-key -- built so\n${fixture('cloudformation/orders/template.yaml')}`,
  );
  expect(inventory.directives.map(({ scope, rules, reason }) => [scope, rules, reason])).toEqual([
    ['file', ['unmanageable-key'], 'built so'],
    ['resource', ['single-point-of-admin'], 'the platform team holds the account'],
  ]);
});

describe('policies of an organization and of resources without an owner here', () => {
  test('service control policies are known as such', () => {
    const { inventory } = loadTemplate(`
Resources:
  Guard:
    Type: AWS::Organizations::Policy
    Properties:
      Type: SERVICE_CONTROL_POLICY
      Content: { Statement: { Effect: Deny, Action: 'kms:ScheduleKeyDeletion', Resource: '*' } }
  Elsewhere:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: somebody-elses
      PolicyDocument:
        Statement: { Effect: Allow, Principal: '*', Action: 's3:*', Resource: '*' }
`);
    expect(inventory.documents.map(({ document }) => document.kind)).toEqual(['scp', 'resource']);
  });
});

describe('a template of wrong shape never hides what is right beside it', () => {
  test.each([
    ['Resources: []', ['error `Resources` must be a mapping of names']],
    [
      'Resources: { A: text, Key: { Type: AWS::KMS::Key } }',
      ['warning the resource `A` must be a mapping with a `Type`'],
    ],
    [
      'Resources: { A: {}, Key: { Type: AWS::KMS::Key } }',
      ['warning the resource `A` has no `Type`, so nothing is known of it'],
    ],
    [
      'Resources: { Key: { Type: AWS::KMS::Key, Properties: [] } }',
      ['warning `Properties` of `Key` must be a mapping'],
    ],
    [
      'Parameters: 3\nResources: { Key: { Type: AWS::KMS::Key } }',
      ['error `Parameters` must be a mapping of names'],
    ],
  ])('%s', (text, expected) => {
    const { inventory, diagnostics } = loadTemplate(text);
    expect(diagnostics.map(({ severity, message }) => `${severity} ${message}`)).toEqual(expected);
    expect(inventory.keys).toHaveLength(text.includes('Key:') ? 1 : 0);
  });
});

test('whatever a template holds in the wrong place, loading ends and says what it makes of it', () => {
  const whole = JSON.parse(fixture('cloudformation/orders/template.json')) as unknown;
  const places = placesIn(whole);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(places.length - 1), fc.jsonValue({ maxDepth: 2 })), {
        minLength: 1,
        maxLength: 6,
      }),
      (changes) => {
        const text = JSON.stringify(
          changes.reduce((at, [index, value]) => replaced(at, places[index] ?? [], value), whole),
        );
        expect(() => cloudFormation.load({ path: 't.json', text }, noFiles, plain)).not.toThrow();
      },
    ),
    { seed: 20261125, numRuns: 200 },
  );
});

const noFiles = { read: () => undefined, list: () => [] };
const plain = { parameters: {}, kinds: {} };

type Path = readonly (string | number)[];

/** The paths of all values in a JSON value. */
function placesIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, member]) =>
      placesIn(member, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? replaced(item, rest, by) : item));
  }
  const member = (value as Readonly<Record<string, unknown>>)[step];
  return { ...value, [step]: replaced(member, rest, by) };
}

test.each(['constructor', 'toString', '__proto__'])('`%s` is a name like any other', (name) => {
  const { inventory } = loadTemplate(
    JSON.stringify({
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: { Description: { Ref: name } } },
        Odd: { Type: name },
        Serverless: { Type: `AWS::Serverless::${name}` },
        Function: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            DeadLetterQueue: { Type: name, TargetArn: 'x' },
            Events: { E: { Type: name } },
            Policies: [JSON.parse(`{ "${name}": {} }`) as unknown, name],
          },
        },
        Topic: {
          Type: 'AWS::SNS::Topic',
          Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', name] } },
        },
      },
    }),
  );
  expect(inventory.keys).toHaveLength(1);
  expect(showText(inventory.dependants.at(-1)?.key ?? '')).toBe(`\${Key.${name}}`);
});

test.each([
  ['written out', '[Orders, Payments]'],
  ['in a parameter', '!Ref Names'],
])('a loop over what is %s is unrolled', (_, collection) => {
  const { inventory, diagnostics } = loadTemplate(`
Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList, Default: 'Orders, Payments' } }
Resources:
  Fn::ForEach::Keys:
    - Name
    - ${collection}
    - 'Key\${Name}':
        Type: AWS::KMS::Key
      'Alias\${Name}':
        Type: AWS::KMS::Alias
        Properties: { AliasName: !Sub 'alias/\${Name}', TargetKeyId: !Ref 'Key\${Name}' }
`);
  expect(diagnostics).toEqual([]);
  expect(inventory.keys.map(({ address }) => address)).toEqual(['KeyOrders', 'KeyPayments']);
  expect(inventory.aliases.map(({ name, target }) => [name, showText(target)])).toEqual([
    ['alias/Orders', '${KeyOrders}'],
    ['alias/Payments', '${KeyPayments}'],
  ]);
});

test('names that double each other stay within bounds', () => {
  const roles = Array.from({ length: 60 }, (_, index) => {
    const RoleName =
      index === 0 ? 'twelve-chars' : { 'Fn::Sub': `\${R${index - 1}}\${R${index - 1}}` };
    return [`R${index}`, { Type: 'AWS::IAM::Role', Properties: { RoleName } }] as const;
  });
  const { inventory } = loadTemplate(JSON.stringify({ Resources: Object.fromEntries(roles) }));
  expect(Math.max(...inventory.principals.map(({ arn }) => arn.length))).toBeLessThan(3_000_000);
});

test('loops in loops stay within bounds', () => {
  const words = Array.from({ length: 200 }, (_, index) => `w${index}`);
  const loop = (name: string, inner: unknown): unknown => ({
    [`Fn::ForEach::${name}`]: [name, words, inner],
  });
  const inner = { 'K${A}${B}${C}': { Type: 'AWS::KMS::Key' } };
  const Resources = loop('A', loop('B', loop('C', inner)));
  const { inventory, diagnostics } = loadTemplate(
    JSON.stringify({ Resources: { ...(Resources as object), Key: { Type: 'AWS::KMS::Key' } } }),
  );
  expect(inventory.keys).toHaveLength(1);
  expect(diagnostics.map(({ code }) => code)).toContain('cloudformation-loop');
});

test('a loop over what only the deployment knows is warned about', () => {
  const { inventory, diagnostics } = loadTemplate(`
Parameters: { Names: { Type: CommaDelimitedList } }
Resources:
  Fn::ForEach::Keys: [Name, !Ref Names, { 'Key\${Name}': { Type: AWS::KMS::Key } }]
`);
  expect(inventory.keys).toEqual([]);
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ['cloudformation-loop', 'warning'],
  ]);
});

describe('nested stacks', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const parent = `
Resources:
  Keys:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./keys.yaml
      Parameters: { Reader: !GetAtt App.Arn }
  App:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: own
          PolicyDocument:
            Statement: { Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt Keys.Outputs.KeyArn }
  Remote:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: 'https://s3.amazonaws.com/templates/remote.yaml' }
`;
  const child = `
Parameters: { Reader: { Type: String } }
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          Effect: Allow
          Principal: { AWS: !Ref Reader }
          Action: kms:Decrypt
          Resource: '*'
Outputs:
  KeyArn: { Value: !GetAtt Key.Arn }
`;

  test('a local one is loaded with its parent, in the same unit', () => {
    const files = {
      read: (path: string) => (path === 'infra/keys.yaml' ? bytes(child) : undefined),
      list: () => [],
    };
    const { inventory, diagnostics } = loadTemplate(parent, {}, files, 'infra/main.yaml');
    const [key] = inventory.keys;
    const [app] = inventory.principals;
    expect(diagnostics).toEqual([]);
    expect([key?.address, key?.unit, key?.span.source.path]).toEqual([
      'Keys/Key',
      'infra/main.yaml',
      'infra/keys.yaml',
    ]);
    const reader = key?.policy?.statements[0];
    expect(reader?.kind === 'statement' && reader.principal?.entries[0]?.text).toBe(app?.arn);
    const own = app?.policies?.[0]?.statements[0];
    expect(own?.kind === 'statement' && own.resource?.patterns[0]?.text).toBe(key?.arn);
  });

  test('one that cannot be read is warned about', () => {
    const { inventory, diagnostics } = loadTemplate(parent);
    expect(inventory.keys).toEqual([]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['cloudformation-nested', 'warning'],
    ]);
  });

  test('suppressions in the template of a nested stack count once', () => {
    const text = `# keyproof-disable unmanageable-key -- built so\n${child}`;
    const twice = parent.replace(
      '  App:',
      '  More:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: keys.yaml }\n  App:',
    );
    const files = { read: () => bytes(text), list: () => [] };
    const { inventory } = loadTemplate(twice, {}, files, 'main.yaml');
    expect(inventory.keys).toHaveLength(2);
    expect(inventory.directives.map(({ rules }) => rules)).toEqual([['unmanageable-key']]);
  });

  test('stacks that need the outputs of each other end', () => {
    const knot = `
Resources:
  One:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: one.yaml, Parameters: { Reader: !GetAtt Two.Outputs.KeyArn } }
  Two:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: one.yaml, Parameters: { Reader: !GetAtt One.Outputs.KeyArn } }
`;
    const files = { read: () => bytes(child), list: () => [] };
    const { inventory } = loadTemplate(knot, {}, files, 'main.yaml');
    expect(inventory.keys.map(({ address }) => address)).toEqual(['One/Key', 'Two/Key']);
  });

  test('a template that nests itself is loaded once', () => {
    const own = parent.replace('./keys.yaml', './main.yaml');
    const files = { read: () => bytes(own), list: () => [] };
    const { inventory, diagnostics } = loadTemplate(own, {}, files, 'main.yaml');
    expect(inventory.principals.map(({ address }) => address)).toEqual(['App']);
    expect(diagnostics.map(({ code }) => code)).toContain('cloudformation-nested');
  });
});
