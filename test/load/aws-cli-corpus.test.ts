import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/load/index.js';
import { startOf } from '../../src/source/index.js';
import { filesUnder } from './disk.js';

const corpus = '../shared/corpus';

interface Listed {
  readonly file: string;
  readonly format: string;
  readonly kind?: string;
}

const isPresent = existsSync(`${corpus}/manifest.json`);
const manifest = isPresent
  ? (JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8')) as readonly Listed[])
  : [];
const filesOf = (...names: readonly string[]): readonly string[] =>
  manifest
    .filter(({ format, kind }) => names.includes(format) || (kind && names.includes(kind)))
    .map(({ file }) => file);

function errorsOf(path: string): readonly string[] {
  const settings = { parameters: {}, kinds: {} };
  const input = { paths: [path], files: filesUnder(corpus), settingsOf: () => settings };
  return load(input)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, message, span, hint }) => {
      const { line, column } = startOf(span);
      return `${code} ${line}:${column} ${message} | ${hint ?? ''}`;
    });
}

describe.skipIf(!isPresent)('every output in the corpus', () => {
  const outputs = ['aws-cli-output', 'iam-authz-dump'];
  const blocks = ['grant-output', 'iam-cli-output', 'kms-cli-output'];

  test.each(filesOf(...outputs, ...blocks))('%s loads', (path) => {
    expect(errorsOf(path)).toEqual([]);
  });

  test.each(filesOf('aws-cli-output-malformed'))('%s is said to be broken, and where', (path) => {
    const errors = errorsOf(path);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^json-syntax \d+:\d+ expected .*, but found .* \| save the output/);
  });
});
