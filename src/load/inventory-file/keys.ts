import { grantOperations, keyOrigins, keySpecs, keyStates, keyUsages } from '../../facts/index.js';
import type { Alias, Grant, GrantConstraints, Key } from '../../inventory/index.js';
import { parsePolicy } from '../../policy/index.js';
import { textOf, type Node, type Text } from '../../source/index.js';
import { defaultKeyPolicy } from '../default-key-policy.js';
import { readFields, wrongValue, type Fields } from './fields.js';
import { given, oneOf, readEach, required, requiredArn, warnUnlessKnown } from './reading.js';
import type { Reading } from './reading.js';

const KEY = 'a key';

const EXAMPLE = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const keyFields = [
  'arn',
  'accountAssumed',
  'aliases',
  'policy',
  'manager',
  'spec',
  'usage',
  'state',
  'origin',
  'multiRegion',
  'primaryRegion',
  'rotation',
  'tags',
  'deletionDate',
  'grants',
];

export function readKeys(items: readonly Node[] | undefined, reading: Reading): readonly Key[] {
  return readEach(items, KEY, keyFields, reading, (fields) => readKey(fields, reading));
}

function readKey(fields: Fields, reading: Reading): Key | undefined {
  const named = requiredArn(
    fields,
    KEY,
    { service: 'kms', resource: /^key\/./, example: EXAMPLE },
    reading,
  );
  if (named === undefined) return undefined;
  const { account, region } = named.arn;
  return {
    address: named.text,
    unit: reading.unit,
    span: fields.span,
    arn: named.text,
    account,
    region,
    ...readKeyPolicy(fields, named.arn, reading),
    ...given({
      accountAssumed: fields.flag('accountAssumed'),
      manager: readManager(fields, reading),
      spec: oneOf(fields, 'spec', keySpecs, reading),
      usage: oneOf(fields, 'usage', keyUsages, reading),
      state: oneOf(fields, 'state', keyStates, reading),
      origin: oneOf(fields, 'origin', keyOrigins, reading),
      multiRegion: readMultiRegion(fields, region, reading),
      primaryRegion: fields.text('primaryRegion'),
      rotation: fields.flag('rotation'),
      aliases: readAliasNames(fields, reading),
      tags: fields.pairs('tags'),
      grants: readGrants(fields, reading),
      deletionDate: fields.text('deletionDate'),
    }),
  };
}

function readKeyPolicy(
  fields: Fields,
  { partition, account }: { readonly partition: Text; readonly account: Text },
  { policies }: Reading,
): Pick<Key, 'policy' | 'policyIsDefault'> {
  const node = fields.node('policy');
  if (node !== undefined && textOf(node) === 'default') {
    const document = defaultKeyPolicy(partition, account, node.span);
    return { policy: parsePolicy(document, 'key-policy').value, policyIsDefault: true };
  }
  return given({ policy: policies.read(node, 'key-policy') });
}

function readManager(fields: Fields, { report }: Reading): Key['manager'] {
  const manager = fields.text('manager');
  if (manager === undefined || manager === 'AWS' || manager === 'CUSTOMER') return manager;
  const span = fields.node('manager')?.span ?? fields.span;
  report(wrongValue(span, `\`${manager}\` manages no keys`, 'write `AWS` or `CUSTOMER`'));
  return undefined;
}

function readMultiRegion(fields: Fields, region: Text, { report }: Reading): Key['multiRegion'] {
  const node = fields.node('multiRegion');
  if (node === undefined) return undefined;
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (value === 'primary' || value === 'replica') return value;
  if (value === false || value === 'no') return 'no';
  if (value === true) {
    const primary = fields.text('primaryRegion') ?? region;
    return primary === region ? 'primary' : 'replica';
  }
  const hint = 'write `no`, `primary` or `replica`';
  report(wrongValue(node.span, '`multiRegion` says neither yes nor no', hint));
  return undefined;
}

function readAliasNames(fields: Fields, { report }: Reading): readonly Text[] | undefined {
  const items = fields.list('aliases');
  const names = fields.texts('aliases');
  names?.forEach((name, index) => {
    if (name.startsWith('alias/')) return;
    const span = items?.[index]?.span ?? fields.span;
    report(wrongValue(span, `\`${name}\` is not an alias name`, `write \`alias/${name}\``));
  });
  return names;
}

const grantFields = [
  'id',
  'name',
  'grantee',
  'operations',
  'retiringPrincipal',
  'issuingAccount',
  'constraints',
];

function readGrants(fields: Fields, reading: Reading): readonly Grant[] | undefined {
  const items = fields.list('grants');
  if (items === undefined) return undefined;
  return readEach(items, 'a grant', grantFields, reading, (grant, index) => {
    const grantee = required(grant, 'a grant', 'grantee', reading);
    if (grantee === undefined) return undefined;
    const operations = grant.texts('operations') ?? [];
    operations.forEach((operation, at) => {
      const span = grant.list('operations')?.[at]?.span ?? grant.span;
      warnUnlessKnown(operation, 'operations', grantOperations, span, reading.report);
    });
    return {
      id: grant.text('id') ?? `grant ${index + 1}`,
      grantee,
      operations,
      ...given({
        name: grant.text('name'),
        retiringPrincipal: grant.text('retiringPrincipal'),
        issuingAccount: grant.text('issuingAccount'),
        constraints: readConstraints(grant, reading),
      }),
      span: grant.span,
    };
  });
}

function readConstraints(grant: Fields, { report }: Reading): GrantConstraints | undefined {
  const node = grant.node('constraints');
  if (node === undefined) return undefined;
  const names = ['encryptionContextEquals', 'encryptionContextSubset', 'sourceArn'];
  const fields = readFields(node, 'a grant constraint', names, report);
  if (fields === undefined) return undefined;
  return given({
    encryptionContextEquals: fields.pairs('encryptionContextEquals'),
    encryptionContextSubset: fields.pairs('encryptionContextSubset'),
    sourceArn: fields.text('sourceArn'),
  });
}

const ALIAS = 'an alias';

/** Aliases of keys that the file does not list. */
export function readAliases(
  items: readonly Node[] | undefined,
  reading: Reading,
): readonly Alias[] {
  return readEach(items, ALIAS, ['arn', 'target'], reading, (fields) => {
    const named = requiredArn(
      fields,
      ALIAS,
      {
        service: 'kms',
        resource: /^alias\/./,
        example: 'arn:aws:kms:us-east-1:111122223333:alias/orders',
      },
      reading,
    );
    const target = required(fields, ALIAS, 'target', reading);
    if (named === undefined || target === undefined) return undefined;
    const { account, region, resource } = named.arn;
    const defined = { address: named.text, unit: reading.unit, span: fields.span };
    return { ...defined, name: resource, account, region, target };
  });
}
