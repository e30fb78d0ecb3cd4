import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccessGraph, GraphNode } from '../../src/graph/index.js';
import { reporters, type GraphReport } from '../../src/report/index.js';

const style = { width: 80, color: false };
const [dot, mermaid, svg] = await Promise.all([
  reporters.dot(),
  reporters.mermaid(),
  reporters.svg(),
]);

const example = {
  caller: { kind: 'anonymous' },
  action: 'kms:Decrypt',
  resource: '*',
  context: new Map(),
} as const;

/** Names that a policy may hold, biased to what formats act on. */
const name = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...['"', '\\', '<', '>', '&', ';', '#', '|', '`', '\n', '\r', '{', '}', '%', '[', ']', "'"],
    ),
    fc.constantFrom('\u202e', '\u2066', '\u200b', '\u001b', '\u0000', '\u2028', '&quot;', '\\N'),
    fc.constantFrom('end', '-->', '%%{', ']]>', '<script>', 'n1', ' '),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  ),
  minLength: 1,
  maxLength: 12,
});

function node(id: string, kind: GraphNode['kind']): fc.Arbitrary<GraphNode> {
  return fc
    .record({ members: fc.array(name, { minLength: 1, maxLength: 3 }), account: name })
    .map((rest) => ({ id, kind, ...rest }));
}

const report: fc.Arbitrary<GraphReport> = fc
  .record({ from: node('n1', 'role'), to: node('n2', 'key'), action: name, key: name })
  .map(({ from, to, action, key }) => {
    const answer = { kind: 'always', example, layers: [], assumed: [] } as const;
    const graph: AccessGraph = {
      nodes: [from, to],
      edges: [{ from: 'n1', to: 'n2', action, answer, via: [{ kind: 'grant', ref: key }] }],
      missing: [],
      assumed: [],
    };
    return { kind: 'graph', question: { actions: [action], key }, graph, diagnostics: [] };
  });

const settings = { numRuns: 200, seed: 20_261_125 };
const unprintable = /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('no name in a graph', () => {
  test('adds a node, an edge or an attribute to DOT, and Graphviz draws the two that there are', () => {
    fc.assert(
      fc.property(report, (one) => {
        const text = dot(one, style);
        expect(text).not.toMatch(unprintable);
        const withoutTexts = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
        expect(withoutTexts.match(/->/g)).toHaveLength(1);
        expect(withoutTexts.match(/^ *n\d+ \[/gm)).toHaveLength(2);
        const picture = svg(one, style);
        expect(picture.match(/<g id="node\d+"/g)).toHaveLength(3);
        expect(picture.match(/<g id="edge\d+"/g)).toHaveLength(1);
      }),
      settings,
    );
  });

  test('leaves its quotes in Mermaid', () => {
    fc.assert(
      fc.property(report, (one) => {
        const text = mermaid(one, style);
        expect(text).not.toMatch(unprintable);
        const quoted = [...text.matchAll(/"([^"]*)"/g)].map(([, inner = '']) => inner);
        for (const inner of quoted)
          expect(inner.replaceAll('<br/>', '')).toMatch(/^(?:[\w .,:/()@=+-]|#\d+;)*$/);
        const lines = text.replace(/"[^"]*"/g, '""').split('\n');
        expect(lines.filter((line) => line.includes('-->'))).toEqual(['  n1 -->|""| n2']);
      }),
      settings,
    );
  });

  test('becomes markup in an SVG', () => {
    fc.assert(
      fc.property(report, (one) => {
        const picture = svg(one, style);
        expect(picture).not.toMatch(unprintable);
        const tags = new Set([...picture.matchAll(/<\/?([a-zA-Z]+)/g)].map(([, tag]) => tag));
        const known = ['svg', 'g', 'title', 'polygon', 'path', 'text', 'DOCTYPE', 'ellipse'];
        const others = [...tags].filter((tag) => tag !== undefined && !known.includes(tag));
        expect(others.filter((tag) => tag !== 'xml' && tag !== 'polyline')).toEqual([]);
      }),
      settings,
    );
  });
});
