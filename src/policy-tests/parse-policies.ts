import {
  noPolicies,
  pooled,
  type AppliedPolicies,
  type Supply,
} from '../authorization/decide/index.js';
import type { Grant, GrantConstraints } from '../inventory/index.js';
import { parsePolicy, type PolicyDocument, type PolicyKind } from '../policy/index.js';
import { decodeText, find, itemsOf, parseJson, parseYaml, textOf } from '../source/index.js';
import type { Diagnostic, Files, Mapping, Node, Source } from '../source/index.js';
import type { TestRequest } from './policy-test.js';
import { scalarText, type Reader } from './reader.js';

interface Tools {
  readonly read: Reader;
  readonly files: Files;
  readonly diagnostics: Diagnostic[];
}

const layers = [
  'identity',
  'resource',
  'permissionBoundaries',
  'session',
  'scps',
  'rcps',
  'vpcEndpoint',
];

/** The policies that a test carries: all there is, so that nothing is missing or assumed. */
export function parseApplied(
  policies: Mapping,
  requestNode: Mapping,
  request: TestRequest,
  tools: Tools,
): AppliedPolicies {
  tools.read.onlyKeys(policies, '`policies`', layers);
  const documents = (key: string, kind: PolicyKind): readonly PolicyDocument[] =>
    itemsOf(given(policies, key)).flatMap((node) => parseOne(node, kind, tools) ?? []);
  const restriction = (key: string, kind: PolicyKind): Supply => {
    const pool = documents(key, kind);
    return pool.length === 0 ? noPolicies : pooled(pool);
  };
  const resource = documents('resource', resourceKindOf(request));
  return {
    identity: pooled(documents('identity', 'identity')),
    resource: resource.length === 0 ? noPolicies : pooled(resource),
    boundary: restriction('permissionBoundaries', 'boundary'),
    session: restriction('session', 'session'),
    scps: levelsOf(policies, 'scps', 'scp', tools),
    rcps: levelsOf(policies, 'rcps', 'rcp', tools),
    endpoint: restriction('vpcEndpoint', 'endpoint'),
    grants: itemsOf(given(requestNode, 'grants')).flatMap(
      (node, index) => parseGrant(node, index, tools) ?? [],
    ),
  };
}

/** The value under a key, `null` counting as none. */
function given(node: Mapping, key: string): Node | undefined {
  const value = find(node, key);
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
}

function resourceKindOf({ action, resource }: TestRequest): PolicyKind {
  const service = action.toLowerCase().split(':')[0];
  if (service === 'kms') return 'key-policy';
  return service === 'sts' && /^arn:[^:]*:iam::[^:]*:role\//.test(resource) ? 'trust' : 'resource';
}

// An empty list is no restriction; a level without policies denies.
function levelsOf(policies: Mapping, key: string, kind: 'scp' | 'rcp', tools: Tools): Supply {
  const levels = itemsOf(given(policies, key)).map((node) => {
    const level = tools.read.mapping(node, `a level of \`${key}\``);
    if (level === undefined) return [];
    tools.read.onlyKeys(level, `a level of \`${key}\``, ['orgIdentifier', 'policies']);
    return itemsOf(given(level, 'policies')).flatMap(
      (policy) => parseOne(policy, kind, tools) ?? [],
    );
  });
  return levels.length === 0 ? noPolicies : { levels };
}

/** A policy: the document itself, `{ name, policy }` around one, or the path of one. */
function parseOne(node: Node, kind: PolicyKind, tools: Tools): PolicyDocument | undefined {
  const wrapped = find(node, 'policy') ?? find(node, 'document');
  const content = wrapped ?? node;
  const path = textOf(content);
  const isPath = path !== undefined && !/^\s*[{["]/.test(path);
  const document = isPath ? readDocument(path, content, tools) : content;
  if (document === undefined) return undefined;
  const { value, diagnostics } = parsePolicy(document, kind);
  tools.diagnostics.push(...diagnostics);
  const name = wrapped && textOf(find(node, 'name'));
  return name === undefined ? value : { ...value, name };
}

function readDocument(
  path: string,
  node: Node,
  { read, files, diagnostics }: Tools,
): Node | undefined {
  const folder = node.span.source.path.replace(/[^/]*$/, '');
  const bytes = files.read(folder + path);
  if (!(bytes instanceof Uint8Array)) {
    const why = bytes === undefined ? 'there is no such file' : bytes.unreadable;
    read.report(
      node,
      'test-policy-unreadable',
      `the policy \`${path}\` cannot be read: ${why}`,
      'correct the path, which is relative to this file',
    );
    return undefined;
  }
  const source = decodeText(folder + path, bytes);
  diagnostics.push(...source.diagnostics);
  const parsed = source.value && parseDocument(source.value);
  diagnostics.push(...(parsed?.diagnostics ?? []));
  return parsed?.value;
}

function parseDocument(source: Source) {
  if (!/\.ya?ml$/i.test(source.path)) return parseJson(source);
  const { value, diagnostics } = parseYaml(source);
  return { value: value.documents[0], diagnostics };
}

function parseGrant(node: Node, index: number, { read }: Tools): Grant | undefined {
  const grant = read.mapping(node, 'a grant');
  if (grant === undefined) return undefined;
  const keys = [
    'id',
    'grantee',
    'operations',
    'retiringPrincipal',
    'issuingAccount',
    'constraints',
  ];
  read.onlyKeys(grant, 'a grant', keys);
  const grantee = read.text(grant, 'grantee');
  if (grantee === undefined) return undefined;
  const retiringPrincipal = read.optionalText(grant, 'retiringPrincipal');
  const issuingAccount = read.optionalText(grant, 'issuingAccount');
  const constraints = read.optionalMapping(grant, 'constraints');
  return {
    id: read.optionalText(grant, 'id') ?? `grant ${String(index + 1)}`,
    grantee,
    operations: read.texts(grant, 'operations'),
    ...(retiringPrincipal === undefined ? {} : { retiringPrincipal }),
    ...(issuingAccount === undefined ? {} : { issuingAccount }),
    ...(constraints === undefined ? {} : { constraints: parseConstraints(constraints, read) }),
    span: grant.span,
  };
}

/** Constraints, spelled as in the inventory file or as KMS does. */
function parseConstraints(node: Mapping, read: Reader): GrantConstraints {
  const names = ['encryptionContextEquals', 'encryptionContextSubset', 'sourceArn'];
  const spellings = names.flatMap((name) => [name, capital(name)]);
  read.onlyKeys(node, 'a grant constraint', spellings);
  const pairs = (name: string): ReadonlyMap<string, string> | undefined => {
    const mapping = read.optionalMapping(node, name) ?? read.optionalMapping(node, capital(name));
    return mapping && pairsOf(mapping);
  };
  const equals = pairs('encryptionContextEquals');
  const subset = pairs('encryptionContextSubset');
  const sourceArn = read.optionalText(node, 'sourceArn') ?? read.optionalText(node, 'SourceArn');
  return {
    ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
    ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
    ...(sourceArn === undefined ? {} : { sourceArn }),
  };
}

function pairsOf(mapping: Mapping): ReadonlyMap<string, string> {
  return new Map(mapping.entries.map(({ key, value }) => [key, scalarText(value) ?? '']));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
