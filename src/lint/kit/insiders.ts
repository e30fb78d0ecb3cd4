import type { PartialRequest } from '../../authorization/answers/index.js';
import { canCarry } from '../../facts/index.js';
import {
  findPrincipals,
  isComplete,
  parseCaller,
  type Inventory,
  type Key,
} from '../../inventory/index.js';
import type { PrincipalForm, Statement } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import { rootBeside, roleBeside, withActors, type Actor } from './actors.js';
import { circumstancesFor, plainly, type Freedom } from './circumstances.js';
import { insiderFreedom, namedFreedom } from './freedom.js';
import { questionOf } from './questions.js';
import { covers, principalsOf, statementsIn } from './statements.js';
import type { Try } from './tries.js';

/**
 * Tries of an action on a key by everybody in the key's account who may be able to, one list a caller:
 * its root user, an administrator, whose IAM policies allow everything and who has whatever name, tags
 * and network conditions ask for, and those whom the key policy names. The lists are made when they are
 * asked for, as the first tries tend to tell.
 */
export function* insiderTries(
  inventory: Inventory,
  key: Key,
  action: string,
): Iterable<Iterable<Try>> {
  const statements = statementsIn(key.policy).filter(
    (statement) => covers(statement, action) !== false,
  );
  const triesBy = function* (caller: Text, freedom: Freedom): Iterable<Try> {
    const one = { caller, action, key: key.arn };
    yield { ...one, circumstances: plainly };
    const possible: Freedom = (name) =>
      canCarry(action, name) && !isOfServices(name) ? freedom(name) : 'nothing';
    const [, ...others] = circumstancesFor(statements, possible);
    for (const circumstances of others) yield { ...one, circumstances };
  };
  yield triesBy(rootBeside(key), namedFreedom);
  yield triesBy(administratorOf(key).arn, insiderFreedom);
  for (const arn of namedInsiders(inventory, key, statements)) yield triesBy(arn, namedFreedom);
}

/**
 * The questions that together ask whether anybody in the key's account may do an action with the key: its
 * root user, whom the key policy names, and administrators as a stage has them, who may be anybody else
 * with whatever name and tags.
 */
export function insiderQuestions(
  inventory: Inventory,
  key: Key,
  action: string,
): readonly PartialRequest[] {
  const named = namedInsiders(inventory, key, statementsIn(key.policy));
  const asking = (caller: Text, chosen: readonly string[]): PartialRequest =>
    questionOf({ caller, action, key: key.arn }, { absent: ofServices, chosen });
  return [
    ...administratorsOf(key).map(({ arn }) => asking(arn, attributes)),
    ...[rootBeside(key), ...named].map((arn) => asking(arn, [])),
  ];
}

const attributes = ['aws:principalarn', 'aws:principaltag/', 'aws:username'];

/** Services that call KMS for others use keys; they do not administer them. */
function isOfServices(name: string): boolean {
  // That a service calls follows from `kms:ViaService`.
  return ofServices.includes(name) || name === 'aws:viaawsservice';
}

const ofServices: readonly string[] = [
  'kms:viaservice',
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
];

/** Somebody of the key's account whose IAM policies allow everything. */
export function administratorOf(key: Key): Actor {
  return { arn: roleBeside(key, 'some-administrator'), may: 'everything' };
}

/** The inventory with administrators for a key: a role and a user. */
export function withAdministrator(inventory: Inventory, key: Key): Inventory {
  return withActors(inventory, administratorsOf(key));
}

function administratorsOf(key: Key): readonly Actor[] {
  const role = administratorOf(key);
  return [role, { ...role, arn: role.arn.replace(/:role\//, ':user/') }];
}

/**
 * The inventory with no other policies than key policies: what those of IAM and of the organization
 * forbid, they can also allow again.
 */
export function withKeyPoliciesOnly(inventory: Inventory): Inventory {
  return {
    ...inventory,
    principals: inventory.principals.map((principal) => ({
      ...principal,
      policies: [],
      groups: [],
      boundary: 'none',
    })),
    accounts: inventory.accounts.map((account) => {
      const { scps, rcps, ...rest } = account;
      return scps === undefined && rcps === undefined ? account : rest;
    }),
  };
}

/** The principals of the key's account that an Allow names and that exist, by ARN. */
function namedInsiders(
  inventory: Inventory,
  key: Key,
  statements: readonly Statement[],
): readonly Text[] {
  const named = statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => principalsOf(statement).map(({ form }) => form))
    .flatMap((form) => ('account' in form && form.account === key.account ? arnOf(form) : []));
  return [...new Set(named)].filter((arn) => exists(inventory, arn));
}

function arnOf(form: PrincipalForm): readonly Text[] {
  switch (form.kind) {
    case 'user':
    case 'role':
    case 'role-session':
    case 'federated-user':
      return [form.arn];
    case 'account':
    case 'everyone':
    case 'service':
    case 'provider':
    case 'canonical-user':
    case 'unique-id':
    case 'unresolved':
    case 'invalid':
      return [];
  }
}

/** A principal that a policy names exists, unless all there are were listed and it is not among them. */
export function exists(inventory: Inventory, arn: Text): boolean {
  const caller = parseCaller(arn);
  if (caller?.kind !== 'user' && caller?.kind !== 'role-session') return caller !== undefined;
  if (findPrincipals(inventory, caller).length > 0) return true;
  return !isComplete(inventory, caller.account, 'principals');
}
