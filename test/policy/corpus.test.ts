import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/index.js';
import { find, itemsOf, parseJson, type Node } from '../../src/source/index.js';
import { showDiagnostic } from './policies.js';

const corpus = '../shared/corpus';

/** Every policy document in a JSON document, those with intrinsic functions left out. */
function policiesIn(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'mapping':
      return itemsOf(find(node, 'Statement')).some((item) => find(item, 'Effect') !== undefined)
        ? [node]
        : node.entries.flatMap(({ value }) => policiesIn(value));
    case 'sequence':
      return node.items.flatMap(policiesIn);
    case 'scalar':
    case 'unresolved':
      return [];
  }
}

function textOf({ span }: Node): string {
  return span.source.text.slice(span.start, span.end);
}

describe.skipIf(!existsSync(corpus))('real policies', () => {
  test('are read without an error', () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' });
    const policies = files
      .filter((file) => file.endsWith('.json') && file !== 'manifest.json')
      .flatMap((file) => {
        const source = { path: file, text: readFileSync(`${corpus}/${file}`, 'utf8') };
        if (!source.text.includes('"Statement"')) return [];
        const { value } = parseJson(source);
        return value === undefined ? [] : policiesIn(value);
      })
      .filter((node) => !/"(Fn::\w+|Ref)"\s*:/.test(textOf(node)));
    const problems = policies.flatMap((node) =>
      parsePolicy(node, 'unknown').diagnostics.map(
        (diagnostic) => `${diagnostic.span.source.path}:${showDiagnostic(diagnostic)}`,
      ),
    );
    expect(policies.length).toBeGreaterThan(1000);
    expect(problems).toEqual([]);
  });
});
