import type { GraphEdge, GraphNode } from '../../graph/index.js';
import { escapeText } from '../escape.js';
import type { GraphReport } from '../graph-reports.js';
import { count, viaText } from '../names.js';
import { conditionLines } from './conditions.js';
import { renderMissing } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import type { Paint } from './paint.js';

/** The graph as text: each key, then what leads to it. */
export function renderGraph({ graph, diagnostics }: GraphReport, paint: Paint): string {
  const { nodes, edges, missing, assumed } = graph;
  const named = new Map(nodes.map((node) => [node.id, node]));
  const reached = nodes.filter(
    ({ id, kind }) => kind === 'key' || edges.some(({ to }) => to === id),
  );
  const lines = reached.flatMap((node) => [
    paint.strong(nodeName(node)),
    ...edges.filter(({ to }) => to === node.id).flatMap((edge) => renderEdge(edge, named, paint)),
    '',
  ]);
  return `${[
    ...lines,
    `${count(nodes.length, 'node')}, ${count(edges.length, 'edge')}`,
    ...renderMissing('missing: with these more could be said', missing),
    ...renderMissing('assumed: not supplied, and taken as absent', assumed),
    '',
    ...renderDiagnostics(diagnostics, paint),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function nodeName({ members }: GraphNode): string {
  return members.map((name) => escapeText(name)).join('\n');
}

function renderEdge(
  { from, action, answer, via }: GraphEdge,
  named: ReadonlyMap<string, GraphNode>,
  paint: Paint,
): readonly string[] {
  const ways = viaText(via);
  const [first = '', ...others] = named.get(from)?.members ?? [];
  const row = `  ${answer.kind.padEnd(7)}  ${escapeText(action)}  ${escapeText(first)}${ways === '' ? '' : `  ${escapeText(ways)}`}`;
  return [
    answer.kind === 'unknown' ? paint.doubtful(row) : row,
    ...others.map((name) => `           and ${escapeText(name)}`),
    ...conditionLines(answer, '           '),
  ];
}
