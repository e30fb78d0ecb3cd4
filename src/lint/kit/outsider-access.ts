import type { PartialRequest } from '../../authorization/answers/index.js';
import { worksAcrossAccounts } from '../../facts/index.js';
import type { Inventory, Key } from '../../inventory/index.js';
import type { Condition, Statement } from '../../policy/index.js';
import { findKey } from '../../inventory/index.js';
import { hasHole, type Text } from '../../source/index.js';
import type { Expectations, FastCheck, Scenario, Unsimulated } from '../rule.js';
import { contextOfActor, outsiders, withActors, type Actor } from './actors.js';
import { isSuccess, simulatedActions, stageFor, stepsOf, triableActions } from './calls.js';
import { circumstancesFor } from './circumstances.js';
import { outsiderFreedom } from './freedom.js';
import { isPossible, movedTo, regionOfService, withKeyMoved } from './possible.js';
import { questionOf } from './questions.js';
import { scopeTo } from './scope.js';
import { covers, principalsOf, statementsIn } from './statements.js';
import { findAllowed, type Try } from './tries.js';

/** What somebody from a strange account can do with a key by reason of one statement. */
export interface OutsiderAccess {
  /** The most harmful action that is allowed, by the plainest request that shows it. */
  readonly found: Try;
  /** Other requests that may show it. */
  readonly tries: readonly Try[];
  readonly actors: readonly Actor[];
  /**
   * Where the key is presumed to be, as no input says it: in the Region of the service that a condition
   * asks for, since elsewhere the statement would be without effect.
   */
  readonly region?: Text;
}

/**
 * Lets outsiders try what a statement of a key policy allows to everyone, with all other Allow
 * statements out of the way; `undefined` where none gets through, or where that cannot be known.
 */
export function findOutsiderAccess(
  inventory: Inventory,
  key: Key,
  statement: Statement,
  expectations: Expectations,
): OutsiderAccess | undefined {
  if (statement.effect === 'Deny' || !isForEveryone(statement)) return undefined;
  if (statement.conditions.some(isOutOfReach)) return undefined;
  const actors = outsiders(inventory, key, expectations, identitiesIn(statement.conditions));
  const tries = triesOf(key, statement, actors);
  const alone = withActors(withOnly(scopeTo(inventory, key), key, statement), actors);
  const found = findAllowed(alone, tries);
  if (found === undefined) return undefined;
  const region = hasHole(key.region) ? regionOfService(found.circumstances) : undefined;
  return { found, tries, actors, ...(region === undefined ? {} : { region }) };
}

/** Whether a condition asks for what no stranger has, whatever else there is. A short cut only. */
function isOutOfReach({ key, operator, values }: Condition): boolean {
  const { family, negated, ifExists, quantifier } = operator;
  if (family === 'Null' || negated || ifExists || quantifier === 'ForAllValues') return false;
  return (
    /^(kms:calleraccount|aws:principal(account|orgid)|aws:source(arn|account|orgid|owner))$/i.test(
      key,
    ) && values.every(({ text }) => !/[*?]/.test(text))
  );
}

function isForEveryone(statement: Statement): boolean {
  if (statement.principal?.negated === true) return true;
  return principalsOf(statement).some(({ form }) => form.kind === 'everyone');
}

/** Roles and users that an outsider can create to look like those that conditions ask for. */
function identitiesIn(conditions: readonly Condition[]): readonly string[] {
  const asked = conditions.flatMap(({ key, values }) => {
    const name = key.toLowerCase();
    if (name === 'aws:username') return values.map(({ text }) => `user/${plainName(text)}`);
    return name === 'aws:principalarn' ? values.map(({ text }) => identityLike(text)) : [];
  });
  const possible = asked.filter((name) => /^(role|user)\/[\w+=,.@/-]+$/.test(name));
  return [...new Set(['role/outsider', 'user/outsider', ...possible])];
}

/** The end of a pattern for ARNs, as the name of a role where it does not say of what. */
function identityLike(pattern: Text): string {
  const end = plainName(/[^:]*$/.exec(pattern)?.[0] ?? '').replace(/^x(?=role\/|user\/)/, '');
  return /^(role|user)\//.test(end) ? end : `role/${end}`;
}

function plainName(pattern: Text): string {
  return pattern.replace(/[*?]/g, 'x');
}

