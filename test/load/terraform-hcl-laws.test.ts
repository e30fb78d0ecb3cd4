import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Inventory } from '../../src/inventory/index.js';
import { load, prepare } from '../../src/load/index.js';
import { fillHoles } from '../../src/source/index.js';
import { policyJson } from '../arbitraries/policy-json.js';
import { memory } from './memory.js';
import { withoutSpans } from './templates.js';

type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

/** A text in which nothing is an expression. */
function literal(text: string): string {
  return text.replaceAll(/[$%]\{/g, (start) => start.charAt(0) + start);
}

/** A text as HCL quotes it. */
function quoted(text: string): string {
  return literal(JSON.stringify(text));
}

/** A value as an expression of HCL. */
function expression(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${quoted(key)} = ${expression(item)}`,
  );
  return `{\n${entries.join('\n')}\n}`;
}

const asList = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

/** The blocks of a data source that make a statement. */
function statementBlock(statement: Fields): string {
  const list = (name: string, argument: string): string =>
    statement[name] === undefined ? '' : `${argument} = ${variables(asList(statement[name]))}`;
  return `statement {
    effect = ${quoted(String(statement['Effect']))}
    ${list('Action', 'actions')}
    ${list('NotAction', 'not_actions')}
    ${list('Resource', 'resources')}
    ${list('NotResource', 'not_resources')}
    ${principalBlocks('principals', statement['Principal'])}
    ${principalBlocks('not_principals', statement['NotPrincipal'])}
    ${conditionBlocks(statement['Condition'] as Fields | undefined)}
  }`;
}

/** Policy variables are spelled otherwise in these. */
function variables(values: readonly Json[]): string {
  return expression(values.map((value) => String(value).replaceAll('${', '&{')));
}

function principalBlocks(name: string, element: Json): string {
  if (element === undefined) return '';
  const groups = element === '*' ? { '*': ['*'] } : (element as Fields);
  return Object.entries(groups)
    .map(
      ([type, identifiers]) =>
        `${name} {\ntype = ${quoted(type)}\nidentifiers = ${variables(asList(identifiers))}\n}`,
    )
    .join('\n');
}

function conditionBlocks(condition: Fields = {}): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys as Fields).map(
        ([variable, values]) =>
          `condition {\ntest = ${quoted(operator)}\nvariable = ${quoted(variable)}\nvalues = ${variables(asList(values))}\n}`,
      ),
    )
    .join('\n');
}

function documentBlock(policy: Fields): string {
  const statements = asList(policy['Statement']).map((each) => statementBlock(each as Fields));
  return `data "aws_iam_policy_document" "a" {
    version = ${quoted(String(policy['Version']))}
    ${statements.join('\n')}
  }`;
}

const settings = { account: '111122223333', region: 'eu-west-1', parameters: {}, kinds: {} };

/** An inventory without what differs by where it was written. */
function loaded(path: string, text: string): Json {
  const { inventory, diagnostics } = load({
    paths: [path],
    files: memory({ [path]: text }),
    settingsOf: () => settings,
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return comparable(inventory);
}

function comparable({ keys, ...others }: Inventory): Json {
  const text = JSON.stringify(withoutSpans({ ...others, keys }), (key, value: Json) =>
    key === 'unit' || key === 'address' ? undefined : value,
  );
  return JSON.parse(fillHoles(text, () => '?'));
}

const key = (policy: string, before = ''): string =>
  `${before}\nresource "aws_kms_key" "a" {\n  policy = ${policy}\n}\n`;

const template = (policy: Fields): string =>
  JSON.stringify({
    Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy } } },
  });

const plan = (policy: Fields): string =>
  JSON.stringify({
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_kms_key.a',
            mode: 'managed',
            type: 'aws_kms_key',
            name: 'a',
            values: { policy: JSON.stringify(policy) },
          },
        ],
      },
    },
  });

/** A text in a heredoc, whose only escapes are those of templates. */
function heredoc(policy: Fields): string {
  const text = literal(JSON.stringify(policy, null, 2));
  return `<<-EOT\n    ${text.replaceAll('\n', '\n    ')}\n  EOT`;
}

const spellings: readonly (readonly [string, (policy: Fields) => string])[] = [
  ['jsonencode', (policy) => key(`jsonencode(${expression(policy)})`)],
  ['a heredoc', (policy) => key(heredoc(policy))],
  ['a quoted text', (policy) => key(quoted(JSON.stringify(policy)))],
  [
    'a local value',
    (policy) => key('local.p', `locals {\np = jsonencode(${expression(policy)})\n}`),
  ],
  ['a template', (policy) => key(`"\${jsonencode(${expression(policy)})}\\n"`)],
  [
    'a loop',
    (policy) =>
      key(
        `jsonencode({ Version = local.v, Statement = [for s in local.s : s] })`,
        `locals {\nv = ${expression(policy['Version'])}\ns = ${expression(policy['Statement'])}\n}`,
      ),
  ],
  [
    'jsondecode and merge',
    (policy) => key(`jsonencode(merge(jsondecode(${quoted(JSON.stringify(policy))}), {}))`),
  ],
  [
    'a policy document',
    (policy) => key('data.aws_iam_policy_document.a.json', documentBlock(policy)),
  ],
  [
    'a source of a policy document',
    (policy) =>
      key(
        'data.aws_iam_policy_document.b.json',
        `${documentBlock(policy)}
        data "aws_iam_policy_document" "b" {
          version = data.aws_iam_policy_document.a.version
          source_policy_documents = [data.aws_iam_policy_document.a.json]
        }`,
      ),
  ],
];

const runs = { seed: 20261125, numRuns: 60 };

describe('a policy says the same in Terraform as in CloudFormation and in a plan', () => {
  beforeAll(async () => {
    await prepare({ paths: ['main.tf'], files: memory({ 'main.tf': '' }) });
  });

  const policies = policyJson('key-policy');

  test('in a plan', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(loaded('plan.json', plan(policy))).toEqual(loaded('t.json', template(policy)));
      }),
      runs,
    );
  });

  test.each(spellings)('through %s', (_, spell) => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(loaded('main.tf', spell(policy))).toEqual(loaded('plan.json', plan(policy)));
      }),
      runs,
    );
  });

  test('in the JSON form of HCL', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const text = literal(JSON.stringify(policy));
        const whole = JSON.stringify({ resource: { aws_kms_key: { a: { policy: text } } } });
        expect(loaded('main.tf.json', whole)).toEqual(loaded('plan.json', plan(policy)));
      }),
      runs,
    );
  });
});
