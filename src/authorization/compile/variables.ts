import { canCarry, findConditionKey } from '../../facts/index.js';
import { findAliases, findValue } from '../../inventory/index.js';
import type { Variable } from './atoms.js';
import {
  encryptionAlgorithm,
  encryptionContextKeys,
  grantIsForAwsResource,
  grantable,
  pairOfContext,
  viaAwsService,
  viaService,
  waitingDays,
} from './call-keys.js';
import {
  anyNameOf,
  callerAccountId,
  organizationOf,
  organizationPathOf,
  principalArn,
  principalPaths,
  principalTag,
  principalType,
  userId,
  userName,
} from './caller-keys.js';
import {
  absent,
  always,
  constant,
  fixed,
  flag,
  open,
  optional,
  optionalFlag,
  unknownAttribute,
  unknownValue,
} from './key-value.js';
import type { KeyValue, Rule } from './key-value.js';
import {
  carried,
  ofKey,
  ofKms,
  ofPrincipal,
  ofService,
  ofSymmetricKey,
  unlessGiven,
} from './occasions.js';
import { isOfAddress, isOfEndpoint } from './path.js';
import type { Question } from './question.js';
import {
  keyAttribute,
  multiRegionType,
  ownerOf,
  requestAlias,
  resourceTag,
} from './resource-keys.js';

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

const chosenRule: Rule = ({ request: { caller } }, spelling) => {
  if (spelling.toLowerCase() === 'aws:principalarn' && 'account' in caller)
    return open(spelling, { always: true, pattern: anyNameOf(caller) });
  return open(spelling, /alias/i.test(spelling) ? { pattern: 'alias/*' } : { mayBeEmpty: true });
};

// Keys of other services never come with a request to KMS; a session's identity provider's may.
function existsForService({ service, request }: Question, name: string): boolean {
  const prefix = name.slice(0, Math.max(name.indexOf(':'), 0));
  if (prefix === service) return service !== 'kms';
  if (request.caller.kind !== 'role-session') return false;
  return findConditionKey(name) !== undefined || /^(saml|.*\..*)$/.test(prefix);
}

const exactRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['aws:principalarn', principalArn],
  ['aws:principalaccount', (question) => fixed(callerAccountId(question))],
  ['aws:principaltype', principalType],
  [
    'aws:principalorgid',
    (question, spelling) =>
      organizationOf(question.callerAccount, callerAccountId(question), spelling),
  ],
  ['aws:principalorgpaths', principalPaths],
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
  ['aws:username', userName],
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

/** The keys that every such request has, with values that are open. */
export function openInEvery(question: Question): readonly Variable[] {
  return [...exactRules.keys()].flatMap((name) => {
    const value = valueOf(question, name);
    return value.kind === 'open' && value.variable.domain.always ? [value.variable] : [];
  });
}
