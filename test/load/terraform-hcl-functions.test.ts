import { beforeAll, describe, expect, test } from 'vitest';
import { prepare } from '../../src/load/index.js';
import { showText } from '../../src/source/index.js';
import { loadOf, memory, messagesOf } from './memory.js';

beforeAll(async () => {
  await prepare({ paths: ['main.tf'], files: memory({ 'main.tf': '' }) });
});

/** The JSON of the value of an expression; `…` of a variable without a value is unknown. */
function valueOf(expression: string, files: Readonly<Record<string, string>> = {}): string {
  const main = `
variable "open" {}
variable "list" { type = list(string) }
variable "is_on" { type = bool }
locals {
  some = { b = 2, a = 1 }
}
resource "aws_kms_alias" "a" {
  name          = "=\${jsonencode(${expression})}"
  target_key_id = "x"
}
`;
  const loaded = loadOf({ ...files, 'main.tf': main });
  expect(messagesOf(loaded)).toEqual([]);
  return showText(loaded.inventory.aliases[0]?.name ?? '').slice(1);
}

describe('what Terraform computes', () => {
  // SOURCE: the examples of https://developer.hashicorp.com/terraform/language/functions
  test.each([
    ['1 + 2 * 3 - -4 % 3', '8'],
    ['!false && (1 > 2 || "a" == "a")', 'true'],
    ['1 == "1"', 'false'],
    ['null == null', 'true'],
    ['true ? "yes" : "no"', '"yes"'],
    ['"a${1 + 1}b${true}"', '"a2btrue"'],
    ['"%{ if 1 > 2 }a%{ else }b%{ endif }c"', '"bc"'],
    ['"%{ for k, v in local.some ~} ${k}=${v} %{~ endfor }"', '"a=1b=2"'],
    ['"$${kept} %%{kept}"', '"${kept} %{kept}"'],
    ['[for k, v in local.some : "${k}${v}" if v > 1]', '["b2"]'],
    ['{ for k, v in local.some : v => k }', '{"1":"a","2":"b"}'],
    ['{ for w in ["ab", "ac", "b"] : substr(w, 0, 1) => w... }', '{"a":["ab","ac"],"b":["b"]}'],
    ['[{ n = 1 }, { n = 2 }][*].n', '[1,2]'],
    ['[{ n = [1] }, { n = [2] }].*.n[0]', '[1]'],
    ['null[*]', '[]'],
    ['"x"[*]', '["x"]'],
    ['local.some["a"] + local.some.b', '3'],
    ['concat(["a"], [], ["b", "c"])', '["a","b","c"]'],
    ['flatten([["a", ["b"]], [], "c"])', '["a","b","c"]'],
    ['distinct(["a", "b", "a"])', '["a","b"]'],
    ['compact(["a", "", null, "b"])', '["a","b"]'],
    ['toset(["b", "a", "b"])', '["a","b"]'],
    ['setunion(["a"], ["c", "b"])', '["a","b","c"]'],
    ['setintersection(["a", "b"], ["b"])', '["b"]'],
    ['setsubtract(["a", "b"], ["b"])', '["a"]'],
    ['setproduct(["a", "b"], [1])', '[["a",1],["b",1]]'],
    ['merge({ a = 1, b = 1 }, null, { b = 2 })', '{"a":1,"b":2}'],
    ['keys(local.some)', '["a","b"]'],
    ['values(local.some)', '[1,2]'],
    ['zipmap(["a"], [1])', '{"a":1}'],
    ['lookup(local.some, "c", 3)', '3'],
    ['element(["a", "b", "c"], 4)', '"b"'],
    ['length("añb") + length(["a"]) + length(local.some)', '6'],
    ['slice(["a", "b", "c"], 1, 3)', '["b","c"]'],
    ['sort(["b", "a"])', '["a","b"]'],
    ['reverse([1, 2])', '[2,1]'],
    ['range(3)', '[0,1,2]'],
    ['range(4, 1, -2)', '[4,2]'],
    ['contains(["a"], "b")', 'false'],
    ['index(["a", "b"], "b")', '1'],
    ['one(["a"])', '"a"'],
    ['one([])', 'null'],
    ['alltrue([true, false])', 'false'],
    ['anytrue([false, true])', 'true'],
    ['coalesce(null, "", "b")', '"b"'],
    ['coalescelist([], ["b"])', '["b"]'],
    ['try(local.some.none, local.some["none"], "fallback")', '"fallback"'],
    ['try({ a = 1 }.b, [1][3], 4)', '4'],
    ['can(local.some.none)', 'false'],
    ['can(local.some.a)', 'true'],
    ['join(", ", ["a", "b"])', '"a, b"'],
    ['split(",", "a,b")', '["a","b"]'],
    [
      'format("%s has %d of %5.1f%% %v %q", "x", 3, 2.25, [1], "y")',
      '"x has 3 of   2.3% [1] \\"y\\""',
    ],
    ['formatlist("%s-%s", ["a", "b"], "c")', '["a-c","b-c"]'],
    ['replace("a.b.c", ".", "-")', '"a-b-c"'],
    ['replace("a1b2", "/[0-9]/", "<$0>")', '"a<1>b<2>"'],
    ['regex("^([a-z]+)/(.*)$", "key/abc")', '["key","abc"]'],
    ['regexall("[0-9]", "a1b2")', '["1","2"]'],
    ['regex("(?P<id>[0-9]+)", "a12").id', '"12"'],
    ['substr("hello", 1, 3)', '"ell"'],
    ['substr("hello", -3, -1)', '"llo"'],
    ['trim("?!x!?", "!?")', '"x"'],
    ['trimprefix("alias/x", "alias/")', '"x"'],
    ['trimsuffix("x/", "/")', '"x"'],
    ['trimspace("  x\\n")', '"x"'],
    ['upper("x") == "X" && lower("X") == "x"', 'true'],
    ['title("hello world")', '"Hello World"'],
    ['startswith("kms:Decrypt", "kms:")', 'true'],
    ['endswith("a", "b")', 'false'],
    ['jsondecode("{\\"a\\":[1,null]}").a[0]', '1'],
    ['jsondecode(jsonencode({ a = "x" })).a', '"x"'],
    ['yamldecode("a: [1]").a', '[1]'],
    ['base64decode(base64encode("ä"))', '"ä"'],
    ['tostring(1)', '"1"'],
    ['tonumber("12")', '12'],
    ['tobool("true")', 'true'],
    ['max(1, 3, 2) - min(4, 2)', '1'],
    ['sum([1, 2])', '3'],
    ['abs(-1) + ceil(0.1) + floor(1.9)', '3'],
    ['chunklist(["a", "b", "c"], 2)', '[["a","b"],["c"]]'],
    ['max([1, 5]...)', '5'],
    ['fileexists("none.txt")', 'false'],
  ])('%s is %s', (expression, value) => {
    expect(valueOf(expression)).toBe(value);
  });

  test('a template in a file', () => {
    const files = { 'x.tftpl': '%{ for k in keys ~}\n${upper(k)};\n%{ endfor ~}\n$${x}' };
    expect(valueOf('templatefile("x.tftpl", { keys = ["a", "b"] })', files)).toBe(
      '"A;\\nB;\\n${x}"',
    );
    expect(valueOf('file("${path.module}/x.txt")', { 'x.txt': 'as it is ${x}' })).toBe(
      '"as it is ${x}"',
    );
  });
});

