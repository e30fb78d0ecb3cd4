import type { Alias, Key } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import { hasHole, hole } from '../../source/index.js';
import type { Diagnostic, Span, Text } from '../../source/index.js';
import { delegatedAccount } from '../delegated-account.js';
import { parseDocument } from './documents.js';
import type { AliasFact, KeyFact, KeyReference } from './facts.js';
import { present } from './fields.js';
import type { Knowledge, Place, Placed } from './knowledge.js';
import { targetOf } from './knowledge.js';

export interface BuiltKeys {
  readonly keys: readonly Key[];
  readonly aliases: readonly Alias[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The key that a fact is about, with what it says of it. */
export function buildKey({ fact, ...place }: Placed<KeyFact>, knowledge: Knowledge): BuiltKeys {
  const unit = place.path;
  const policy = fact.policy === undefined ? undefined : parseDocument(fact.policy, 'key-policy');
  const known = knownArn(fact.key, place, knowledge);
  const assumed = policy && delegatedAccount(policy.value);
  const arn = known ?? composedArn(fact.key, place, knowledge, assumed);
  const isAssumed = known === undefined && knowledge.accountOf(place) === undefined;
  const parts = parseArn(arn);
  const account = parts?.account ?? hole(unit, 'AWS::AccountId');
  const region = parts?.region ?? hole(unit, 'AWS::Region');
  const key: Key = {
    address: hasHole(arn) ? nameOf(fact.key) : arn,
    unit,
    span: fact.span,
    arn,
    account,
    ...(isAssumed && assumed !== undefined ? { accountAssumed: true } : {}),
    region,
    ...fact.attributes,
    ...present({ policy: policy?.value, grants: fact.grants, tags: fact.tags }),
  };
  const alias: readonly Alias[] =
    fact.key.by === 'alias' && hasHole(arn)
      ? [{ ...pick(key), address: fact.key.name, name: fact.key.name, target: arn }]
      : [];
  return {
    keys: [key],
    aliases: alias,
    diagnostics: [...(policy?.diagnostics ?? []), ...namelessness(fact.key, arn, fact.span)],
  };
}

/** The alias that a fact is about and, where its list is whole, what follows for its key. */
export function buildAlias({ fact, path }: Placed<AliasFact>): BuiltKeys {
  const arn = parseArn(fact.arn);
  const target = targetOf(fact.arn, fact.target);
  if (arn === undefined || target === undefined) return { keys: [], aliases: [], diagnostics: [] };
  const { account, region } = arn;
  const where = { unit: path, span: fact.span, account, region };
  const alias: Alias = { ...where, address: fact.arn, name: fact.name, target };
  const key: Key = {
    ...where,
    address: target,
    arn: target,
    // SOURCE: https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html (`alias/aws/` is reserved)
    ...(fact.name.startsWith('alias/aws/') ? { manager: 'AWS' as const } : {}),
    ...(fact.whole ? { aliases: [fact.name] } : {}),
  };
  return { keys: [key], aliases: [alias], diagnostics: [] };
}

function knownArn(key: KeyReference, place: Place, knowledge: Knowledge): Text | undefined {
  switch (key.by) {
    case 'arn':
      return key.arn;
    case 'id':
      return knowledge.keyWithId(key.id, place);
    case 'alias':
      return knowledge.keyWithAlias(key.name, place);
    case 'name':
      return knowledge.keyWithAlias(`alias/${key.name}`, place);
    case 'nameless':
      return undefined;
  }
}

// As for a bare key policy, the account of its only `:root` statements is taken for the owner.
function composedArn(
  key: KeyReference,
  place: Place,
  knowledge: Knowledge,
  assumed: Text | undefined,
): Text {
  const account = knowledge.accountOf(place) ?? assumed ?? hole(place.path, 'AWS::AccountId');
  const region = knowledge.regionOf(place) ?? hole(place.path, 'AWS::Region');
  const id = key.by === 'id' ? key.id : hole(place.path, key.by === 'alias' ? key.name : 'KeyId');
  return `arn:${knowledge.partitionOf(place)}:kms:${region}:${account}:key/${id}`;
}

function nameOf(key: KeyReference): string {
  switch (key.by) {
    case 'arn':
      return key.arn;
    case 'id':
      return key.id;
    case 'alias':
    case 'name':
      return key.name;
    case 'nameless':
      return 'key';
  }
}

function pick({
  unit,
  span,
  account,
  region,
}: Key): Pick<Key, 'unit' | 'span' | 'account' | 'region'> {
  return { unit, span, account, region };
}

function namelessness(key: KeyReference, arn: Text, span: Span): readonly Diagnostic[] {
  const isUnknown = key.by === 'nameless' || (key.by === 'name' && hasHole(arn));
  if (!isUnknown) return [];
  return [
    {
      code: 'aws-cli-subject-unknown',
      severity: 'warning',
      message:
        key.by === 'name'
          ? `nothing says which key this is about: \`${key.name}\` is no key id, and no listed alias has that name`
          : 'nothing says which key this is about, so that it stands for a key of unknown ARN',
      span,
      hint: 'name the file or its folder for the key id: `1234abcd-12ab-34cd-56ef-1234567890ab/get-key-policy.json`',
    },
  ];
}
