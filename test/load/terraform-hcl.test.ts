import { beforeAll, describe, expect, it, test } from 'vitest';
import { load, prepare, type Loaded, type LoadSettings } from '../../src/load/index.js';
import { endOf, hasHole, showText, startOf, type Span } from '../../src/source/index.js';
import { filesUnder } from './disk.js';
import { loadOf, memory, messagesOf } from './memory.js';
import { linesOf } from './templates.js';

beforeAll(async () => {
  await prepare({ paths: ['main.tf'], files: memory({ 'main.tf': '' }) });
});

function placeOf(span: Span | undefined): string {
  if (span === undefined) return 'nowhere';
  const { line, column } = startOf(span);
  return `${span.source.path}:${String(line)}:${String(column)}`;
}

/** Where each statement of a policy stands. */
function placesOf(loaded: Loaded, address: string): readonly string[] {
  const key = loaded.inventory.keys.find((each) => each.address === address);
  return (key?.policy?.statements ?? []).map(({ span }) => placeOf(span));
}

function keysOf({ inventory }: Loaded): readonly string[] {
  return inventory.keys.map(({ address }) => address);
}

function policyLines(loaded: Loaded, address = 'aws_kms_key.a'): readonly string[] {
  return linesOf(loaded.inventory.keys.find((each) => each.address === address)?.policy);
}

/** A configuration of one file. */
function loadMain(text: string, settings: Partial<LoadSettings> = {}): Loaded {
  return loadOf({ 'main.tf': text }, { settings });
}

const statement = (principal: string): string =>
  `{ Effect = "Allow", Principal = { AWS = ${principal} }, Action = "kms:Decrypt", Resource = "*" }`;

const keyWith = (policy: string): string =>
  `resource "aws_kms_key" "a" {\n  policy = ${policy}\n}\n`;

const document = (statements: string): string =>
  `jsonencode({ Version = "2012-10-17", Statement = ${statements} })`;

describe('a configuration as people write it', () => {
  const loaded = (): Loaded =>
    load({
      paths: ['.'],
      files: filesUnder('fixtures/load/terraform/orders'),
      settingsOf: () => ({ parameters: {}, kinds: {} }),
    });

  it('has nothing to complain of, and loads each called module with its caller', () => {
    const { diagnostics, loaded: paths } = loaded();
    expect(diagnostics).toEqual([]);
    expect(paths).toEqual(['main.tf', 'modules/key/main.tf', 'terraform.tfvars', 'variables.tf']);
  });

  it('makes a key for each item, where its provider stands', () => {
    expect(
      loaded().inventory.keys.map(({ address, arn, rotation }) => [
        address,
        showText(arn),
        rotation,
      ]),
    ).toEqual([
      [
        'aws_kms_key.legacy[0]',
        'arn:aws:kms:eu-west-1:111122223333:key/${aws_kms_key.legacy[0].key_id}',
        false,
      ],
      [
        'module.archive.aws_kms_key.this',
        'arn:aws:kms:us-west-2:444455556666:key/${module.archive.aws_kms_key.this.key_id}',
        true,
      ],
      [
        'module.keys["orders"].aws_kms_key.this',
        'arn:aws:kms:eu-west-1:111122223333:key/${module.keys["orders"].aws_kms_key.this.key_id}',
        true,
      ],
      [
        'module.keys["payments"].aws_kms_key.this',
        'arn:aws:kms:eu-west-1:111122223333:key/${module.keys["payments"].aws_kms_key.this.key_id}',
        false,
      ],
    ]);
  });

  it('follows values into modules, and leaves open what a variable decides', () => {
    expect(policyLines(loaded(), 'module.keys["payments"].aws_kms_key.this')).toEqual([
      'Allow arn:aws:iam::111122223333:root kms:* on *',
      'Allow arn:aws:iam::111122223333:role/shop-app,arn:aws:iam::111122223333:role/billing kms:Decrypt,kms:GenerateDataKey on *',
      'Allow ${var.auditor} kms:Decrypt,kms:GenerateDataKey on * if ${var.auditor != null ? [var.auditor] : [], form 1}',
    ]);
    expect(policyLines(loaded(), 'module.archive.aws_kms_key.this')).toEqual([
      'Allow arn:aws:iam::444455556666:root kms:* on *',
    ]);
  });

  it('says where each statement is written, in a heredoc and in a module', () => {
    expect(placesOf(loaded(), 'aws_kms_key.legacy[0]')).toEqual(['main.tf:86:9', 'main.tf:88:9']);
    expect(placesOf(loaded(), 'module.keys["orders"].aws_kms_key.this')).toEqual([
      'modules/key/main.tf:20:3',
      'modules/key/main.tf:34:5',
      'modules/key/main.tf:34:5',
    ]);
  });

  it('joins policies, buckets and aliases to what they are for', () => {
    const { keys, principals, dependants, aliases } = loaded().inventory;
    const arnOf = (address: string) => keys.find((key) => key.address === address)?.arn;
    expect(linesOf(principals[0]?.policies?.[0]).map((line) => line.split(' on ')[1])).toEqual([
      ['orders', 'payments']
        .map((name) => showText(arnOf(`module.keys["${name}"].aws_kms_key.this`) ?? ''))
        .join(','),
    ]);
    expect(dependants[0]).toMatchObject({
      key: arnOf('module.keys["orders"].aws_kms_key.this'),
      bucketKey: true,
      encryption: 'aws:kms',
    });
    expect(showText(dependants[0]?.arn ?? '')).toBe('arn:aws:s3:::orders-${module.network.vpc_id}');
    expect(aliases.map(({ name, target }) => `${name} ${showText(target)}`)[0]).toBe(
      'alias/legacy ${aws_kms_key.legacy[0].key_id}',
    );
  });
});