describe('what is known only at deployment', () => {
  test.each([
    ['var.open', '${var.open}'],
    ['"a-${var.open}"', '"a-${var.open}"'],
    ['var.open.x[0]', '${var.open.x[0]}'],
    ['upper(var.open)', '${upper(var.open)}'],
    ['length(var.list)', '${length(var.list)}'],
    ['timestamp()', '${timestamp()}'],
    ['provider::aws::arn_parse("x")', '${provider::aws::arn_parse(x)}'],
    ['cidrsubnet("10.0.0.0/8", 8, 1)', '${cidrsubnet(10.0.0.0/8, 8, 1)}'],
    ['sha256("x")', '${sha256(x)}'],
    ['file("none.txt")', '${file(none.txt)}'],
    ['var.is_on && false', 'false'],
    ['var.is_on || true', 'true'],
    ['var.open == "x"', '${var.open == x}'],
    ['aws_kms_alias.a.target_key_id == null', 'false'],
    ['[var.open, "x"]', '[${var.open},"x"]'],
    ['length([var.open, "x"])', '2'],
    ['startswith("kms:${var.open}", "s3:")', 'false'],
    ['startswith("kms:${var.open}", "kms:D")', '${startswith(kms:${var.open}, kms:D)}'],
    ['split("/", "a/${var.open}")', '${split(/, a/${var.open})}'],
    ['try(var.open.x, "y")', '${jsonencode(try(var.open.x, y))}'],
    ['coalesce(var.open, "y")', '${jsonencode(coalesce(var.open, y))}'],
    ['var.is_on ? "a" : "a"', '"a"'],
    ['var.is_on ? "a" : "b"', '${jsonencode(var.is_on ? a : b)}'],
    ['upper(var.is_on ? "a" : "b")', '${jsonencode(upper(var.is_on ? a : b))}'],
    [
      'length(concat(["a"], var.is_on ? ["b"] : []))',
      '${jsonencode(length([a, var.is_on ? [b] : []]))}',
    ],
    ['length(concat(["a"], var.is_on ? ["b"] : [])) > 0', 'true'],
    ['"%{ if var.is_on }a%{ endif }"', /^"\$\{if\(var\.is_on\)/],
    ['[for x in var.list : upper(x)]', /^\$\{for\(var\.list/],
  ])('%s', (expression, value) => {
    if (typeof value === 'string') expect(valueOf(expression)).toBe(value);
    else expect(valueOf(expression)).toMatch(value);
  });
});
