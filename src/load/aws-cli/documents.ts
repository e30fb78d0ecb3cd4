import { parsePolicy } from '../../policy/index.js';
import type { PolicyDocument, PolicyKind } from '../../policy/index.js';
import { hole, textOf } from '../../source/index.js';
import type { Node, Parsed, Span, Text } from '../../source/index.js';

/**
 * A policy of an output: an object, a string of JSON or, as IAM's API returns it, a string of JSON
 * that is percent-encoded.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 */
export function parseDocument(node: Node, kind: PolicyKind, name?: Text): Parsed<PolicyDocument> {
  const { value, diagnostics } = parsePolicy(decoded(node), kind);
  return { value: name === undefined || name === '' ? value : { ...value, name }, diagnostics };
}

function decoded(node: Node): Node {
  const text = textOf(node);
  if (text === undefined || !/^\s*%7b/i.test(text)) return node;
  try {
    return { kind: 'scalar', value: decodeURIComponent(text), span: node.span };
  } catch {
    return node;
  }
}

/** A policy that is known to be there while its content is not. `expression` names it. */
export function unknownDocument(
  kind: PolicyKind,
  unit: string,
  expression: string,
  span: Span,
  name?: Text,
): PolicyDocument {
  return {
    kind,
    ...(name === undefined ? {} : { name }),
    version: '2012-10-17',
    statements: [],
    unresolved: hole(unit, expression),
    span,
  };
}
