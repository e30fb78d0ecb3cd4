import { canCarry } from '../facts/index.js';
import { hole, type Text } from '../source/index.js';
import type { Caller } from './caller.js';
import { findAccount, findPrincipal, isComplete } from './find.js';
import type { Account, Inventory, Principal } from './inventory.js';
import type { ContextValue, Request, UnknownValue } from './request.js';

/** Condition keys with what they are; `undefined` for a key that is absent. */
export type Entries = readonly (readonly [name: string, value: ContextValue | undefined])[];

/**
 * The condition keys that follow from who calls.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function callerContext(inventory: Inventory, request: Request): Entries {
  const { caller } = request;
  switch (caller.kind) {
    case 'root':
      return [
        ...accountEntries(inventory, request, caller.account),
        ['aws:principaltype', 'Account'],
        ['aws:principalarn', caller.arn],
        ['aws:userid', caller.account],
      ];
    case 'user':
      return [
        ...accountEntries(inventory, request, caller.account),
        ...tagEntries(inventory, caller, findPrincipal(inventory, caller)),
        ['aws:principaltype', 'User'],
        ['aws:principalarn', caller.arn],
        ['aws:userid', uniqueIdOf(findPrincipal(inventory, caller), caller.arn)],
        ['aws:username', caller.name],
      ];
    case 'role-session':
      return sessionEntries(inventory, request, caller);
    case 'federated-user':
      return [
        ...accountEntries(inventory, request, caller.account),
        ['aws:principaltype', 'FederatedUser'],
        ['aws:principalarn', caller.arn],
        ['aws:userid', `${caller.account}:${caller.name}`],
      ];
    case 'provider':
      return [['aws:federatedprovider', caller.provider]];
    case 'service':
      return [
        ['aws:principalisawsservice', 'true'],
        ['aws:viaawsservice', 'false'],
        ['aws:principalservicename', caller.name],
        [
          'aws:principalservicenameslist',
          unknownAttribute(caller.name, 'all names of the service'),
        ],
      ];
    case 'anonymous':
      return [['aws:principaltype', 'Anonymous']];
  }
}

/** An attribute of something that the inventory does not tell. */
export function unknownAttribute(of: Text, detail: string): UnknownValue {
  return { unknown: { layer: 'attribute', of, detail } };
}

/** What is known of the organization of an account, under the names that it has in requests. */
export function organizationEntries(
  account: Account | undefined,
  id: Text,
  idName: string,
  pathsName: string,
): Entries {
  const organization = account?.organization;
  const path = account?.organizationPath;
  if (organization === undefined) {
    const unknown = unknownAttribute(id, 'the organization of the account');
    return [
      [idName, unknown],
      [pathsName, unknown],
    ];
  }
  return [
    [idName, organization],
    [
      pathsName,
      path === undefined
        ? unknownAttribute(id, 'the path of the account in its organization')
        : [`${[organization, ...path].join('/')}/`],
    ],
  ];
}

function sessionEntries(
  inventory: Inventory,
  request: Request,
  caller: Extract<Caller, { kind: 'role-session' }>,
): Entries {
  const role = findPrincipal(inventory, caller);
  const arn = role?.arn ?? caller.roleArn;
  const session = caller.session ?? hole('request', `session name of ${arn}`);
  return [
    ...accountEntries(inventory, request, caller.account),
    ...tagEntries(inventory, caller, role),
    ['aws:principaltype', 'AssumedRole'],
    // SOURCE: facts evaluation 7.13
    ['aws:principalarn', arn],
    // SOURCE: facts evaluation 5.6
    ['aws:userid', `${uniqueIdOf(role, arn)}:${session}`],
  ];
}

function uniqueIdOf(principal: Principal | undefined, arn: Text): Text {
  return principal?.uniqueId ?? hole('request', `unique id of ${arn}`);
}

function accountEntries(inventory: Inventory, request: Request, account: Text): Entries {
  const isViaService = request.context.has('kms:viaservice');
  return [
    ['aws:principalaccount', account],
    ...organizationEntries(
      findAccount(inventory, account),
      account,
      'aws:principalorgid',
      'aws:principalorgpaths',
    ),
    // SOURCE: facts evaluation 13.22
    ['aws:principalisawsservice', 'false'],
    ['aws:viaawsservice', isViaService ? 'true' : 'false'],
    // SOURCE: facts evaluation 13.17
    ...(isKms(request) && canCarry(request.action, 'kms:CallerAccount')
      ? ([['kms:calleraccount', account]] as const)
      : []),
  ];
}

export function isKms(request: Request): boolean {
  return request.action.toLowerCase().startsWith('kms:');
}

/** Session tags come with the request alone; here are the tags of the user or role behind it. */
function tagEntries(
  inventory: Inventory,
  caller: Extract<Caller, { kind: 'user' | 'role-session' }>,
  principal: Principal | undefined,
): Entries {
  if (principal?.tags !== undefined) {
    return [...principal.tags].map(([tag, value]) => [
      `aws:principaltag/${tag.toLowerCase()}`,
      value,
    ]);
  }
  if (principal === undefined && isComplete(inventory, caller.account, 'principals')) return [];
  const arn = principal?.arn ?? (caller.kind === 'user' ? caller.arn : caller.roleArn);
  return [['aws:principaltag/*', unknownAttribute(arn, 'the tags of the principal')]];
}
