import { emptyInventory, type Key, type LooseDocument } from '../inventory/index.js';
import { parsePolicy, type PolicyDocument } from '../policy/index.js';
import { find, hasHole, hole, parseJsonText, textOf } from '../source/index.js';
import type { Diagnostic, Mapping, Node } from '../source/index.js';
import { delegatedAccount } from './delegated-account.js';
import { evaluateFragment } from './cloudformation/index.js';
import { commentDirectives } from './directives.js';
import { parseDocuments } from './documents.js';
import { kindOf } from './kind-of.js';
import type { Loader, LoadSettings } from './loader.js';
import { partitionOfRegion } from './partition.js';
import { stemOf } from './paths.js';

/**
 * Policy documents that are files of their own, in JSON or YAML: one document, a list of them, one
 * statement or a list of statements, each also as a JSON string of itself. A key policy becomes a
 * key of unknown ARN.
 */
export const policyDocuments: Loader = {
  name: 'policy document',
  recognizes: (_path, text) =>
    EFFECT.test(text) ? ELEMENT.test(text) : VERSION.test(text) && STATEMENT.test(text),
  load: (source, files, settings) => {
    const { value, diagnostics } = parseDocuments(source);
    const embedded = value.nodes.map(unwrapped);
    const documents = embedded.flatMap(({ node }) => documentsIn(node));
    const isBroken = diagnostics.some(({ severity }) => severity === 'error');
    if (documents.length === 0 && !isBroken) return undefined;
    const loaded = documents.map((document, index) => {
      const ordinal = index === 0 ? '' : `#${index + 1}`;
      const unit = source.path + ordinal;
      const isFragment = INTRINSIC.test(source.text);
      const node = isFragment
        ? (evaluateFragment(document, source, { ...settings, unit }, files) ?? document)
        : document;
      return loadDocument(node, source.path, ordinal, settings);
    });
    return {
      value: {
        ...emptyInventory,
        keys: loaded.flatMap(({ key }) => key ?? []),
        documents: loaded.flatMap(({ loose }) => loose ?? []),
        directives: commentDirectives(value.comments, value.nodes),
      },
      diagnostics: [
        ...diagnostics,
        ...embedded.flatMap((each) => each.diagnostics),
        ...loaded.flatMap((each) => each.diagnostics),
      ],
    };
  },
};

// As keys of JSON or YAML, and of JSON inside a string.
const EFFECT = /\bEffect\\*["']?\s*:/;
const ELEMENT = /\b(?:Statement|Action|NotAction|Resource)\\*["']?\s*:/;
const STATEMENT = /\bStatement\\*["']?\s*:/;
const VERSION = /\b20(?:12|08)-10-17\b/;

/** The functions of CloudFormation, for templates that include a policy from its own file. */
const INTRINSIC =
  /\bFn::|["']Ref["']\s*:|!(?:Ref|Sub|GetAtt|If|Join|ImportValue|FindInMap|Select)\b/;

/** A document that was written as a JSON string of itself. */
function unwrapped(node: Node): {
  readonly node: Node;
  readonly diagnostics: readonly Diagnostic[];
} {
  const text = textOf(node);
  if (text === undefined || !/^\s*[{["]/.test(text)) return { node, diagnostics: [] };
  const { value, diagnostics } = parseJsonText(text, node.span);
  if (value === undefined) return { node, diagnostics };
  const inner = unwrapped(value);
  return { node: inner.node, diagnostics: [...diagnostics, ...inner.diagnostics] };
}

function documentsIn(node: Node): readonly Node[] {
  if (isDocument(node)) return [node];
  if (isStatement(node)) return [documentOf(node, node)];
  if (node.kind !== 'sequence' || node.items.length === 0) return [];
  if (node.items.every(isDocument)) return node.items;
  return node.items.every(isStatement) ? [documentOf(node, node)] : [];
}

function isDocument(node: Node): boolean {
  return find(node, 'Statement') !== undefined;
}

function isStatement(node: Node): boolean {
  return (
    find(node, 'Effect') !== undefined &&
    ['Action', 'NotAction', 'Resource', 'NotResource', 'Principal'].some(
      (element) => find(node, element) !== undefined,
    )
  );
}

/** Statements without a document are read as the part of a current one that they are written to be. */
function documentOf(statements: Node, { span }: Node): Mapping {
  const keySpan = { ...span, end: span.start };
  return {
    kind: 'mapping',
    entries: [
      { key: 'Version', keySpan, value: { kind: 'scalar', value: '2012-10-17', span: keySpan } },
      { key: 'Statement', keySpan, value: statements },
    ],
    span,
  };
}

interface LoadedDocument {
  readonly key?: Key;
  readonly loose?: LooseDocument;
  readonly diagnostics: readonly Diagnostic[];
}

function loadDocument(
  node: Node,
  path: string,
  ordinal: string,
  settings: LoadSettings,
): LoadedDocument {
  const kind = kindOf(node, path, settings.kinds);
  const { value: document, diagnostics } = parsePolicy(node, kind);
  const unit = path + ordinal;
  const defined = { address: stemOf(path) + ordinal, unit, span: node.span };
  if (kind === 'key-policy') {
    return {
      key: { ...defined, ...ownerOf(document, unit, settings), policy: document },
      diagnostics,
    };
  }
  const account = settings.account === undefined ? {} : { account: settings.account };
  return { loose: { ...defined, ...account, document }, diagnostics };
}

/** The key that a bare key policy belongs to, as far as it can be known. */
function ownerOf(
  document: PolicyDocument,
  unit: string,
  settings: LoadSettings,
): Pick<Key, 'arn' | 'account' | 'region' | 'accountAssumed'> {
  const named = settings.account === undefined ? delegatedAccount(document) : undefined;
  const account = settings.account ?? named ?? hole(unit, 'AWS::AccountId');
  const region = settings.region ?? hole(unit, 'AWS::Region');
  const known = hasHole(region) ? undefined : partitionOfRegion(region);
  const partition = settings.partition ?? known ?? hole(unit, 'AWS::Partition');
  const arn = `arn:${partition}:kms:${region}:${account}:key/${hole(unit, 'KeyId')}`;
  return { arn, account, region, ...(named === undefined ? {} : { accountAssumed: true }) };
}
