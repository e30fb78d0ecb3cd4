import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../../policy/index.js';
import type { Node, Text } from '../../../source/index.js';
import type { Report } from '../resource.js';

/** Reads a policy, which an argument gives as JSON, and names it as it is attached. */
export function readPolicy(
  node: Node,
  kind: PolicyKind,
  report: Report,
  name?: Text,
): PolicyDocument {
  const { value, diagnostics } = parsePolicy(node, kind);
  diagnostics.forEach(report);
  return name === undefined ? value : { ...value, name };
}
