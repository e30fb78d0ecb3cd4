import { defaultKeyPolicyJson } from '../policy/index.js';
import type { Node, Span, Text } from '../source/index.js';
import { listNode, mappingNode, textNode } from './make-node.js';

/** The policy that KMS gives a key which is created without one, at the place that leaves it out. */
export function defaultKeyPolicy(partition: Text, account: Text, span: Span): Node {
  return nodeOf(defaultKeyPolicyJson(partition, account), span);
}

type PlainJson = Text | readonly PlainJson[] | { readonly [key: string]: PlainJson };

function nodeOf(value: PlainJson, span: Span): Node {
  if (typeof value === 'string') return textNode(value, span);
  if (isList(value)) {
    const items = value.map((item) => nodeOf(item, span));
    return listNode(items, span);
  }
  const entries = Object.entries(value).map(([key, item]) => [key, nodeOf(item, span)] as const);
  return mappingNode(Object.fromEntries(entries), span);
}

function isList(value: PlainJson): value is readonly PlainJson[] {
  return Array.isArray(value);
}
