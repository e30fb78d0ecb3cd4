import { canCarry, findConditionKey, operations } from '../../facts/index.js';
import {
  encryptionContextOf,
  findAliases,
  findPrincipal,
  findValue,
  isComplete,
  parseCaller,
} from '../../inventory/index.js';
import type { Account, Caller, ContextValue, Missing } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import { hasHole, hole } from '../../source/index.js';
import { parseArn } from '../../policy/index.js';
import type { Domain, Variable } from './atoms.js';
import { isOfAddress, isOfEndpoint } from './path.js';
import type { Question } from './question.js';

/** What a question says about one condition key. */
export type KeyValue =
  | { readonly kind: 'constant'; readonly value: Text | readonly Text[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'open'; readonly variable: Variable }
  /** It follows from whether the request has another key. */
  | {
      readonly kind: 'follows';
      readonly spelling: string;
      readonly present: Settled;
      /** Several: it is one of them, and nobody can tell which. */
      readonly absent: readonly Settled[];
    };

/** A value that no request chooses. */
export type Settled =
  { readonly kind: 'constant'; readonly value: Text } | { readonly kind: 'absent' };

const absent: KeyValue = { kind: 'absent' };

/** The value of a condition key in a question: fixed by the parties, absent, or open. */
export function valueOf(question: Question, spelling: string): KeyValue {
  const name = spelling.toLowerCase();
  const given = findValue(question.request.context, spelling);
  if (given !== undefined) {
    if (typeof given === 'object' && 'unknown' in given) {
      // What can turn out in one way only is known, above all that a key is absent.
      if (given.alternatives?.length !== 1) return unknownValue(name, spelling, given.unknown);
      const [only] = given.alternatives;
      return only === undefined ? absent : constant(only);
    }
    return constant(given);
  }
  const { absent: lacking = [], chosen = [] } = question.request;
  if (isAmong(lacking, name)) return absent;
  if (isAmong(chosen, name)) return carried(chosenRule)(question, spelling);
  const rule = exactRules.get(name) ?? prefixRule(name);
  if (rule !== undefined) return rule(question, spelling);
  return existsForService(question, name) ? optional(spelling) : absent;
}

function isAmong(names: readonly string[], name: string): boolean {
  return names.some((one) => (one.endsWith('/') ? name.startsWith(one) : name === one));
}

type Rule = (question: Question, spelling: string) => KeyValue;

function constant(value: Text | readonly Text[]): KeyValue {
  return { kind: 'constant', value };
}

function fixed(value: Text | undefined): KeyValue {
  return value === undefined ? absent : constant(value);
}

function open(spelling: string, domain: Partial<Domain>): KeyValue {
  const name = spelling.toLowerCase();
  return {
    kind: 'open',
    variable: {
      name,
      spelling,
      multivalued: findConditionKey(spelling)?.multivalued ?? false,
      domain: { always: false, mayBeEmpty: false, ...domain },
    },
  };
}

const optional = (spelling: string): KeyValue => open(spelling, {});
const chosenRule: Rule = ({ request: { caller } }, spelling) => {
  if (spelling.toLowerCase() === 'aws:principalarn' && 'account' in caller)
    return open(spelling, { always: true, pattern: anyNameOf(caller) });
  return open(spelling, /alias/i.test(spelling) ? { pattern: 'alias/*' } : { mayBeEmpty: true });
};
const always = (spelling: string): KeyValue => open(spelling, { always: true });
const optionalRule: Rule = (_, spelling) => optional(spelling);
const flag: Rule = (_, spelling) => open(spelling, { always: true, values: ['true', 'false'] });
const optionalFlag: Rule = (_, spelling) => open(spelling, { values: ['true', 'false'] });

function unknownValue(
  name: string,
  spelling: string,
  missing: Missing,
  multivalued = false,
): KeyValue {
  return {
    kind: 'open',
    variable: {
      name,
      spelling,
      multivalued,
      domain: { always: false, mayBeEmpty: true },
      missing,
    },
  };
}

function unknownAttribute(spelling: string, of: Text, detail: string): KeyValue {
  const multivalued = findConditionKey(spelling)?.multivalued ?? false;
  return unknownValue(
    spelling.toLowerCase(),
    spelling,
    { layer: 'attribute', of, detail },
    multivalued,
  );
}

// Keys of other services never come with a request to KMS; a session's identity provider's may.
function existsForService({ service, request }: Question, name: string): boolean {
  const prefix = name.slice(0, Math.max(name.indexOf(':'), 0));
  if (prefix === service) return service !== 'kms';
  if (request.caller.kind !== 'role-session') return false;
  return findConditionKey(name) !== undefined || /^(saml|.*\..*)$/.test(prefix);
}

function carried(rule: Rule): Rule {
  return ofKms((question, spelling) =>
    canCarry(question.action, spelling) ? rule(question, spelling) : absent,
  );
}

/** KMS's own condition keys come with requests to KMS; any other may come with those to other services. */
function ofKms(rule: Rule): Rule {
  return (question, spelling) =>
    question.service === 'kms' || !spelling.toLowerCase().startsWith('kms:')
      ? rule(question, spelling)
      : absent;
}

/** Rules for callers that are IAM principals; absent for services and anonymous callers. */
function ofPrincipal(rule: Rule): Rule {
  return (question, spelling) =>
    'account' in question.request.caller ? rule(question, spelling) : absent;
}

/** Optional, and absent where the request has a key that excludes it. */
function unlessGiven(excludes: (name: string) => boolean): Rule {
  return ({ request: { context } }, spelling) =>
    [...context].some(([name, value]) => excludes(name) && !isUnknown(value))
      ? absent
      : optional(spelling);
}

function isUnknown(value: ContextValue): boolean {
  return typeof value === 'object' && 'unknown' in value;
}

function ofService(rule: Rule): Rule {
  return (question, spelling) =>
    question.request.caller.kind === 'service' ? rule(question, spelling) : absent;
}

/** Rules for attributes of the key that the request is about. */
function ofKey(rule: (question: Question, spelling: string) => KeyValue): Rule {
  return carried((question, spelling) =>
    question.service === 'kms' ? rule(question, spelling) : absent,
  );
}

function keyAttribute(attribute: 'spec' | 'usage' | 'origin'): Rule {
  return ofKey((question, spelling) => {
    if (question.action === 'kms:createkey') return always(spelling);
    const value =
      question.key?.[attribute] ??
      (attribute === 'usage' ? onlyUsageOf(question.key?.spec) : undefined);
    return value === undefined
      ? unknownAttribute(spelling, question.request.resource, `the ${attribute} of the key`)
      : constant(value);
  });
}

/** The usage of specs that have only one. */
function onlyUsageOf(spec: string | undefined): string | undefined {
  if (spec === 'SYMMETRIC_DEFAULT') return 'ENCRYPT_DECRYPT';
  if (spec?.startsWith('HMAC_') === true) return 'GENERATE_VERIFY_MAC';
  if (spec?.startsWith('ML_DSA_') === true) return 'SIGN_VERIFY';
  if (spec?.startsWith('ML_KEM_') === true) return 'ENCAPSULATE_DECAPSULATE';
  return undefined;
}

function organizationOf(
  account: Account | undefined,
  id: Text | undefined,
  spelling: string,
): KeyValue {
  if (id === undefined) return absent;
  const known = account?.organization;
  return known === undefined
    ? unknownAttribute(spelling, id, 'the organization of the account')
    : constant(known);
}

function organizationPathOf(
  account: Account | undefined,
  id: Text | undefined,
  spelling: string,
): KeyValue {
  if (id === undefined) return absent;
  if (account?.organization === undefined || account.organizationPath === undefined) {
    return unknownAttribute(spelling, id, 'the organization path of the account');
  }
  return constant([`${[account.organization, ...account.organizationPath].join('/')}/`]);
}

// What has no resource has no owner.
function ownerOf({ ownerId, request }: Question): Text | undefined {
  return request.resource === '*' ? undefined : ownerId;
}

function callerAccountId({ request: { caller } }: Question): Text | undefined {
  return 'account' in caller ? caller.account : undefined;
}

const principalArn: Rule = ({ request: { caller } }) => {
  switch (caller.kind) {
    case 'root':
    case 'user':
    case 'federated-user':
      return constant(caller.arn);
    case 'role-session':
      return constant(caller.roleArn);
    case 'provider':
    case 'service':
    case 'anonymous':
      return absent;
  }
};

/** The ARN of any principal of a caller's kind and account: whoever it is has one. */
function anyNameOf(caller: Extract<Caller, { readonly account: Text }>): Text {
  const arn = caller.kind === 'role-session' ? caller.roleArn : caller.arn;
  return arn.replace(/^([^/]*\/).*$/, '$1?*');
}

const principalType: Rule = ({ request: { caller } }) => {
  switch (caller.kind) {
    case 'root':
      return constant('Account');
    case 'user':
      return constant('User');
    case 'federated-user':
      return constant('FederatedUser');
    case 'role-session':
      return constant('AssumedRole');
    case 'anonymous':
      return constant('Anonymous');
    case 'provider':
    case 'service':
      return absent;
  }
};

// SOURCE: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
/** A pattern that the name of every role session matches: it has at least two characters. */
export const anySessionName = '??*';

const userId: Rule = ({ request: { caller }, principal }, spelling) => {
  switch (caller.kind) {
    case 'root':
      return constant(caller.account);
    case 'user':
      return constant(principal?.uniqueId ?? hole('request', `unique id of ${caller.arn}`));
    case 'federated-user':
      return constant(`${caller.account}:${caller.name}`);
    case 'role-session': {
      const id = principal?.uniqueId;
      if (caller.session !== undefined) {
        return constant(
          `${id ?? hole('request', `unique id of ${caller.roleArn}`)}:${caller.session}`,
        );
      }
      return id === undefined
        ? unknownAttribute(spelling, caller.roleArn, 'the unique id of the role')
        : open(spelling, { always: true, pattern: `${id}:${anySessionName}` });
    }
    case 'provider':
    case 'service':
    case 'anonymous':
      return absent;
  }
};

const principalTag: Rule = (question, spelling) => {
  const { inventory, request, principal } = question;
  const { caller } = request;
  const tag = spelling.slice('aws:PrincipalTag/'.length);
  switch (caller.kind) {
    case 'root':
    case 'provider':
    case 'service':
    case 'anonymous':
      return absent;
    case 'federated-user':
      return open(spelling, { mayBeEmpty: true });
    case 'user':
    case 'role-session': {
      if (question.maySetTag(tag)) {
        // A session's tag takes the place of the role's, which nothing takes away.
        const isTagged = tagOf(principal?.tags ?? new Map(), tag) !== undefined;
        return open(spelling, { mayBeEmpty: true, always: isTagged });
      }
      if (principal === undefined && isComplete(inventory, caller.account, 'principals'))
        return absent;
      const of = caller.kind === 'user' ? caller.arn : caller.roleArn;
      // Nobody knows what a session brings where the trust policy was not supplied.
      if (
        caller.kind === 'role-session' &&
        request.assume === 'nothing' &&
        principal?.trust === undefined
      )
        return unknownAttribute(spelling, of, 'the session tags');
      if (principal?.tags === undefined)
        return unknownAttribute(spelling, of, 'the tags of the principal');
      return fixed(tagOf(principal.tags, tag));
    }
  }
};

/** A tag by its key, which condition keys compare without case. */
export function tagOf(tags: ReadonlyMap<Text, Text>, name: string): Text | undefined {
  const exact = tags.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [key, value] of tags) if (key.toLowerCase() === lower) return value;
  return undefined;
}

