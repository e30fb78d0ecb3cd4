import type { GraphNode } from '../../graph/index.js';
import type { GraphReport } from '../graph-reports.js';
import { titleOf } from './dot.js';
import { byAccount, fills, linesOf, looks, nodeLines } from './labels.js';

const dashes = {
  solid: '',
  dashed: ',stroke-dasharray:6 4',
  dotted: ',stroke-dasharray:2 3',
} as const;

/** For pages that draw Mermaid, such as those of GitHub and GitLab. */
export function mermaid({ graph, question }: GraphReport): string {
  const clusters = [...byAccount(graph)].flatMap(([account, nodes], index) =>
    account === undefined
      ? nodes.map((node) => `  ${nodeText(node)}`)
      : [
          `  subgraph a${index}[${quoted([`account ${account}`])}]`,
          ...nodes.map((node) => `    ${nodeText(node)}`),
          '  end',
        ],
  );
  const lines = linesOf(graph);
  const edges = lines.map(({ from, to, labels }) => `  ${from} -->|${quoted(labels)}| ${to}`);
  const styles = lines.map(({ answer }, index) => {
    const { color, style } = looks[answer];
    return `  linkStyle ${index} stroke:${color},color:${color}${dashes[style]}`;
  });
  return [
    'flowchart LR',
    `  %% ${plain(titleOf(question))}`,
    ...clusters,
    ...edges,
    ...styles,
    ...Object.entries(fills).map(
      ([kind, fill]) => `  classDef ${kind} fill:${fill},stroke:#98a2b3,color:#101828`,
    ),
    ...legend(),
    '',
  ].join('\n');
}

function nodeText(node: GraphNode): string {
  const label = quoted(nodeLines(node));
  return `${node.id}${node.kind === 'key' ? `[(${label})]` : `[${label}]`}:::${node.kind}`;
}

function legend(): readonly string[] {
  return [
    '  subgraph legend',
    ...Object.entries(looks).map(
      ([answer, { color, style, meaning }]) =>
        `    l_${answer}[${quoted([meaning])}]\n    style l_${answer} fill:#ffffff,stroke:${color}${dashes[style]}`,
    ),
    '  end',
  ];
}

// A comment ends with its line, and `%%{` would begin a directive.
function plain(text: string): string {
  return text.replace(/[^\w :/.,*@-]/g, '?');
}

// SOURCE: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    [...line]
      .map((character) =>
        /[A-Za-z0-9 _.,:/()@=+-]/.test(character)
          ? character
          : `#${character.codePointAt(0) ?? 0};`,
      )
      .join(''),
  );
  return `"${escaped.join('<br/>')}"`;
}