function triesOf(key: Key, statement: Statement, actors: readonly Actor[]): readonly Try[] {
  const denies = statementsIn(key.policy).filter(({ effect }) => effect === 'Deny');
  const ways = circumstancesFor([statement, ...denies], outsiderFreedom).filter((way) =>
    isPossible(way, key),
  );
  return actionsToTry(key, statement).flatMap((action) =>
    ways.flatMap((way) =>
      actors.map((actor) => ({
        caller: actor.arn,
        action,
        key: key.arn,
        circumstances: { ...way, context: { ...way.context, ...contextOfActor(actor) } },
      })),
    ),
  );
}

/** One action of each kind of harm; of those that cannot be run, the first. */
function actionsToTry(key: Key, statement: Statement): readonly string[] {
  const isOpen = (action: string): boolean =>
    worksAcrossAccounts(action) && covers(statement, action) === true;
  const simulated = triableActions(key).filter(isOpen);
  return simulated.length > 0 ? simulated.slice(0, 3) : otherActions.filter(isOpen).slice(0, 1);
}

const otherActions: readonly string[] = [
  ...simulatedActions,
  'kms:Sign',
  'kms:GenerateMac',
  'kms:DeriveSharedSecret',
  'kms:Decapsulate',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:RevokeGrant',
  'kms:Verify',
  'kms:VerifyMac',
  'kms:Encapsulate',
  'kms:GetPublicKey',
  'kms:GetKeyRotationStatus',
];

/** The inventory with one statement as all that the key policy allows; it counts as being there. */
function withOnly(inventory: Inventory, key: Key, statement: Statement): Inventory {
  const { policy } = key;
  if (policy === undefined) return inventory;
  const { presence, ...present } = statement;
  const statements = policy.statements.flatMap((one) => {
    if (one === statement) return presence === undefined ? [statement] : [present];
    return one.kind === 'statement' && one.effect === 'Allow' ? [] : [one];
  });
  const alone: Key = { ...key, policy: { ...policy, statements }, grants: [] };
  return { ...inventory, keys: inventory.keys.map((one) => (one === key ? alone : one)) };
}

/** The outsider gets in: shown by the request that detection found, or by another one. */
export function outsiderScenario(
  access: OutsiderAccess,
  inventory: Inventory,
  fc: FastCheck,
): Scenario | Unsimulated {
  const { region } = access;
  const key = findKey(inventory, access.found.key);
  if (region === undefined || key === undefined) return scenarioOf(access, inventory, fc);
  const moved = (one: Try): Try => ({ ...one, key: movedTo(region, one.key) });
  const { found, tries, actors } = access;
  const there = { found: moved(found), tries: tries.map(moved), actors };
  return scenarioOf(there, withKeyMoved(inventory, key, region), fc);
}

function scenarioOf(
  { found, tries, actors }: OutsiderAccess,
  inventory: Inventory,
  fc: FastCheck,
): Scenario | Unsimulated {
  if (!simulatedActions.includes(found.action)) {
    return { unsimulated: `the engine does not run \`${found.action}\`` };
  }
  const key = findKey(inventory, found.key);
  if (key === undefined) return { unsimulated: 'the key is not in the inventory' };
  const stage = withActors(stageFor(scopeTo(inventory, key), key), actors);
  const first = stepsOf(stage, found);
  if (first.length === 0) return { unsimulated: 'nobody can encrypt anything with the key' };
  return {
    claims: 'can',
    stage,
    attempts: {
      kind: 'sample',
      first,
      others: fc.constantFrom(...tries).map((one) => stepsOf(stage, one)),
    },
    succeeded: (exchanges) =>
      isSuccess(exchanges.at(-1)) && actors.some(({ arn }) => arn === callerOf(exchanges.at(-1))),
    proof: {
      questions: questionsOf([found, ...tries], actors),
      whom: 'a principal of any other account',
    },
  };
}

/** What outsiders try, each time over every request that they can make under whatever name. */
function questionsOf(tries: readonly Try[], actors: readonly Actor[]): readonly PartialRequest[] {
  const questions = new Map<string, PartialRequest>();
  for (const one of tries) {
    for (const actor of actors.filter(({ arn }) => arn === one.caller)) {
      const name = `${one.action} ${actor.arn} ${actor.organization ?? ''}`;
      if (questions.has(name)) continue;
      const chosen = ['aws:principalarn', 'aws:principaltag/', 'aws:username'];
      questions.set(name, questionOf(one, { context: contextOfActor(actor), chosen }));
    }
  }
  return [...questions.values()];
}

function callerOf(exchange: Parameters<typeof isSuccess>[0]): string | undefined {
  return exchange !== undefined && 'caller' in exchange.call ? exchange.call.caller : undefined;
}