const requestAlias: Rule = carried(({ inventory, key }, spelling) => {
  const aliases = key && findAliases(inventory, key);
  if (aliases === undefined) return open(spelling, { pattern: 'alias/*' });
  return aliases.length === 0 ? absent : open(spelling, { values: aliases });
});

// SOURCE: facts kms-authz 107: the ids of multi-Region keys, and no others, begin with `mrk-`
function multiRegionType({
  key,
  request,
}: Question): 'no' | 'primary' | 'replica' | 'some' | undefined {
  if (key?.multiRegion !== undefined) return key.multiRegion;
  const id = parseArn(request.resource)?.resource.replace(/^key\//, '') ?? request.resource;
  if (id.startsWith('mrk-')) return 'some';
  return hasHole(id) ? undefined : 'no';
}

const symmetricOnly = new Set([
  'kms:generatedatakey',
  'kms:generatedatakeypair',
  'kms:generatedatakeypairwithoutplaintext',
  'kms:generatedatakeywithoutplaintext',
]);

const encryptionAlgorithm: Rule = carried(({ key, action }, spelling) => {
  if (symmetricOnly.has(action) || key?.spec === 'SYMMETRIC_DEFAULT')
    return constant('SYMMETRIC_DEFAULT');
  if (key?.spec === 'SM2') return constant('SM2PKE');
  const asymmetric = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
  if (key?.spec !== undefined) return open(spelling, { always: true, values: asymmetric });
  return open(spelling, { always: true, values: ['SYMMETRIC_DEFAULT', ...asymmetric, 'SM2PKE'] });
});

/** Encryption context comes with symmetric keys only. */
function ofSymmetricKey(rule: Rule): Rule {
  return carried((question, spelling) => {
    const spec = question.key?.spec;
    return spec === undefined || spec === 'SYMMETRIC_DEFAULT' ? rule(question, spelling) : absent;
  });
}

// Pairs that are given are among the names, whatever others there are.
const encryptionContextKeys: Rule = (question, spelling) => {
  const given = [...encryptionContextOf(question.request.context).keys()];
  const required = given.filter((name) => name !== '*');
  if (required.length > 0) return open(spelling, { always: true, required });
  return ofSymmetricKey(optionalRule)(question, spelling);
};

// Where the names are given, there are no others.
const pairOfContext: Rule = ({ request: { context } }, spelling) => {
  const names = context.get('kms:encryptioncontextkeys');
  const name = spelling.slice('kms:EncryptionContext:'.length).toLowerCase();
  return Array.isArray(names) && !names.some((one: Text) => one.toLowerCase() === name)
    ? absent
    : open(spelling, { mayBeEmpty: true });
};

const viaService: Rule = carried(
  ofPrincipal(({ region }, spelling) =>
    open(spelling, { pattern: `*.${region ?? '*'}.amazonaws.com` }),
  ),
);

function truth(value: 'true' | 'false'): Settled {
  return { kind: 'constant', value };
}

// SOURCE: facts evaluation 13.22
const viaAwsService: Rule = (question, spelling) => {
  const {
    service,
    request: { caller },
  } = question;
  if (caller.kind === 'service') return constant('false');
  if (!('account' in caller)) return absent;
  if (service !== 'kms') return flag(question, spelling);
  return {
    kind: 'follows',
    spelling: 'kms:ViaService',
    present: truth('true'),
    absent: [truth('false')],
  };
};

// SOURCE: facts evaluation 13.22: false or absent on a direct call, which no document settles
const grantIsForAwsResource: Rule = ({ request: { caller } }) => ({
  kind: 'follows',
  spelling: 'kms:ViaService',
  present: truth('true'),
  absent: [
    { kind: 'absent' },
    truth('false'),
    ...(caller.kind === 'service' ? [truth('true')] : []),
  ],
});

// SOURCE: https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
const waitingDays = Array.from({ length: 24 }, (_, index) => String(index + 7));

const exactRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['aws:principalarn', principalArn],
  ['aws:principalaccount', (question) => fixed(callerAccountId(question))],
  ['aws:principaltype', principalType],
  [
    'aws:principalorgid',
    (question, spelling) =>
      organizationOf(question.callerAccount, callerAccountId(question), spelling),
  ],
  [
    'aws:principalorgpaths',
    (question, spelling) =>
      organizationPathOf(question.callerAccount, callerAccountId(question), spelling),
  ],
  [
    'aws:principalisawsservice',
    ({ request: { caller } }) => constant(caller.kind === 'service' ? 'true' : 'false'),
  ],
  [
    'aws:principalservicename',
    ofService(({ request: { caller } }) =>
      caller.kind === 'service' ? constant(caller.name) : absent,
    ),
  ],
  ['aws:principalservicenameslist', ofService((_, spelling) => optional(spelling))],
  ['aws:userid', userId],
  [
    'aws:username',
    ({ request: { caller } }) => (caller.kind === 'user' ? constant(caller.name) : absent),
  ],
  ['kms:calleraccount', carried((question) => fixed(callerAccountId(question)))],
  [
    'aws:requestedregion',
    ({ region }, spelling) =>
      region === undefined || region === '' ? always(spelling) : constant(region),
  ],
  ['aws:resourceaccount', (question) => fixed(ownerOf(question))],
  [
    'aws:resourceorgid',
    (question, spelling) => organizationOf(question.ownerAccount, ownerOf(question), spelling),
  ],
  [
    'aws:resourceorgpaths',
    (question, spelling) => organizationPathOf(question.ownerAccount, ownerOf(question), spelling),
  ],
  ['kms:keyspec', keyAttribute('spec')],
  ['kms:customermasterkeyspec', keyAttribute('spec')],
  ['kms:keyusage', keyAttribute('usage')],
  ['kms:customermasterkeyusage', keyAttribute('usage')],
  ['kms:keyorigin', keyAttribute('origin')],
  [
    'kms:multiregion',
    ofKey((question, spelling) => {
      if (question.action === 'kms:createkey') return flag(question, spelling);
      const type = multiRegionType(question);
      return type === undefined
        ? unknownAttribute(
            spelling,
            question.request.resource,
            'whether the key is a multi-Region key',
          )
        : constant(type === 'no' ? 'false' : 'true');
    }),
  ],
  [
    'kms:multiregionkeytype',
    ofKey((question, spelling) => {
      if (question.action === 'kms:createkey') return optional(spelling);
      const type = multiRegionType(question);
      if (type === undefined || type === 'some') {
        return unknownAttribute(
          spelling,
          question.request.resource,
          'whether the multi-Region key is the primary',
        );
      }
      return type === 'no' ? absent : constant(type.toUpperCase());
    }),
  ],
  [
    'kms:resourcealiases',
    ofKey(({ inventory, key, request }, spelling) => {
      const aliases = key && findAliases(inventory, key);
      if (aliases === undefined) {
        return unknownAttribute(spelling, request.resource, 'the aliases of the key');
      }
      return aliases.length === 0 ? absent : constant(aliases);
    }),
  ],
  ['kms:requestalias', requestAlias],
  ['kms:encryptionalgorithm', encryptionAlgorithm],
  ['kms:encryptioncontextkeys', encryptionContextKeys],
  ['kms:viaservice', viaService],
  [
    'kms:grantoperations',
    carried((_, spelling) => open(spelling, { always: true, values: grantable })),
  ],
  ['kms:bypasspolicylockoutsafetycheck', carried(optionalFlag)],
  ['kms:reencryptonsamekey', carried(flag)],
  ['aws:viaawsservice', viaAwsService],
  ['kms:grantisforawsresource', carried(grantIsForAwsResource)],
  [
    'kms:messagetype',
    carried((_, spelling) =>
      open(spelling, { always: true, values: ['RAW', 'DIGEST', 'EXTERNAL_MU'] }),
    ),
  ],
  [
    'kms:schedulekeydeletionpendingwindowindays',
    carried((_, spelling) => open(spelling, { always: true, values: waitingDays })),
  ],
  [
    'aws:securetransport',
    (question, spelling) =>
      question.service === 'kms' ? constant('true') : flag(question, spelling),
  ],
  ['aws:currenttime', () => always('aws:CurrentTime')],
  // The same instant under another name, and written as seconds: one variable stands for both.
  ['aws:epochtime', () => always('aws:CurrentTime')],
  ['aws:sourceip', unlessGiven(isOfEndpoint)],
  ['aws:vpcsourceip', unlessGiven(isOfAddress)],
  ['aws:sourcevpc', unlessGiven(isOfAddress)],
  ['aws:sourcevpce', unlessGiven(isOfAddress)],
  ['aws:sourcearn', ofService((_, spelling) => optional(spelling))],
  ['aws:sourceaccount', ofService((_, spelling) => optional(spelling))],
  ['aws:sourceorgid', ofService((_, spelling) => optional(spelling))],
  ['aws:sourceorgpaths', ofService((_, spelling) => optional(spelling))],
  ['aws:multifactorauthpresent', ofPrincipal(optionalFlag)],
  ['aws:multifactorauthage', ofPrincipal((_, spelling) => optional(spelling))],
  [
    'aws:tokenissuetime',
    ofPrincipal(({ request: { caller } }, spelling) =>
      caller.kind === 'role-session' ? always(spelling) : optional(spelling),
    ),
  ],
  ['aws:calledvia', ofPrincipal((_, spelling) => optional(spelling))],
  ['aws:calledviafirst', ofPrincipal((_, spelling) => optional(spelling))],
  ['aws:calledvialast', ofPrincipal((_, spelling) => optional(spelling))],
  ['aws:useragent', (_, spelling) => optional(spelling)],
  ['aws:referer', (_, spelling) => optional(spelling)],
  ['aws:tagkeys', carried((_, spelling) => optional(spelling))],
]);

