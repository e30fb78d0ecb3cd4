import type { GraphNode } from '../../graph/index.js';
import { escapeText } from '../escape.js';
import type { GraphReport } from '../graph-reports.js';
import { byAccount, fills, linesOf, looks, nodeLines } from './labels.js';

/** For Graphviz: accounts as clusters, answers as colours, with a legend. */
export function dot({ graph, question }: GraphReport): string {
  const clusters = [...byAccount(graph)].flatMap(([account, nodes], index) =>
    account === undefined
      ? nodes.map((node) => `  ${nodeText(node)}`)
      : [
          `  subgraph cluster_${index} {`,
          `    label=${quoted([`account ${account}`])}; color="#d0d5dd"; style=rounded; fontcolor="#475467"; fontsize=12; margin=16;`,
          ...nodes.map((node) => `    ${nodeText(node)}`),
          '  }',
        ],
  );
  const edges = linesOf(graph).map(({ from, to, answer, labels }) => {
    const { color, style } = looks[answer];
    return `  ${from} -> ${to} [label=${quoted(labels)}, color="${color}", fontcolor="${color}", style=${style}];`;
  });
  return [
    'digraph access {',
    '  rankdir=LR; nodesep=0.25; ranksep=1.2; bgcolor=white; labelloc=t;',
    `  label=${quoted([titleOf(question)])}; fontname="Helvetica,Arial,sans-serif"; fontsize=14;`,
    '  node [shape=box, style="rounded,filled", fontname="Helvetica,Arial,sans-serif", fontsize=11, color="#98a2b3", margin="0.3,0.08"];',
    '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, penwidth=1.4, arrowsize=0.7];',
    ...clusters,
    ...edges,
    ...legend(),
    '}',
    '',
  ].join('\n');
}

/** What the picture shows, on one line. */
export function titleOf({ actions, key, principal }: GraphReport['question']): string {
  const whose = principal === undefined ? '' : ` of ${principal}`;
  return escapeText(`${actions.join(', ')}${whose} on ${key === 'all' ? 'all keys' : key}`);
}

function nodeText(node: GraphNode): string {
  const shape = node.kind === 'key' ? ', shape=cylinder, style=filled' : '';
  const dashed = node.kind === 'class' ? ', style="rounded,filled,dashed"' : '';
  return `${node.id} [label=${quoted(nodeLines(node))}, fillcolor="${fills[node.kind]}"${shape}${dashed}];`;
}

function legend(): readonly string[] {
  const rows = Object.values(looks)
    .map(
      ({ color, style, meaning }) =>
        `<tr><td align="left"><font color="${color}">${samples[style]}</font></td><td align="left">${meaning}</td></tr>`,
    )
    .join('');
  return [
    `  legend [shape=plain, style="", margin=0, label=<<table border="0" cellborder="0" cellspacing="2">${rows}</table>>];`,
  ];
}

const samples = {
  solid: '&#8212;&#8212;',
  dashed: '- - -',
  dotted: '&#183;&#183;&#183;&#183;',
} as const;

// SOURCE: https://graphviz.org/doc/info/attrs.html#k:escString: a backslash begins an escape, and
// https://graphviz.org/doc/info/lang.html: an ampersand may begin an entity of HTML
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/&/g, '&amp;'),
  );
  return `"${escaped.join('\\n')}"`;
}
