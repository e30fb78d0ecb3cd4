import type { Grant, GrantConstraints } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import { find, findPath } from '../../source/index.js';
import type { Node, Span, Text } from '../../source/index.js';
import type { Fact, KeyAttributes, KeyReference } from './facts.js';
import { flag, isTruncated, list, present, spelled, tags, text, texts } from './fields.js';
import { shows } from './output.js';
import type { Output, Saved } from './output.js';
import { keyInPath } from './subject.js';

export const kmsOutputs: readonly Output[] = [
  { command: 'kms describe-key', members: ['KeyMetadata'], read: readKeyMetadata },
  {
    command: 'kms describe-key --query KeyMetadata',
    members: ['AWSAccountId', 'Arn', 'KeyId'],
    read: ({ root }) => keyMetadata(root),
  },
  {
    command: 'kms list-keys',
    members: ['Keys'],
    others: [],
    marks: shows(/\bKeyArn\b|\[\s*\]/),
    read: function* ({ root }) {
      for (const key of list(root, 'Keys')) {
        const arn = text(key, 'KeyArn');
        if (arn !== undefined) yield { kind: 'key', key: { by: 'arn', arn }, span: key.span };
      }
    },
  },
  {
    command: 'kms list-aliases',
    members: ['Aliases'],
    others: [],
    marks: shows(/\bAlias(?:Arn|Name)\b|\[\s*\]/),
    read: readAliases,
  },
  { command: 's3api get-bucket-acl', members: ['Grants', 'Owner'] },
  { command: 'kms list-grants', members: ['Grants'], others: [], read: readGrants },
  {
    command: 'kms get-key-policy',
    members: ['Policy'],
    others: ['PolicyName'],
    marks: shows(/\bStatement\b/),
    read: function* ({ root, path }) {
      const policy = find(root, 'Policy');
      if (policy === undefined) return;
      const key = keyInPath(path, 'kms get-key-policy');
      yield { kind: 'key', key, policy, span: policy.span };
    },
  },
  {
    command: 'kms list-resource-tags',
    members: ['Tags'],
    others: [],
    marks: shows(/\b(?:TagKey|Truncated)\b/),
    read: function* ({ root, path }) {
      if (isTruncated(root)) return;
      const key = keyInPath(path, 'kms list-resource-tags');
      yield { kind: 'key', key, ...present({ tags: tags(root, 'Tags') }), span: root.span };
    },
  },
  {
    command: 'kms get-key-rotation-status',
    members: ['KeyRotationEnabled'],
    read: function* ({ root, path }) {
      const named = text(root, 'KeyId');
      const key =
        named === undefined ? keyInPath(path, 'kms get-key-rotation-status') : keyReference(named);
      const attributes = present({ rotation: flag(root, 'KeyRotationEnabled') });
      yield { kind: 'key', key, attributes, span: root.span };
    },
  },
];

function keyReference(named: Text): KeyReference {
  return parseArn(named) === undefined ? { by: 'id', id: named } : { by: 'arn', arn: named };
}

function* readKeyMetadata({ root }: Saved): Iterable<Fact> {
  const metadata = find(root, 'KeyMetadata');
  if (metadata !== undefined) yield* keyMetadata(metadata);
}

function* keyMetadata(metadata: Node): Iterable<Fact> {
  const arn = text(metadata, 'Arn');
  const id = text(metadata, 'KeyId');
  if (arn === undefined && id === undefined) return;
  const key: KeyReference = arn === undefined ? keyReference(id ?? '') : { by: 'arn', arn };
  yield { kind: 'key', key, attributes: attributesOf(metadata), span: metadata.span };
  const primary = text(metadata, 'MultiRegionConfiguration', 'PrimaryKey', 'Region');
  yield* relatedKey(findPath(metadata, 'MultiRegionConfiguration', 'PrimaryKey'), arn, {
    multiRegion: 'primary',
  });
  for (const replica of list(find(metadata, 'MultiRegionConfiguration'), 'ReplicaKeys')) {
    yield* relatedKey(replica, arn, {
      multiRegion: 'replica',
      ...present({ primaryRegion: primary }),
    });
  }
}

function* relatedKey(
  node: Node | undefined,
  self: Text | undefined,
  attributes: KeyAttributes,
): Iterable<Fact> {
  const arn = text(node, 'Arn');
  if (node === undefined || arn === undefined || arn === self) return;
  yield { kind: 'key', key: { by: 'arn', arn }, attributes, span: node.span };
}

