import type { Account, Completable, Group, Principal } from '../../inventory/index.js';
import type { PolicyDocument, PolicyKind } from '../../policy/index.js';
import { hasHole, hole, partsOf, textOf, type Node, type Text } from '../../source/index.js';
import { wrongValue, type Fields } from './fields.js';
import { given, readEach, required, requiredArn, type Reading } from './reading.js';

const ACCOUNT = 'an account';

const accountFields = [
  'id',
  'organization',
  'organizationPath',
  'managementAccount',
  'scps',
  'rcps',
  'complete',
];

export function readAccounts(
  items: readonly Node[] | undefined,
  reading: Reading,
): readonly Account[] {
  return readEach(items, ACCOUNT, accountFields, reading, (fields) => {
    const id = required(fields, ACCOUNT, 'id', reading);
    if (id === undefined) return undefined;
    if (!/^\d{12}$/.test(id) && !hasHole(id)) {
      const span = fields.node('id')?.span ?? fields.span;
      const hint = 'put it in quotes, so that no leading zero is lost';
      reading.report(wrongValue(span, `\`${id}\` is not an account id of 12 digits`, hint));
    }
    const complete = readComplete(fields, reading);
    return {
      address: id,
      unit: reading.unit,
      span: fields.span,
      id,
      ...given({
        organization: fields.text('organization'),
        organizationPath: fields.texts('organizationPath'),
        managementAccount: fields.flag('managementAccount'),
        scps: readLevels(fields, 'scps', 'scp', reading),
        rcps: readLevels(fields, 'rcps', 'rcp', reading),
        complete: complete === undefined ? undefined : new Set(complete),
      }),
    };
  });
}

/** One list of policies a level. */
function readLevels(
  fields: Fields,
  name: string,
  kind: PolicyKind,
  { policies }: Reading,
): readonly (readonly PolicyDocument[])[] | undefined {
  const levels = fields.list(name)?.map((level) => policies.readAll(level, kind));
  // A level that cannot be read is not a level without policies, which would deny all.
  return levels?.every((level) => level !== undefined) === true ? levels : undefined;
}

const completables: readonly Completable[] = [
  'accounts',
  'keys',
  'aliases',
  'principals',
  'grants',
  'scps',
  'rcps',
  'endpoints',
  'boundaries',
  'resources',
];

/** The kinds that a file, or an account in it, lists in full. */
export function readComplete(
  fields: Fields,
  { report }: Reading,
): readonly Completable[] | undefined {
  const items = fields.list('complete');
  return fields.texts('complete')?.flatMap((name, index) => {
    const known = completables.find((each) => each === name);
    if (known === undefined) {
      const span = items?.[index]?.span ?? fields.span;
      const hint = `it takes ${completables.map((each) => `\`${each}\``).join(', ')}`;
      report(wrongValue(span, `\`${name}\` is no kind that can be complete`, hint));
    }
    return known ?? [];
  });
}

const GROUP = 'a group';

export function readGroups(items: readonly Node[] | undefined, reading: Reading): readonly Group[] {
  return readEach(items, GROUP, ['arn', 'policies'], reading, (fields) => {
    const expected = {
      service: 'iam',
      resource: /^group\/./,
      example: 'arn:aws:iam::111122223333:group/dev',
    };
    const named = requiredArn(fields, GROUP, expected, reading);
    if (named === undefined) return undefined;
    const policies = reading.policies.readAll(fields.node('policies'), 'identity');
    const defined = { address: named.text, unit: reading.unit, span: fields.span };
    return { ...defined, arn: named.text, ...given({ policies }) };
  });
}

const PRINCIPAL = 'a user or role';

const principalFields = [
  'arn',
  'id',
  'tags',
  'policies',
  'groups',
  'permissionsBoundary',
  'trustPolicy',
  'serviceLinked',
  'fixedName',
];

export function readPrincipals(
  items: readonly Node[] | undefined,
  reading: Reading,
): readonly Principal[] {
  const { policies, unit } = reading;
  return readEach(items, PRINCIPAL, principalFields, reading, (fields) => {
    const expected = {
      service: 'iam',
      resource: /^(?:user|role)\/./,
      example: 'arn:aws:iam::111122223333:role/app',
    };
    const named = requiredArn(fields, PRINCIPAL, expected, reading);
    if (named === undefined) return undefined;
    const { account, resource } = named.arn;
    return {
      address: named.text,
      unit,
      span: fields.span,
      kind: resource.startsWith('user/') ? 'user' : 'role',
      arn: named.text,
      account,
      name: nameIn(resource),
      ...given({
        uniqueId: fields.text('id'),
        tags: fields.pairs('tags'),
        policies: policies.readAll(fields.node('policies'), 'identity'),
        groups: fields.texts('groups'),
        boundary: readBoundary(fields, reading),
        trust: policies.read(fields.node('trustPolicy'), 'trust'),
      }),
      serviceLinked: fields.flag('serviceLinked') ?? resource.startsWith('role/aws-service-role/'),
      fixedName: fields.flag('fixedName') ?? true,
    };
  });
}

/** `none` says that there is no boundary, which leaving it out does not. */
function readBoundary(fields: Fields, { policies }: Reading): Principal['boundary'] {
  const node = fields.node('permissionsBoundary');
  return textOf(node) === 'none' ? 'none' : policies.read(node, 'boundary');
}

/** What follows the last `/` outside of holes. */
function nameIn(resource: Text): Text {
  let name = '';
  for (const part of [...partsOf(resource)].reverse()) {
    if (typeof part !== 'string') name = hole(part.unit, part.expression) + name;
    else if (part.includes('/')) return part.slice(part.lastIndexOf('/') + 1) + name;
    else name = part + name;
  }
  return name;
}