/** The keys that every such request has, with values that are open. */
export function openInEvery(question: Question): readonly Variable[] {
  return [...exactRules.keys()].flatMap((name) => {
    const value = valueOf(question, name);
    return value.kind === 'open' && value.variable.domain.always ? [value.variable] : [];
  });
}

const grantable = [
  ...new Set(Object.values(operations).flatMap(({ grantOperations = [] }) => grantOperations)),
];

function prefixRule(name: string): Rule | undefined {
  if (name.startsWith('aws:principaltag/')) return principalTag;
  if (name.startsWith('aws:resourcetag/')) return resourceTag;
  if (name.startsWith('aws:requesttag/'))
    return carried((_, spelling) => open(spelling, { mayBeEmpty: true }));
  if (name.startsWith('kms:encryptioncontext:')) return ofSymmetricKey(pairOfContext);
  // Parameters of one operation, and attestation: open where the operation has them.
  if (name.startsWith('kms:'))
    return ofKms((question, spelling) =>
      findConditionKey(spelling) !== undefined && canCarry(question.action, spelling)
        ? optional(spelling)
        : absent,
    );
  return undefined;
}

const resourceTag: Rule = (question, spelling) => {
  if (question.service !== 'kms') return tagOfPrincipal(question, spelling);
  if (!canCarry(question.action, spelling)) return absent;
  const { key, request } = question;
  if (key?.tags === undefined)
    return unknownAttribute(spelling, request.resource, 'the tags of the key');
  return fixed(tagOf(key.tags, spelling.slice('aws:ResourceTag/'.length)));
};

// The tags of a user or role that the request is about; of other resources nothing is known.
function tagOfPrincipal({ inventory, request }: Question, spelling: string): KeyValue {
  if (request.resource === '*') return absent;
  const about = parseCaller(request.resource);
  const tags = about && findPrincipal(inventory, about)?.tags;
  return tags === undefined
    ? unknownAttribute(spelling, request.resource, 'the tags of the resource')
    : fixed(tagOf(tags, spelling.slice('aws:ResourceTag/'.length)));
}