describe('the value of a variable', () => {
  const main = `
variable "who" {
  type    = string
  default = "arn:aws:iam::111122223333:role/by-default"
}
${keyWith(document(`[${statement('var.who')}]`))}`;
  const who = (files: Readonly<Record<string, string>>, parameters = {}): string =>
    /role\/([\w-]+)/.exec(
      policyLines(loadOf({ 'main.tf': main, ...files }, { settings: { parameters } }))[0] ?? '',
    )?.[1] ?? '';
  const given = (name: string): string => `who = "arn:aws:iam::111122223333:role/${name}"\n`;

  it('is its default, above that what files give that Terraform reads, above all the command line', () => {
    const files = { 'terraform.tfvars': given('file'), 'x.auto.tfvars': given('auto') };
    expect(who({})).toBe('by-default');
    expect(who({ 'terraform.tfvars': given('file') })).toBe('file');
    expect(who(files)).toBe('auto');
    expect(who({ 'terraform.tfvars.json': '{"who": "arn:aws:iam::111122223333:role/json"}' })).toBe(
      'json',
    );
    expect(who(files, { who: 'arn:aws:iam::111122223333:role/flag' })).toBe('flag');
  });

  it('is not that of a file which Terraform reads only when told to, unless the file is named', () => {
    const files = { 'main.tf': main, 'prod.tfvars': given('prod'), 'env/dev.tfvars': given('dev') };
    const lines = (paths: readonly string[]) => policyLines(loadOf(files, { paths }));
    expect(lines(['.'])[0]).toContain('role/by-default');
    expect(lines(['.', 'prod.tfvars'])[0]).toContain('role/prod');
    expect(lines(['.', 'env/dev.tfvars'])[0]).toContain('role/dev');
  });

  it('has the attributes that its type says, with their defaults', () => {
    const loaded = loadMain(
      `
variable "key" {
  type = object({ name = optional(string, "orders"), rotation = optional(bool), days = string })
  default = { days = 7 }
}
resource "aws_kms_alias" "a" {
  name          = "alias/\${var.key.name}-\${var.key.days}-\${var.key.rotation == null}"
  target_key_id = "x"
}`,
    );
    expect(loaded.inventory.aliases.map(({ name }) => name)).toEqual(['alias/orders-7-true']);
  });

  it('may be given as an expression where its type is no text', () => {
    const text = `
variable "names" { type = list(string) }
resource "aws_kms_key" "a" {
  for_each = toset(var.names)
}`;
    expect(keysOf(loadMain(text, { parameters: { names: '["x", "y"]' } }))).toEqual([
      'aws_kms_key.a["x"]',
      'aws_kms_key.a["y"]',
    ]);
  });
});

