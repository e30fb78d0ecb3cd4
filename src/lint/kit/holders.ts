import type { Inventory, Key, OwnedDocument } from '../../inventory/index.js';
import { parseArn, type PolicyDocument, type Statement } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import { standInRole, standInUser } from './stand-ins.js';

/** Somebody whom an IAM policy is about. */
export interface Holder {
  /** The ARN of a user or role. */
  readonly arn: Text;
  readonly stage: Inventory;
}

/**
 * Whom an IAM policy is about: the user or role that has it, a member of the group that has it, or, where
 * nobody is known to, a role put on stage that has it and nothing else. `undefined` for a document that
 * grants nothing to whoever has it.
 */
export function findHolder(
  inventory: Inventory,
  { document, owner }: OwnedDocument,
): Holder | undefined {
  switch (owner.kind) {
    case 'principal':
      return owner.thing.trust === document || owner.thing.boundary === document
        ? undefined
        : { arn: owner.thing.arn, stage: inventory };
    case 'group': {
      const { partition = 'aws', account = ACCOUNT } = parseArn(owner.thing.arn) ?? {};
      const arn = `arn:${partition}:iam::${account}:user/some-member`;
      return { arn, stage: withPrincipal(inventory, standInUser(arn, [owner.thing.arn])) };
    }
    case 'loose': {
      if (!isAboutItsHolder(document)) return undefined;
      const arn = `arn:aws:iam::${owner.thing.account ?? ACCOUNT}:role/holder`;
      const policies: readonly PolicyDocument[] = [{ ...document, kind: 'identity' }];
      return { arn, stage: withPrincipal(inventory, standInRole(arn, policies)) };
    }
    case 'key':
    case 'account':
    case 'endpoint':
    case 'dependant':
      return undefined;
  }
}

/** The example account of AWS's documentation. */
const ACCOUNT = '111122223333';

function isAboutItsHolder({ kind, statements }: PolicyDocument): boolean {
  if (kind === 'identity' || kind === 'session' || kind === 'boundary') return true;
  return (
    kind === 'unknown' &&
    statements.every((one) => one.kind === 'statement' && one.principal === undefined)
  );
}

function withPrincipal(
  inventory: Inventory,
  principal: Inventory['principals'][number],
): Inventory {
  return { ...inventory, principals: [...inventory.principals, principal] };
}

/** A stage with the holder alone, a statement as all that IAM policies allow there, and these keys. */
export function allowsOnly(
  { arn, stage }: Holder,
  statement: Statement,
  keys: readonly Key[],
): Inventory {
  const { presence, ...present } = statement;
  const only = (document: PolicyDocument): PolicyDocument => ({
    ...document,
    statements: document.statements.flatMap((one) => {
      if (one === statement) return presence === undefined ? [statement] : [present];
      return one.kind === 'statement' && one.effect === 'Allow' ? [] : [one];
    }),
  });
  const principals = stage.principals.filter((one) => one.arn === arn);
  const groups = stage.groups.filter((one) =>
    principals.some((principal) => principal.groups?.includes(one.arn) === true),
  );
  return {
    ...stage,
    keys,
    principals: principals.map(({ policies, ...principal }) =>
      policies === undefined ? principal : { ...principal, policies: policies.map(only) },
    ),
    groups: groups.map(({ policies, ...group }) =>
      policies === undefined ? group : { ...group, policies: policies.map(only) },
    ),
  };
}
