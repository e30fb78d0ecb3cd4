import {
  failedWith,
  findKeys,
  hasHole,
  isComplete,
  isInTest,
  isSuccess,
  nameOfCall,
  parseArn,
  showText,
  standInKey,
  withActors,
  emptyInventory,
  type Inventory,
  type Key,
  type Scenario,
  type Span,
  type Text,
  type Unsimulated,
} from '../../src/rule.js';

/** Which use of a key, and from where it is asked for. */
export interface UserClaim {
  /** The logical address of a resource or call. */
  readonly address: string;
  readonly unit: string;
  /** The field of a call's input, or the type of a resource. */
  readonly field: string;
  readonly account: Text;
}

/** A resource or call that names a key by what means one thing in each account. */
interface User extends UserClaim {
  readonly name: string;
  /** A key id or alias name. */
  readonly reference: Text;
  readonly region: Text;
  readonly span: Span;
}

/** Resources, and calls of which the account is known that they are made in. */
export function usersIn(
  { dependants, calls }: Inventory,
  accountOfCode: (path: string) => Text | undefined,
): readonly User[] {
  const resources = dependants.flatMap(({ key, keySpan, span, type, ...dependant }) => {
    const { address, unit, account, region } = dependant;
    if (key === undefined) return [];
    const name = `${type.replaceAll('-', ' ')} \`${showText(address)}\``;
    const at = { address, unit, field: type, account, region };
    return [{ ...at, name, reference: key, span: keySpan ?? span }];
  });
  const named = calls.flatMap((call) => {
    const account = /^aws-sdk/.test(call.api) ? accountOfCode(call.unit) : undefined;
    if (account === undefined || isInTest(call)) return [];
    const { address, unit, region = '' } = call;
    const at = { address, unit, account, region };
    return call.keys.map(({ field, text, span }) => ({
      ...at,
      field,
      name: nameOfCall(call),
      reference: text,
      span,
    }));
  });
  return [...resources, ...named].filter(
    ({ reference, account }) => isBare(reference) && /^\d{12}$/.test(account),
  );
}

function isBare(reference: Text): boolean {
  if (hasHole(reference) || parseArn(reference) !== undefined) return false;
  return reference.startsWith('alias/')
    ? !reference.startsWith('alias/aws/')
    : /^(?:mrk-)?[0-9a-f-]{32,36}$/.test(reference);
}

/** The key that is meant, where it is certainly one of another account, and none of the user's own. */
export function foreignKeyOf(
  inventory: Inventory,
  { reference, account, region }: User,
): Key | undefined {
  // Two accounts may well have an alias of one name, and there is no telling of what is not listed.
  if (reference.startsWith('alias/') && !isComplete(inventory, account, 'aliases'))
    return undefined;
  const keys = findKeys(inventory, reference, { account, ...(region === '' ? {} : { region }) });
  const [key] = keys;
  const isElsewhere = (one: Key): boolean =>
    one.accountAssumed !== true && /^\d{12}$/.test(one.account) && one.account !== account;
  return keys.every(isElsewhere) ? key : undefined;
}

/** A role of the user's account finds the key by its ARN, and not by what is written. */
export function accountScenario(claim: UserClaim, inventory: Inventory): Scenario | Unsimulated {
  const user = usersIn(inventory, () => claim.account).find(
    ({ address, unit, field }) =>
      address === claim.address && unit === claim.unit && field === claim.field,
  );
  const found = user && foreignKeyOf(inventory, user);
  if (user === undefined || found === undefined)
    return { unsimulated: 'the key is found by what is written' };
  const { partition = 'aws' } = parseArn(found.arn) ?? {};
  const caller = `arn:${partition}:iam::${claim.account}:role/caller`;
  const aliases = user.reference.startsWith('alias/') ? [user.reference] : [];
  // A grant lets the role do it, so that nothing but the name can be in the way.
  const grant = { id: 'for-the-caller', grantee: caller, operations: ['DescribeKey'] };
  const key = standInKey(found.arn, aliases);
  const listed = { ...key, grants: [{ ...grant, span: key.span }] };
  const stage = withActors({ ...emptyInventory, keys: [listed] }, [
    { arn: caller, may: 'everything' },
  ]);
  return {
    claims: 'can',
    stage,
    attempts: {
      kind: 'all',
      attempts: [
        [found.arn, user.reference].map((KeyId) => ({
          kind: 'kms' as const,
          operation: 'DescribeKey' as const,
          input: { KeyId },
          caller,
          region: found.region,
        })),
      ],
    },
    succeeded: ([byArn, bare]) => isSuccess(byArn) && failedWith(bare, 'NotFoundException'),
  };
}