function attributesOf(metadata: Node): KeyAttributes {
  const manager = text(metadata, 'KeyManager');
  const multiRegionType = text(metadata, 'MultiRegionConfiguration', 'MultiRegionKeyType');
  const multiRegion = flag(metadata, 'MultiRegion');
  return present({
    manager: manager === 'AWS' || manager === 'CUSTOMER' ? manager : undefined,
    spec: text(metadata, 'KeySpec') ?? text(metadata, 'CustomerMasterKeySpec'),
    usage: text(metadata, 'KeyUsage'),
    state: text(metadata, 'KeyState') ?? stateOf(flag(metadata, 'Enabled')),
    origin: text(metadata, 'Origin'),
    multiRegion:
      multiRegion === false
        ? 'no'
        : multiRegionType === 'PRIMARY'
          ? 'primary'
          : multiRegionType === 'REPLICA'
            ? 'replica'
            : undefined,
    primaryRegion: text(metadata, 'MultiRegionConfiguration', 'PrimaryKey', 'Region'),
    deletionDate: dateOf(find(metadata, 'DeletionDate')),
  } as const);
}

function stateOf(enabled: boolean | undefined): string | undefined {
  return enabled === undefined ? undefined : enabled ? 'Enabled' : 'Disabled';
}

// The first version of the CLI prints seconds since 1970, the second one ISO 8601.
function dateOf(node: Node | undefined): string | undefined {
  if (node?.kind !== 'scalar') return undefined;
  if (typeof node.value === 'string') return node.value;
  if (typeof node.value !== 'number') return undefined;
  const date = new Date(node.value * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function* readAliases({ root }: Saved): Iterable<Fact> {
  const whole = !isTruncated(root);
  for (const alias of list(root, 'Aliases')) {
    const arn = text(alias, 'AliasArn');
    const name = text(alias, 'AliasName');
    const target = text(alias, 'TargetKeyId');
    // An AWS alias whose key does not exist yet has no target.
    if (arn === undefined || name === undefined || target === undefined) continue;
    yield { kind: 'alias', arn, name, target, whole, span: alias.span };
  }
}

function* readGrants({ root, path }: Saved): Iterable<Fact> {
  const nodes = list(root, 'Grants');
  const named = new Set(nodes.flatMap((grant) => text(grant, 'KeyId') ?? []));
  // `list-retirable-grants` has the same shape; its lists hold only some grants of many keys.
  const isPartial = isTruncated(root) || named.size > 1 || /retirable/i.test(path);
  if (isPartial) {
    yield partialGrants(root.span);
    for (const key of named) yield { kind: 'key', key: keyReference(key), span: root.span };
    return;
  }
  const [first] = named;
  const key = first === undefined ? keyInPath(path, 'kms list-grants') : keyReference(first);
  yield { kind: 'key', key, grants: nodes.flatMap(grantOf), span: root.span };
}

function partialGrants(span: Span): Fact {
  return {
    kind: 'diagnostic',
    diagnostic: {
      code: 'aws-cli-partial',
      severity: 'info',
      message: 'these are some of the grants of a key, so that grants count as not supplied',
      span,
      hint: 'save the whole output of `aws kms list-grants --key-id <key>` for each key',
    },
  };
}

function grantOf(node: Node): readonly Grant[] {
  const id = text(node, 'GrantId');
  const grantee = text(node, 'GranteePrincipal') ?? text(node, 'GranteeServicePrincipal');
  if (id === undefined || grantee === undefined) return [];
  const issuer = spelled(node, 'IssuingAccount');
  const name = text(node, 'Name');
  return [
    {
      id,
      grantee,
      operations: texts(node, 'Operations'),
      ...present({
        name: name === '' ? undefined : name,
        retiringPrincipal:
          text(node, 'RetiringPrincipal') ?? text(node, 'RetiringServicePrincipal'),
        issuingAccount: issuer === undefined ? undefined : (parseArn(issuer)?.account ?? issuer),
        constraints: constraintsOf(find(node, 'Constraints')),
      }),
      span: node.span,
    },
  ];
}

function constraintsOf(node: Node | undefined): GrantConstraints | undefined {
  if (node?.kind !== 'mapping' || node.entries.length === 0) return undefined;
  return present({
    encryptionContextEquals: contextOf(find(node, 'EncryptionContextEquals')),
    encryptionContextSubset: contextOf(find(node, 'EncryptionContextSubset')),
    sourceArn: text(node, 'SourceArn'),
  });
}

function contextOf(node: Node | undefined): ReadonlyMap<string, string> | undefined {
  if (node?.kind !== 'mapping') return undefined;
  return new Map(node.entries.map(({ key }) => [key, spelled(node, key) ?? '']));
}
