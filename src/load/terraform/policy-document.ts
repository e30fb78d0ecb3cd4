import {
  find,
  itemsOf,
  type Entry,
  type Mapping,
  type Node,
  type Span,
} from '../../source/index.js';
import { listNode, mappingNode, textNode } from '../make-node.js';
import { passedText } from '../passed.js';
import { valueAt, valuesAt } from './values.js';

/**
 * The document that `data.aws_iam_policy_document` makes of its arguments: statements of source
 * documents first, then its own, then those that override; a later one takes the place of an earlier one
 * with its Sid. `parse` reads a document that is given as JSON.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(
  body: Mapping,
  span: Span,
  parse: (json: Node) => Node | undefined,
): Node {
  const documents = (name: string): readonly Node[] =>
    itemsOf(valueAt(body, name)).map((item) => parse(item) ?? item);
  const sources = [...documents('source_policy_documents'), ...documents('source_json')];
  const overrides = [...documents('override_policy_documents'), ...documents('override_json')];
  const unknown = [...sources, ...overrides].find((node) => node.kind !== 'mapping');
  // A document of which nothing is known may hold anything, and so may the whole.
  if (unknown !== undefined) return unknown.kind === 'unresolved' ? unknown : asUnresolved(unknown);
  const own = valuesAt(body, 'statement[]').map(statementNode);
  const statements = [...sources.map(statementsOf), own, ...overrides.map(statementsOf)].reduce(
    withOverrides,
    [],
  );
  const id = passedText(valueAt(body, 'policy_id'));
  return mappingNode(
    {
      Version: textNode(passedText(valueAt(body, 'version')) ?? '2012-10-17', span),
      Id: id === undefined || id === '' ? undefined : textNode(id, span),
      Statement: listNode(statements, span),
    },
    span,
  );
}

function asUnresolved(node: Node): Node {
  return { kind: 'unresolved', text: passedText(node) ?? '', span: node.span };
}

function statementsOf(document: Node): readonly Node[] {
  return itemsOf(find(document, 'Statement'));
}

function withOverrides(before: readonly Node[], after: readonly Node[]): readonly Node[] {
  const sids = new Map(after.map((node) => [sidOf(node), node]));
  const kept = before.map((node) => {
    const sid = sidOf(node);
    return (sid === undefined ? undefined : sids.get(sid)) ?? node;
  });
  const present = new Set(before.map(sidOf));
  return [...kept, ...after.filter((node) => !isNamed(node) || !present.has(sidOf(node)))];
}

function sidOf(node: Node): string | undefined {
  const sid = passedText(find(node, 'Sid'));
  return sid === '' ? undefined : sid;
}

function isNamed(node: Node): boolean {
  return sidOf(node) !== undefined;
}

/** A `statement` block as a statement of a policy. */
function statementNode(block: Node): Node {
  if (block.kind === 'unresolved' && block.alternatives) {
    return {
      ...block,
      alternatives: block.alternatives.map((form) => form && statementNode(form)),
    };
  }
  if (block.kind !== 'mapping') return block;
  const { span } = block;
  const list = (name: string): Node | undefined => listAt(block, name);
  return mappingNode(
    {
      Sid: given(find(block, 'sid')),
      Effect: given(find(block, 'effect')) ?? textNode('Allow', span),
      Principal: principals(block, 'principals'),
      NotPrincipal: principals(block, 'not_principals'),
      Action: list('actions'),
      NotAction: list('not_actions'),
      Resource: list('resources'),
      NotResource: list('not_resources'),
      Condition: conditions(block),
    },
    span,
  );
}

function given(node: Node | undefined): Node | undefined {
  const text = passedText(node);
  return text === undefined || text === '' ? undefined : node;
}

function listAt(block: Mapping, name: string): Node | undefined {
  const node = valueAt(block, name);
  if (node === undefined || (node.kind === 'sequence' && node.items.length === 0)) return undefined;
  return withVariables(node);
}

/** Terraform has a meaning of its own for `${`, so policy variables are written `&{aws:username}` here. */
function withVariables(node: Node): Node {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' && node.value.includes('&{')
        ? { ...node, value: node.value.replaceAll('&{', '${') }
        : node;
    case 'sequence':
      return { ...node, items: node.items.map(withVariables) };
    case 'mapping':
    case 'unresolved':
      return node;
  }
}

/** `principals` blocks by their types; `type = "*"` with `identifiers = ["*"]` is the bare `*`. */
function principals(block: Mapping, name: string): Node | undefined {
  const blocks = valuesAt(block, `${name}[]`);
  const [first] = blocks;
  if (first === undefined) return undefined;
  const unknown = blocks.find(({ kind }) => kind === 'unresolved');
  if (unknown) return unknown;
  const everyone = blocks.find((each) => passedText(find(each, 'type')) === '*');
  if (everyone) return textNode('*', everyone.span);
  return mappingNode(grouped(blocks, 'type', 'identifiers'), first.span);
}

function conditions(block: Mapping): Node | undefined {
  const blocks = valuesAt(block, 'condition[]');
  const [first] = blocks;
  if (first === undefined) return undefined;
  const unknown = blocks.find(({ kind }) => kind === 'unresolved');
  if (unknown) return unknown;
  const byOperator = new Map<string, Node[]>();
  for (const each of blocks) {
    const operator = passedText(find(each, 'test')) ?? '';
    byOperator.set(operator, [...(byOperator.get(operator) ?? []), each]);
  }
  const entries = [...byOperator].map(([operator, same]): Entry => {
    const test = find(same[0], 'test');
    const span = test?.span ?? first.span;
    const value = mappingNode(grouped(same, 'variable', 'values'), same[0]?.span ?? span);
    return { key: operator, keySpan: span, value };
  });
  return { kind: 'mapping', entries, span: first.span };
}

/** Blocks with the same name put their values together. */
function grouped(
  blocks: readonly Node[],
  name: string,
  values: string,
): Readonly<Record<string, Node>> {
  const groups = new Map<string, Node>();
  for (const block of blocks) {
    const key = passedText(find(block, name)) ?? '';
    const before = groups.get(key);
    const items = [...itemsOf(before), ...itemsOf(find(block, values)).map(withVariables)];
    groups.set(key, listNode(items, find(block, values)?.span ?? block.span));
  }
  return Object.fromEntries(groups);
}
