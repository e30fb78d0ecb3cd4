import { canCarry, findAction } from '../facts/index.js';
import { parseArn } from '../policy/index.js';
import { hasHole, type Text } from '../source/index.js';
import { isKms, organizationEntries, unknownAttribute, type Entries } from './context-caller.js';
import { findAccount, findAliases, findDependant, findPrincipal, keyIdOf } from './find.js';
import { parseCaller } from './caller.js';
import type { Inventory, Key } from './inventory.js';
import type { Context, ContextValue, Request } from './request.js';

/**
 * The condition keys that follow from the action and its resource. `alias` is the name by which the
 * request names the key, if by one.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html
 */
export function resourceContext(
  inventory: Inventory,
  request: Request,
  key: Key | undefined,
  alias: Text | undefined,
): Entries {
  return [
    ...ownerEntries(inventory, request),
    ...endpointEntries(inventory, request.context),
    ...(isKms(request)
      ? kmsEntries(inventory, request, key, alias)
      : otherEntries(inventory, request)),
  ];
}

function ownerEntries(inventory: Inventory, { resource, resourceAccount }: Request): Entries {
  if (resource === '*' || resourceAccount === undefined) return [];
  return [
    ['aws:resourceaccount', resourceAccount],
    ...organizationEntries(
      findAccount(inventory, resourceAccount),
      resourceAccount,
      'aws:resourceorgid',
      'aws:resourceorgpaths',
    ),
  ];
}

// SOURCE: facts evaluation 13.20
function endpointEntries(inventory: Inventory, context: Context): Entries {
  const id = context.get('aws:sourcevpce');
  const endpoint = inventory.endpoints.find((listed) => listed.id === id);
  return endpoint?.vpc === undefined ? [] : [['aws:sourcevpc', endpoint.vpc]];
}

function otherEntries(inventory: Inventory, { resource }: Request): Entries {
  const region = findDependant(inventory, resource)?.region ?? parseArn(resource)?.region ?? '';
  const principal = parseCaller(resource);
  const tags = principal && findPrincipal(inventory, principal)?.tags;
  return [
    ...(region === '' ? [] : ([['aws:requestedregion', region]] as const)),
    ...(resource === '*' ? [] : tagEntries(resource, tags, 'the tags of the resource')),
  ];
}

function kmsEntries(
  inventory: Inventory,
  request: Request,
  key: Key | undefined,
  alias: Text | undefined,
): Entries {
  const region = key?.region ?? parseArn(request.resource)?.region;
  const entries: Entries = [
    ['aws:securetransport', 'true'],
    ['aws:requestedregion', region ?? unknownAttribute(request.action, 'the Region of the call')],
    ['kms:encryptionalgorithm', 'SYMMETRIC_DEFAULT'],
    ...(parameterDefaults[request.action.toLowerCase()] ?? []),
    ['kms:encryptioncontextkeys', encryptionContextKeys(request.context)],
    ['kms:requestalias', alias],
    ['kms:grantisforawsresource', isForAwsResource(request)],
    ['kms:reencryptonsamekey', reEncryptsOnSameKey],
    ...keyEntries(inventory, request, key),
  ];
  // SOURCE: facts evaluation 13.14
  return entries.filter(([name]) => canCarry(request.action, name));
}

// SOURCE: facts evaluation 13.15: a parameter that is left out counts with its default
const parameterDefaults: Readonly<Record<string, Entries>> = {
  'kms:createkey': [
    ['kms:keyspec', 'SYMMETRIC_DEFAULT'],
    ['kms:customermasterkeyspec', 'SYMMETRIC_DEFAULT'],
    ['kms:keyusage', 'ENCRYPT_DECRYPT'],
    ['kms:customermasterkeyusage', 'ENCRYPT_DECRYPT'],
    ['kms:keyorigin', 'AWS_KMS'],
    ['kms:multiregion', 'false'],
  ],
  'kms:sign': [['kms:messagetype', 'RAW']],
  'kms:verify': [['kms:messagetype', 'RAW']],
  'kms:schedulekeydeletion': [['kms:schedulekeydeletionpendingwindowindays', '30']],
};