describe('how many there are', () => {
  test.each([
    ['count = 2', ['[0]', '[1]']],
    ['count = 0', []],
    ['count = var.is_on ? 1 : 0', ['[0]']],
    ['count = var.number', ['[0]']],
    ['for_each = toset(["b", "a"])', ['["a"]', '["b"]']],
    ['for_each = { x = 1 }', ['["x"]']],
    ['for_each = var.is_on ? { x = 1 } : {}', ['["x"]']],
    ['for_each = var.keys', ['[each.key]']],
    ['for_each = { for k, v in { x = true, y = false } : k => v if v }', ['["x"]']],
  ])('%s', (argument, indexes) => {
    const loaded = loadMain(`
variable "is_on" { type = bool }
variable "number" { type = number }
variable "keys" { type = map(string) }
resource "aws_kms_key" "a" {
  ${argument}
}`);
    expect(loaded.diagnostics).toEqual([]);
    expect(keysOf(loaded)).toEqual(indexes.map((index) => `aws_kms_key.a${index}`));
  });
});

describe('a choice that is not made before deployment', () => {
  const vars = 'variable "is_on" { type = bool }\nvariable "policy" { type = string }\n';

  it('makes each statement depend on it', () => {
    const loaded = loadMain(
      vars +
        keyWith(
          document(
            `concat([${statement('"111122223333"')}], var.is_on ? [${statement('"*"')}] : [])`,
          ),
        ),
    );
    expect(policyLines(loaded)).toEqual([
      'Allow 111122223333 kms:Decrypt on *',
      expect.stringMatching(/^Allow \* kms:Decrypt on \* if \$\{var\.is_on \? /),
    ]);
  });

  it('between two policies is a choice of statements, and with a text that is not known is unknown', () => {
    const two = loadMain(
      vars +
        keyWith(
          `var.is_on ? ${document(`[${statement('"*"')}]`)} : ${document(`[${statement('"111122223333"')}]`)}`,
        ),
    );
    expect(policyLines(two).map((line) => line.split(' if ')[0])).toEqual([
      'Allow * kms:Decrypt on *',
      'Allow 111122223333 kms:Decrypt on *',
    ]);
    const open = loadMain(vars + keyWith(`coalesce(var.policy, ${document('[]')})`));
    expect(policyLines(open)[0]).toMatch(/^unknown: /);
  });

  it('of blocks leaves each of them open', () => {
    const loaded = loadMain(`
variable "users" { type = list(string) }
data "aws_iam_policy_document" "a" {
  dynamic "statement" {
    for_each = var.users
    iterator = user
    content {
      actions   = ["kms:Decrypt"]
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = [user.value]
      }
    }
  }
}
${keyWith('data.aws_iam_policy_document.a.json')}`);
    expect(policyLines(loaded)).toEqual([
      'Allow ${data.aws_iam_policy_document.a.statement.user.value} kms:Decrypt on * if ${var.users, form 1}',
    ]);
  });
});

describe('policy documents', () => {
  it('put sources first and let overrides take the place of statements with their Sid', () => {
    const loaded = loadMain(`
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "One"
    actions   = ["kms:One"]
    resources = ["*"]
  }
  statement {
    actions   = ["kms:NoSid"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "over" {
  statement {
    sid       = "One"
    effect    = "Deny"
    actions   = ["kms:Other"]
    resources = ["arn:aws:s3:::\${"b"}/&{aws:username}"]
  }
}
data "aws_iam_policy_document" "a" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = compact([data.aws_iam_policy_document.over.json, ""])
  statement {
    sid       = "Own"
    actions   = ["kms:Own"]
    resources = ["*"]
  }
}
${keyWith('data.aws_iam_policy_document.a.json')}`);
    expect(policyLines(loaded)).toEqual([
      'Deny kms:Other on arn:aws:s3:::b/${aws:username}',
      'Allow kms:NoSid on *',
      'Allow kms:Own on *',
    ]);
  });

  it('take documents that are written as text or read from a file, with their places', () => {
    const loaded = loadOf({
      'main.tf': `
data "aws_iam_policy_document" "a" {
  source_policy_documents = [file("\${path.module}/base.json")]
}
${keyWith('data.aws_iam_policy_document.a.json')}`,
      'base.json': `{"Version": "2012-10-17", "Statement": [\n  ${JSON.stringify({ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' })}\n]}`,
    });
    expect(policyLines(loaded)).toEqual(['Allow * kms:Decrypt on *']);
    expect(placesOf(loaded, 'aws_kms_key.a')).toEqual(['base.json:2:3']);
  });
});

describe('things that exist already', () => {
  const arn = (expression: string): string => {
    const loaded = loadMain(
      `
data "aws_kms_key" "by_alias" { key_id = "alias/x" }
data "aws_kms_key" "by_arn" { key_id = "arn:aws:kms:eu-west-1:111122223333:key/abc" }
data "aws_kms_alias" "a" { name = "alias/x" }
data "aws_iam_role" "r" { name = "app" }
data "aws_region" "here" {}
data "aws_partition" "here" {}
data "aws_service_principal" "s3" { service_name = "s3" }
resource "aws_kms_alias" "a" {
  name          = "=\${${expression}}"
  target_key_id = "x"
}`,
      { account: '111122223333', region: 'eu-west-1' },
    );
    expect(loaded.diagnostics).toEqual([]);
    return showText(loaded.inventory.aliases[0]?.name ?? '').slice(1);
  };

  test.each([
    ['data.aws_kms_key.by_arn.arn', 'arn:aws:kms:eu-west-1:111122223333:key/abc'],
    [
      'data.aws_kms_key.by_alias.arn',
      'arn:aws:kms:eu-west-1:111122223333:key/${data.aws_kms_key.by_alias.id}',
    ],
    ['data.aws_kms_alias.a.arn', 'arn:aws:kms:eu-west-1:111122223333:alias/x'],
    ['data.aws_iam_role.r.arn', 'arn:aws:iam::111122223333:role${data.aws_iam_role.r.path}app'],
    ['data.aws_region.here.name', 'eu-west-1'],
    ['data.aws_partition.here.dns_suffix', 'amazonaws.com'],
    ['data.aws_service_principal.s3.name', 's3.amazonaws.com'],
  ])('%s', (expression, text) => {
    expect(arn(expression)).toBe(text);
  });
});

describe('modules', () => {
  const child =
    'variable "x" {}\noutput "y" { value = "<${var.x}>" }\nresource "aws_kms_key" "k" {}\n';
  const alias = (name: string): string =>
    `resource "aws_kms_alias" "a" {\n  name = "=\${${name}}"\n  target_key_id = "x"\n}\n`;

  it('that another one calls are no roots of their own, whatever is named', () => {
    const files = {
      'app/main.tf': `module "m" {\n  source = "../lib"\n  x = 1\n}\n${alias('module.m.y')}`,
      'lib/main.tf': child,
    };
    for (const paths of [['.'], ['app'], ['lib', 'app']]) {
      const loaded = loadOf(files, { paths });
      expect(keysOf(loaded)).toEqual(['module.m.aws_kms_key.k']);
      expect(loaded.inventory.aliases[0]?.name).toBe('=<1>');
    }
    expect(keysOf(loadOf(files, { paths: ['lib'] }))).toEqual(['aws_kms_key.k']);
  });

  it('that are fetched from elsewhere have outputs that are unknown', () => {
    const loaded = loadMain(
      `module "m" {\n  source = "terraform-aws-modules/kms/aws"\n}\n${alias('module.m.key_arn')}`,
    );
    expect(loaded.diagnostics).toEqual([]);
    expect(showText(loaded.inventory.aliases[0]?.name ?? '')).toBe('=${module.m.key_arn}');
  });

  it('that call each other come to an end', () => {
    const loaded = loadOf({
      'a/main.tf': 'module "b" {\n  source = "../b"\n}\nresource "aws_kms_key" "a" {}\n',
      'b/main.tf': 'module "a" {\n  source = "../a"\n}\nresource "aws_kms_key" "b" {}\n',
    });
    expect(keysOf(loaded)).toEqual(['aws_kms_key.a', 'module.b.aws_kms_key.b']);
  });
});

describe('what refers to itself, or would never end', () => {
  const aliasOf = (expression: string, at: number): string =>
    `resource "aws_kms_alias" "a${String(at)}" {
  name          = "=\${${expression}}"
  target_key_id = "x"
}`;
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index + 1)).join('\n');

  it('is unknown', () => {
    const loaded = loadMain(`
locals {
  a = local.b
  b = local.a
  l0 = ["x", "y"]
  ${many(40, (n) => `l${String(n)} = [local.l${String(n - 1)}, local.l${String(n - 1)}]`)}
  t0 = "0123456789"
  ${many(40, (n) => `t${String(n)} = "\${local.t${String(n - 1)}}\${local.t${String(n - 1)}}"`)}
  c0 = "end"
  ${many(2000, (n) => `c${String(n)} = local.c${String(n - 1)}`)}
  big = [for i in range(9999) : [for j in range(9999) : "\${i}-\${j}"]]
}
resource "aws_iam_role" "r" { name = "x\${aws_iam_role.s.name}" }
resource "aws_iam_role" "s" { name = "y\${aws_iam_role.r.name}" }
${['local.a', 'jsonencode(local.l40)', 'local.t40', 'local.c2000', 'length(local.big)'].map(aliasOf).join('\n')}
`);
    expect(messagesOf(loaded)).toEqual([
      expect.stringMatching(/^warning main\.tf:\d+:\d+ this configuration takes too long/),
    ]);
    const isOpen = loaded.inventory.aliases.map(
      ({ name }) => hasHole(name) && name.length < 1_000_000,
    );
    expect(isOpen).toEqual([true, true, true, true, true]);
    expect(loaded.inventory.principals).toHaveLength(2);
  });

  it('is an error where it is nested too deep, and the rest is read', () => {
    const deep = `locals {\n  a = ${'['.repeat(5000)}${']'.repeat(5000)}\n}\n`;
    const loaded = loadMain(`${deep}resource "aws_kms_key" "a" {}\n`);
    expect(messagesOf(loaded)[0]).toMatch(/^error main\.tf:2:\d+ this is nested more than 256/);
    expect(keysOf(loaded)).toEqual(['aws_kms_key.a']);
  });
});

