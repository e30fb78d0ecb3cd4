import type { AccessGraph, GraphEdge, GraphNode, NodeKind } from '../../graph/index.js';
import { parseArn } from '../../policy/index.js';
import { showText, type Text } from '../../source/index.js';
import { escapeText } from '../escape.js';

/** How an answer looks in a picture. */
export const looks = {
  always: { color: '#b42318', style: 'solid', meaning: 'always allowed' },
  when: { color: '#175cd3', style: 'dashed', meaning: 'allowed under conditions' },
  unknown: { color: '#667085', style: 'dotted', meaning: 'unknown: facts are missing' },
} as const satisfies Readonly<Record<GraphEdge['answer']['kind'], object>>;

/** How a kind of node looks in a picture. */
export const fills: Readonly<Record<NodeKind, string>> = {
  user: '#eff8ff',
  role: '#f4f3ff',
  root: '#fef3f2',
  service: '#f0fdf9',
  other: '#f9fafb',
  class: '#f9fafb',
  grant: '#fffaeb',
  key: '#fefbe8',
};

const kindNames: Readonly<Record<NodeKind, readonly [one: string, many: string]>> = {
  user: ['user', 'users'],
  role: ['role', 'roles'],
  root: ['root user', 'root users'],
  service: ['service', 'services'],
  other: ['principal', 'principals'],
  class: ['', 'classes'],
  grant: ['', 'grants'],
  key: ['key', 'keys'],
};

const membersMax = 6;

/** A node in a few lines, free of anything that a terminal or a page would act on. */
export function nodeLines({ kind, members, aliases = [] }: GraphNode): readonly string[] {
  const [one, many] = kindNames[kind];
  const names = members.slice(0, membersMax).map((name) => escapeText(showText(shortName(name))));
  const rest = members.length - names.length;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  if (members.length > 1) return [`${members.length} ${many}`, ...names, ...more];
  const known = aliases.slice(0, membersMax).map((alias) => escapeText(showText(alias)));
  return one === '' ? names : [one, ...known, ...names];
}

// The account stands around a node, so that its name is what tells it from its neighbours.
function shortName(name: Text): Text {
  const arn = parseArn(name);
  if (arn === undefined) return name.replace(/ on arn:\S*$/, '');
  const { service, resource } = arn;
  if (service === 'kms') return `${arn.region} ${resource.replace(/^key\//, '')}`;
  return resource.replace(/^(user|role|assumed-role|federated-user)\//, '');
}

/** All edges between two nodes that have one answer, which a picture draws as one line. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly answer: GraphEdge['answer']['kind'];
  readonly labels: readonly string[];
}

export function linesOf({ edges }: AccessGraph): readonly Line[] {
  const lines = new Map<string, { readonly line: Line; readonly labels: Set<string> }>();
  for (const { from, to, action, answer, via } of edges) {
    const mark = `${from} ${to} ${answer.kind}`;
    const labels = lines.get(mark)?.labels ?? new Set<string>();
    const ways = new Set(via.map(({ kind }) => wayNames[kind]));
    const name = escapeText(showText(action.replace(/^kms:/, '')));
    labels.add(ways.size === 0 ? name : `${name} (${[...ways].join(', ')})`);
    lines.set(mark, {
      line: { from, to, answer: answer.kind, labels: [...labels] },
      labels,
    });
  }
  return [...lines.values()].map(({ line, labels }) => ({
    ...line,
    labels: shortened([...labels]),
  }));
}

const wayNames = {
  'key-policy': 'key policy',
  delegation: 'IAM',
  grant: 'grant',
  step: 'escalation',
} as const;

function shortened(labels: readonly string[]): readonly string[] {
  return labels.length <= membersMax
    ? labels
    : [...labels.slice(0, membersMax), `and ${labels.length - membersMax} more`];
}

/** The nodes of each account, in the order of the accounts; `undefined`: those of none. */
export function byAccount({
  nodes,
}: AccessGraph): ReadonlyMap<string | undefined, readonly GraphNode[]> {
  const groups = new Map<string | undefined, GraphNode[]>();
  for (const node of nodes) {
    const account = node.account === undefined ? undefined : escapeText(showText(node.account));
    const group = groups.get(account);
    if (group === undefined) groups.set(account, [node]);
    else group.push(node);
  }
  return groups;
}