function encryptionContextKeys(context: Context): readonly Text[] | undefined {
  const prefix = 'kms:encryptioncontext:';
  const keys = [...context.keys()].filter((name) => name.startsWith(prefix));
  return keys.length === 0 ? undefined : keys.map((name) => name.slice(prefix.length));
}

// SOURCE: facts evaluation 13.22
function isForAwsResource({ caller, context, action }: Request): ContextValue {
  if (context.has('kms:viaservice')) return 'true';
  const alternatives = [undefined, 'false', ...(caller.kind === 'service' ? ['true'] : [])];
  return {
    ...unknownAttribute(action, '`kms:GrantIsForAWSResource` of a direct call'),
    alternatives,
  };
}

const reEncryptsOnSameKey: ContextValue = {
  ...unknownAttribute('ReEncrypt', 'whether source and destination are the same key'),
  alternatives: ['true', 'false'],
};

function keyEntries(inventory: Inventory, request: Request, key: Key | undefined): Entries {
  const isOnKey = findAction(request.action)?.operation.resources.includes('key') ?? true;
  if (!isOnKey || parseArn(request.resource)?.resource.startsWith('alias/') === true) return [];
  const of = key?.arn ?? request.resource;
  const spec = key?.spec ?? unknownAttribute(of, 'the key spec');
  const usage = key?.usage ?? usageOf(key?.spec) ?? unknownAttribute(of, 'the key usage');
  return [
    ['kms:keyspec', spec],
    ['kms:customermasterkeyspec', spec],
    ['kms:keyusage', usage],
    ['kms:customermasterkeyusage', usage],
    ['kms:keyorigin', key?.origin ?? unknownAttribute(of, 'the origin of the key material')],
    ...multiRegionEntries(of, key),
    ['kms:resourcealiases', aliasesOf(inventory, of, key)],
    ...tagEntries(of, key?.tags, 'the tags of the key'),
  ];
}

/** Specs that have one usage only. */
function usageOf(spec: string | undefined): string | undefined {
  if (spec === 'SYMMETRIC_DEFAULT') return 'ENCRYPT_DECRYPT';
  if (spec?.startsWith('HMAC_') === true) return 'GENERATE_VERIFY_MAC';
  if (spec?.startsWith('ML_DSA_') === true) return 'SIGN_VERIFY';
  if (spec?.startsWith('ML_KEM_') === true) return 'ENCAPSULATE_DECAPSULATE';
  return undefined;
}

function multiRegionEntries(of: Text, key: Key | undefined): Entries {
  const id =
    key === undefined ? (parseArn(of)?.resource.replace(/^key\//, '') ?? of) : keyIdOf(key);
  const type = unknownAttribute(of, 'whether the multi-Region key is the primary');
  switch (key?.multiRegion) {
    case 'no':
      return [['kms:multiregion', 'false']];
    case 'primary':
    case 'replica':
      return [
        ['kms:multiregion', 'true'],
        ['kms:multiregionkeytype', key.multiRegion.toUpperCase()],
      ];
    case undefined:
      // SOURCE: facts kms-authz 107: the ids of multi-Region keys, and no others, begin with `mrk-`
      if (id.startsWith('mrk-'))
        return [
          ['kms:multiregion', 'true'],
          ['kms:multiregionkeytype', type],
        ];
      if (!hasHole(id)) return [['kms:multiregion', 'false']];
      return [
        ['kms:multiregion', unknownAttribute(of, 'whether the key is a multi-Region key')],
        ['kms:multiregionkeytype', type],
      ];
  }
}

function aliasesOf(inventory: Inventory, of: Text, key: Key | undefined): ContextValue | undefined {
  const aliases = key && findAliases(inventory, key);
  if (aliases === undefined) return unknownAttribute(of, 'the aliases of the key');
  return aliases.length === 0 ? undefined : aliases;
}

function tagEntries(of: Text, tags: Key['tags'], detail: string): Entries {
  if (tags === undefined) return [['aws:resourcetag/*', unknownAttribute(of, detail)]];
  return [...tags].map(([tag, value]) => [`aws:resourcetag/${tag.toLowerCase()}`, value]);
}