describe('mistakes', () => {
  test.each([
    [
      'a quotation mark',
      'locals {\n  a = "x\n}\n',
      'main.tf:2:7 the quotation mark `"` here is never closed',
    ],
    ['a comma', 'locals {\n  a = [1,, 2]\n}\n', 'main.tf:2:9 `,` is not expected here'],
    ['a brace', 'resource "aws_kms_key" "b" {\n  description = "b"\n', '`}` is missing here'],
    [
      'a policy variable',
      'locals {\n  a = "x/${aws:username}"\n}\n',
      'main.tf:2:10 Terraform reads `${aws:username}` as an expression',
    ],
  ])('in %s are told with their place, and hide nothing else', (_, broken, message) => {
    const loaded = loadMain(`${broken}resource "aws_kms_key" "a" {}\n`);
    const [problem = '', ...others] = messagesOf(loaded);
    expect(problem).toContain(message);
    expect(others).toEqual([]);
    expect(keysOf(loaded)).toContain('aws_kms_key.a');
  });

  it('in the JSON of a heredoc are told where they stand', () => {
    const loaded = loadMain(
      `resource "aws_kms_key" "a" {\n  policy = <<EOT\n{"Version": "2012-10-17", "Statement": [],}\nEOT\n}\n`,
    );
    expect(messagesOf(loaded)[1]).toMatch(/^error main\.tf:3:42 a comma stands/);
  });

  it('in names are warnings with the nearest name', () => {
    const loaded = loadMain(`
variable "region" {}
locals {
  root = var.regoin
}
resource "aws_kms_key" "orders" {}
resource "aws_kms_alias" "a" {
  name          = local.rot
  target_key_id = aws_kms_key.order.key_id
}
`);
    expect(messagesOf(loaded)).toEqual([
      'warning main.tf:4:10 this module declares no variable `var.regoin`, so what refers to it is unknown (did you mean `var.region`?)',
      'warning main.tf:8:19 this module declares no local value `local.rot`, so what refers to it is unknown (did you mean `local.root`?)',
      'warning main.tf:9:19 this module declares no resource `aws_kms_key.order`, so what refers to it is unknown (did you mean `aws_kms_key.orders`?)',
    ]);
  });

  it('are none where only some files of a module are read', () => {
    const files = { 'main.tf': 'locals {\n  a = var.x\n}\n', 'variables.tf': 'variable "x" {}\n' };
    expect(loadOf(files, { paths: ['main.tf'] }).diagnostics).toEqual([]);
  });

  it('in declaring a thing twice are warnings, and both stay', () => {
    const loaded = loadMain(
      'resource "aws_kms_key" "a" {}\nresource "aws_kms_key" "a" { is_enabled = false }\n',
    );
    expect(messagesOf(loaded)[0]).toMatch(
      /^warning main\.tf:2:1 the resource `aws_kms_key\.a` is declared twice/,
    );
    expect(keysOf(loaded)).toHaveLength(2);
  });
});

