import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../../policy/index.js';
import { find, type Node, type Text } from '../../../source/index.js';
import type { Report } from '../report.js';

/** Reads a policy, and names it as it is attached. */
export function readPolicy(
  node: Node,
  kind: PolicyKind,
  report: Report,
  name?: Text,
): PolicyDocument {
  const { value, diagnostics } = parsePolicy(withChoicesInside(node), kind);
  diagnostics.forEach(report);
  return name === undefined ? value : { ...value, name };
}

/**
 * A choice between documents is one document with a choice between lists of statements: so much of
 * it stays known.
 */
function withChoicesInside(node: Node): Node {
  if (node.kind !== 'unresolved' || !node.alternatives) return node;
  const branches = node.alternatives;
  const known = branches.filter((branch) => branch !== undefined);
  const versions = new Set(known.map((branch) => versionOf(branch)));
  if (!known.every((branch) => branch.kind === 'mapping') || versions.size !== 1) return node;
  const version = known[0] && find(known[0], 'Version');
  const { span, text } = node;
  const alternatives = branches.map((branch) => find(branch, 'Statement'));
  const statement: Node = { kind: 'unresolved', text, alternatives, span };
  return {
    kind: 'mapping',
    span,
    entries: [
      ...(version ? [{ key: 'Version', keySpan: version.span, value: version }] : []),
      { key: 'Statement', keySpan: span, value: statement },
    ],
  };
}

function versionOf(document: Node): unknown {
  const version = find(document, 'Version');
  return version?.kind === 'scalar' ? version.value : version;
}
