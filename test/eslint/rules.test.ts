import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import json from '@eslint/json';
import { RuleTester as CodeTester } from '@typescript-eslint/rule-tester';
import type { RuleModule } from '@typescript-eslint/utils/ts-eslint';
import { RuleTester, type Linter } from 'eslint';
import yml from 'eslint-plugin-yml';
import { afterAll, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { plugin } from '../../src/eslint/plugin.js';

// What each rule finds in its own fixtures, ESLint finds as well, at the same places. Cases that are
// folders say something only together, and ESLint shows a rule one file at a time.

Object.assign(RuleTester, { describe, it: test });
Object.assign(CodeTester, { afterAll, describe, it: test, itOnly: test.only, itSkip: test.skip });

interface Language {
  readonly files: RegExp;
  run(id: string, cases: Cases): void;
}

/** What is right, and what is wrong, each with the places where it is. */
interface Cases {
  readonly valid: readonly Case[];
  readonly invalid: readonly (Case & { readonly errors: readonly Place[] })[];
}

interface Case {
  readonly name: string;
  readonly filename: string;
  readonly code: string;
}

interface Place {
  readonly messageId: string;
  readonly line: number;
  readonly column: number;
}

/** Some rules are about principals that only a configuration names. */
const settings = { keyproof: { deployers: ['arn:aws:iam::111122223333:role/deployer'] } };

const languages: Readonly<Record<string, Language>> = {
  JSON: { files: /\.json$/, run: tester({ plugins: { json }, language: 'json/json' }) },
  YAML: { files: /\.ya?ml$/, run: tester({ plugins: { yml }, language: 'yml/yaml' }) },
  TypeScript: {
    files: /\.[mc]?[jt]sx?$/,
    run: (id, { valid, invalid }) => {
      // The same rule, in the types of the other tester.
      const rule = plugin.rules[id] as unknown as RuleModule<string>;
      new CodeTester({ settings }).run(id, rule, { valid: [...valid], invalid: [...invalid] });
    },
  },
};

function tester(config: Linter.Config): Language['run'] {
  return (id, { valid, invalid }) => {
    const rule = plugin.rules[id];
    if (rule === undefined) throw new Error(`the plugin has no rule ${id}`);
    const cases = {
      valid: [...valid],
      invalid: invalid.map((one) => ({ ...one, errors: [...one.errors] })),
    };
    new RuleTester({ ...config, settings }).run(id, rule, cases);
  };
}

for (const [language, { files, run }] of Object.entries(languages)) {
  for (const { meta } of rules) {
    const valid = casesIn(`fixtures/rules/${meta.id}/good`, files);
    const invalid = casesIn(`fixtures/rules/${meta.id}/bad`, files)
      .map((one) => ({ ...one, expected: `${one.filename}.expected` }))
      .filter(({ expected }) => existsSync(expected))
      .map(({ expected, ...one }) => ({
        ...one,
        errors: placesIn(readFileSync(expected, 'utf8')),
      }));
    if (invalid.length > 0) {
      describe(language, () => {
        run(meta.id, { valid, invalid });
      });
    }
  }
}

test('every rule of the registry is a rule of the plugin, with its words, its options and its page', () => {
  for (const { meta } of rules) {
    const { [meta.id]: rule } = plugin.rules;
    expect(rule?.meta?.docs?.description).toBe(meta.title);
    expect(rule?.meta?.docs?.url).toMatch(new RegExp(`/rules/${meta.id}/README\\.md$`));
    expect(rule?.meta?.schema).toEqual(meta.options === undefined ? [] : [meta.options.schema]);
    expect(rule?.meta?.defaultOptions).toEqual(meta.options && [meta.options.defaults]);
    // Whoever may do what is never changed without being asked.
    expect(rule?.meta?.fixable).toBeUndefined();
  }
});

test('a preset applies the rules that name it, none above its own severity', () => {
  for (const preset of ['recommended', 'strict'] as const) {
    const applied = plugin.configs[preset].rules ?? {};
    for (const { meta } of rules) {
      const level = meta.severity === 'error' ? 'error' : 'warn';
      const expected = meta.presets.includes(preset) ? level : undefined;
      expect(applied[`keyproof/${meta.id}`]).toBe(expected);
    }
  }
});

function casesIn(folder: string, files: RegExp): readonly Case[] {
  return readdirSync(folder)
    .filter((name) => files.test(name))
    .map((name) => `${folder}/${name}`)
    .filter((filename) => statSync(filename).isFile())
    .map((filename) => ({ name: filename, filename, code: readFileSync(filename, 'utf8') }));
}

/** The heads of findings as people see them: `16:21  error  …`. */
function placesIn(printed: string): readonly Place[] {
  return [...printed.matchAll(/^(\d+):(\d+) {2}(error|warning|info) /gm)].map(
    ([, line, column, messageId = '']) => ({
      messageId,
      line: Number(line),
      column: Number(column),
    }),
  );
}