describe('files beside', () => {
  it('override what a module declares', () => {
    const loaded = loadOf({
      'main.tf':
        'resource "aws_kms_key" "a" {\n  enable_key_rotation = false\n  multi_region = true\n}\n',
      'override.tf': 'resource "aws_kms_key" "a" {\n  enable_key_rotation = true\n}\n',
    });
    expect(loaded.inventory.keys).toMatchObject([{ rotation: true, multiRegion: 'primary' }]);
  });

  it('in JSON mean the same', () => {
    const loaded = loadOf({
      'main.tf.json': JSON.stringify({
        locals: { names: ['a', 'b'] },
        provider: { aws: [{ region: 'eu-west-1' }, { alias: 'west', region: 'us-west-2' }] },
        data: {
          aws_iam_policy_document: {
            d: {
              dynamic: {
                statement: {
                  for_each: '${local.names}',
                  content: {
                    sid: '${title(statement.value)}',
                    actions: ['kms:Decrypt'],
                    resources: ['*'],
                    principals: { type: 'AWS', identifiers: ['*'] },
                  },
                },
              },
            },
          },
        },
        resource: {
          aws_kms_key: {
            a: { provider: 'aws.west', policy: '${data.aws_iam_policy_document.d.json}' },
          },
        },
      }),
    });
    expect(loaded.diagnostics).toEqual([]);
    expect(policyLines(loaded)).toEqual(['Allow * kms:Decrypt on *', 'Allow * kms:Decrypt on *']);
    expect(loaded.inventory.keys[0]?.region).toBe('us-west-2');
  });
});

