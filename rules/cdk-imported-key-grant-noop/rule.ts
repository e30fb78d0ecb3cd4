import {
  cdkCalls,
  circumstancesFor,
  claimOf,
  findCall,
  findKey,
  isInTest,
  isSuccess,
  madeBy,
  matchesAction,
  nameOfCall,
  parseArn,
  rule,
  simulatedActions,
  stageFor,
  standInKey,
  statementsIn,
  stepsOf,
  textIn,
  withActors,
  type CallClaim,
  type CodeCall,
  type CodeValue,
  type Inventory,
  type Key,
} from '../../src/rule.js';
import { findGrantees, granteesNamedIn, type Grantee } from './grantees.js';

export const cdkImportedKeyGrantNoop = rule<CallClaim>({
  meta: {
    id: 'cdk-imported-key-grant-noop',
    title: 'CDK drops a permission on a key that it imported',
    severity: 'warning',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_kms-readme.html',
      'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_kms.IKey.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const call of cdkCalls(inventory, /^(?:grant\w*|addToResourcePolicy)$/)) {
      const found = isInTest(call) ? undefined : findDropped(call, inventory);
      if (found === undefined) continue;
      const { imported, grantees, isCertain } = found;
      yield {
        claim: claimOf(call),
        message: `${nameOfCall(call)} gives ${whom(grantees)} nothing: the key is imported, and CDK does not change its policy`,
        why: `the policy of a key from \`${imported.operation}\` is no part of the stack, so that CDK leaves the statement out without a word${
          call.operation === 'addToResourcePolicy'
            ? ''
            : ', and there is no IAM policy in the stack that it could go into'
        }`,
        fix: 'put the statement into the key policy where the key is defined',
        span: call.span,
        related: [{ span: imported.span, message: 'where the key is imported' }],
        address: call.address,
        subject: call.operation,
        ...(isCertain ? {} : { hangsOn: 'the account of the key' }),
      };
    }
  },

  scenario(claim, inventory) {
    const call = findCall(inventory, claim);
    const found = call && findDropped(call, inventory);
    if (found === undefined) return { unsimulated: 'CDK can carry it out' };
    const [grantee] = found.grantees;
    const actions = actionsOf(call, inventory);
    if (grantee?.caller === undefined || actions.length === 0) {
      return { unsimulated: 'the code does not tell who is to do what with the key' };
    }
    const { caller, organization } = grantee;
    const listed = keyOf(found.imported, inventory);
    const key = listed ?? standInKey(arnOf(found.imported));
    const world =
      listed === undefined ? { ...inventory, keys: [...inventory.keys, key] } : inventory;
    const actor = { arn: caller, may: 'everything' as const };
    const stage = withActors(stageFor(world, key), [
      organization === undefined ? actor : { ...actor, organization },
    ]);
    const ways = circumstancesFor(statementsIn(key.policy), () => 'any');
    return {
      claims: 'cannot',
      stage,
      attempts: {
        kind: 'all',
        attempts: actions.flatMap((action) =>
          ways.map((circumstances) =>
            stepsOf(stage, { caller, action, key: key.arn, circumstances }),
          ),
        ),
      },
      succeeded: (exchanges) => isSuccess(exchanges.at(-1)),
    };
  },
});

interface Dropped {
  /** The call that imports the key. */
  readonly imported: CodeCall;
  /** Those whom it is for, as far as the code tells. */
  readonly grantees: readonly Grantee[];
  readonly isCertain: boolean;
}

function findDropped(call: CodeCall, inventory: Inventory): Dropped | undefined {
  const imported = findImport(inventory, call.receiver, call.unit);
  if (imported === undefined) return undefined;
  const [first, allowNoOp] = call.arguments;
  if (call.operation === 'addToResourcePolicy') {
    // CDK then refuses to synthesize, which nobody overlooks.
    if (allowNoOp?.kind === 'scalar' && allowNoOp.value === false) return undefined;
    const statement = madeBy(inventory, first, call.unit);
    return { imported, grantees: granteesNamedIn(statement, inventory), isCertain: true };
  }
  const owner = keyOf(imported, inventory)?.account ?? accountIn(imported);
  const grantees = findGrantees(first, call.unit, inventory).filter(
    ({ account }) => account === undefined || account !== owner,
  );
  if (grantees.length === 0) return undefined;
  const isCertain = owner !== undefined || grantees.some(({ account }) => account === undefined);
  return { imported, grantees, isCertain };
}

/** The import that a key comes from, by way of an alias too. */
function findImport(
  inventory: Inventory,
  value: CodeValue | undefined,
  unit: string,
): CodeCall | undefined {
  const made = madeBy(inventory, value, unit);
  if (made?.service !== 'kms') return undefined;
  if (/^(?:Key\.from(?:KeyArn|Lookup)|Alias\.fromAliasName)$/.test(made.operation)) return made;
  if (made.operation !== 'Alias') return undefined;
  const [, , properties] = made.arguments;
  if (properties?.kind !== 'object') return undefined;
  const target = properties.fields.find(({ name }) => name === 'targetKey')?.value;
  return findImport(inventory, target, unit);
}

/** The key that an import names, where the inventory lists it. */
function keyOf({ keys: [named] }: CodeCall, inventory: Inventory): Key | undefined {
  return named && findKey(inventory, named.text);
}

function accountIn({ keys: [named] }: CodeCall): string | undefined {
  const account = parseArn(named?.text ?? '')?.account ?? '';
  return /^\d{12}$/.test(account) ? account : undefined;
}

function arnOf(imported: CodeCall): string {
  const [named] = imported.keys;
  return named !== undefined && accountIn(imported) !== undefined ? named.text : KEY;
}

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function whom(grantees: readonly Grantee[]): string {
  return grantees.length === 0 ? 'anybody' : grantees.map(({ name }) => name).join(' and ');
}

/** What it is meant to allow, of what can be tried. */
function actionsOf(call: CodeCall | undefined, inventory: Inventory): readonly string[] {
  if (call === undefined) return [];
  const named =
    call.operation === 'addToResourcePolicy'
      ? actionsIn(madeBy(inventory, call.arguments[0], call.unit))
      : (GIVEN[call.operation] ?? call.arguments.slice(1).flatMap((one) => textIn(one) ?? []));
  return simulatedActions.filter((action) =>
    named.some((pattern) => matchesAction(pattern, action) === true),
  );
}

/** What methods of a key stand for. SOURCE: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_kms.IKey.html */
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  grantDecrypt: ['kms:Decrypt'],
  grantEncrypt: ['kms:Encrypt', 'kms:GenerateDataKey*'],
  grantEncryptDecrypt: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'],
  grantAdmin: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
};

/** What an Allow statement names; a Deny that is left out keeps nobody from anything. */
function actionsIn(statement: CodeCall | undefined): readonly string[] {
  const [properties] = statement?.arguments ?? [];
  if (properties?.kind !== 'object') return [];
  const valueOf = (name: string): CodeValue | undefined =>
    properties.fields.find((field) => field.name === name)?.value;
  const effect = valueOf('effect');
  const actions = valueOf('actions');
  if (effect !== undefined && !/(?:Effect\.ALLOW|Allow)$/.test(textIn(effect) ?? '')) return [];
  return actions?.kind === 'list' ? actions.items.flatMap((one) => textIn(one) ?? []) : [];
}
