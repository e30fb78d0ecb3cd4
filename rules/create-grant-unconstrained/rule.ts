import {
  circumstancesFor,
  covers,
  decideTry,
  findAllowed,
  findPlaced,
  isSuccess,
  keyHoldersOf,
  nameOf,
  nameOfKey,
  namedFreedom,
  outsiders,
  placedStatementsOf,
  rule,
  showText,
  stageFor,
  statementsIn,
  subjectOf,
  type Call,
  type Expectations,
  type Inventory,
  type Key,
  type KeyHolder,
  type Place,
  type PlacedStatement,
  type Try,
} from '../../src/rule.js';

interface Claim {
  readonly place: Place;
  /** The holder makes a grant. */
  readonly grant: Try;
  /** The ARN of the stranger to whom it is. */
  readonly grantee: string;
}

export const createGrantUnconstrained = rule<Claim>({
  meta: {
    id: 'create-grant-unconstrained',
    title: 'Grants can be made for anybody and any operation',
    severity: 'warning',
    category: 'least-privilege',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/grant-manage.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory, expectations }) {
    for (const placed of placedStatementsOf(inventory)) {
      const { statement, owner, place } = placed;
      if (!givesGrantsOnly(placed)) continue;
      const found = findGrant(inventory, placed, expectations);
      if (found === undefined) continue;
      const { grant, grantee, key } = found;
      yield {
        claim: { place, grant, grantee },
        message: `${nameOf(statement)} lets \`${showText(grant.caller)}\` give anybody any use of ${nameOfKey(key)} by a grant`,
        why: 'who may call `kms:CreateGrant` without a condition can grant operations that they may not call themselves, to themselves or to another account; a grant stays in force when the policy changes',
        fix: 'for AWS services that make grants, require `"Bool": {"kms:GrantIsForAWSResource": "true"}`; else limit `kms:GrantOperations` and `kms:GranteePrincipal`',
        span: statement.action?.span ?? statement.span,
        address: owner.thing.address,
        subject: subjectOf(statement),
        ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
      };
    }
  },

  scenario({ place, grant, grantee }, inventory) {
    const placed = findPlaced(inventory, place);
    const holders = placed === undefined ? [] : keyHoldersOf(inventory, placed);
    const holder = holders.find(({ arn, key }) => arn === grant.caller && key.arn === grant.key);
    if (holder === undefined) return { unsimulated: 'nobody has such a policy' };
    const { key } = holder;
    return {
      claims: 'can',
      stage: stageFor(holder.stage, key),
      attempts: { kind: 'all', attempts: [[granting(key, grant, grantee), using(key, grantee)]] },
      succeeded: (exchanges) => exchanges.length === 2 && exchanges.every(isSuccess),
    };
  },
});

const CREATE_GRANT = 'kms:CreateGrant';

/** Statements for administrators, who can do everything anyway, are another matter. */
function givesGrantsOnly({ statement, owner }: PlacedStatement): boolean {
  if (statement.effect === 'Deny' || covers(statement, CREATE_GRANT) !== true) return false;
  if (owner.kind === 'principal' && owner.thing.serviceLinked) return false;
  return covers(statement, 'kms:PutKeyPolicy') === false;
}

function findGrant(
  inventory: Inventory,
  placed: PlacedStatement,
  expectations: Expectations,
): { readonly grant: Try; readonly grantee: string; readonly key: Key } | undefined {
  for (const holder of keyHoldersOf(inventory, placed)) {
    const { key, stage } = holder;
    const grantee = outsiders(stage, key, expectations)[0]?.arn;
    if (grantee === undefined || isAdministrator(holder)) continue;
    const grant = findAllowed(stage, grantTries(holder, placed, grantee));
    if (grant !== undefined) return { grant, grantee, key };
  }
  return undefined;
}

function isAdministrator({ arn: caller, key, stage }: KeyHolder): boolean {
  const circumstances = { context: {}, encryptionContext: {} };
  const one = { caller, action: 'kms:PutKeyPolicy', key: key.arn, circumstances };
  return decideTry(stage, one).decision === 'Allow';
}

function grantTries(holder: KeyHolder, placed: PlacedStatement, grantee: string): readonly Try[] {
  const { arn: caller, key } = holder;
  const denies = statementsIn(key.policy).filter(({ effect }) => effect === 'Deny');
  const ways = circumstancesFor([placed.statement, ...denies], (name) =>
    isOfGrants(name) ? 'nothing' : namedFreedom(name),
  );
  return ways.map((circumstances) => ({
    caller,
    action: CREATE_GRANT,
    key: key.arn,
    circumstances,
    parameters: { 'kms:GranteePrincipal': grantee, 'kms:GrantOperations': operationsOf(key) },
  }));
}

/** Condition keys that say what the grant is; through a service one makes grants for the service only. */
function isOfGrants(name: string): boolean {
  return /^kms:(grant|retiring|viaservice)/.test(name);
}

function operationsOf({ spec = 'SYMMETRIC_DEFAULT' }: Key): readonly string[] {
  return spec === 'SYMMETRIC_DEFAULT'
    ? ['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo', 'DescribeKey']
    : ['DescribeKey'];
}

function granting(key: Key, { caller, circumstances }: Try, grantee: string): Call {
  return {
    kind: 'kms',
    operation: 'CreateGrant',
    input: { KeyId: key.arn, GranteePrincipal: grantee, Operations: operationsOf(key) },
    caller,
    region: key.region,
    context: circumstances.context,
  };
}

function using(key: Key, caller: string): Call {
  const at = { kind: 'kms', caller, region: key.region } as const;
  return operationsOf(key).includes('GenerateDataKey')
    ? { ...at, operation: 'GenerateDataKey', input: { KeyId: key.arn, KeySpec: 'AES_256' } }
    : { ...at, operation: 'DescribeKey', input: { KeyId: key.arn } };
}