describe('comments', () => {
  it('suppress what begins on their line or the next, and whole files', () => {
    const loaded = loadMain(`// keyproof-disable rule-a -- all of it
resource "aws_kms_key" "a" {
  policy = jsonencode({
    Statement = [
      # keyproof-disable-next-line rule-b -- this statement
      { Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "*" },
    ]
  })
  enable_key_rotation = false /* keyproof-disable-line rule-c -- this argument */
}
`);
    const shown = loaded.inventory.directives.map(({ rules, scope, covers, malformed }) => [
      rules.join(),
      scope,
      covers && `${placeOf(covers)}-${String(endOf(covers).line)}`,
      malformed,
    ]);
    expect(shown).toEqual([
      ['rule-a', 'file', undefined, undefined],
      ['rule-b', 'next-line', 'main.tf:6:7-6', undefined],
      ['rule-c', 'line', 'main.tf:9:3-9', undefined],
    ]);
  });
});

describe('a provider', () => {
  it('whose Region is that of another one that refers to it comes to an end', () => {
    const loaded = loadMain(`
provider "aws" { region = data.aws_region.here.name }
data "aws_region" "here" {}
resource "aws_kms_key" "a" {}
resource "aws_kms_ciphertext" "a" {
  key_id    = aws_kms_key.a.key_id
  plaintext = "secret"
}
`);
    expect(loaded.diagnostics).toEqual([]);
    expect(showText(loaded.inventory.keys[0]?.region ?? '')).toBe('${data.aws_region.here.name}');
    expect(loaded.inventory.dependants.map(({ type, key }) => [type, showText(key ?? '')])).toEqual(
      [['ciphertext', '${aws_kms_key.a.key_id}']],
    );
  });
});
