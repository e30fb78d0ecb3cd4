import {
  hasHole,
  madeBy,
  parseArn,
  textIn,
  type CodeCall,
  type CodeValue,
  type Inventory,
  type Text,
} from '../../src/rule.js';

/** Somebody with no IAM policy in the stack, whom only the policy of the key can allow anything. */
export interface Grantee {
  /** In messages. */
  readonly name: string;
  /** Who can try it: the ARN of a role, or a service principal; absent where the code does not tell. */
  readonly caller?: Text;
  /** The organization of the account, where it is for that that it is allowed. */
  readonly organization?: Text;
  /** Set where it depends on the account of the key whether its IAM policies count. */
  readonly account?: Text;
}

/** Whom CDK's value of `iam` stands for; nobody where their IAM policies may do, or where it is not known. */
export function findGrantees(
  value: CodeValue | undefined,
  unit: string,
  inventory: Inventory,
): readonly Grantee[] {
  const made = madeBy(inventory, value, unit);
  if (made?.service !== 'iam') return [];
  const inside = (one: CodeValue | undefined): readonly Grantee[] =>
    findGrantees(one, unit, inventory);
  const [first, , third] = made.arguments;
  switch (made.operation) {
    case 'ServicePrincipal':
      return [serviceOf(textIn(first))];
    case 'AccountPrincipal':
      return accountOf(textIn(first));
    case 'ArnPrincipal':
      return principalOf(textIn(first));
    case 'Role.fromRoleArn':
    case 'User.fromUserArn':
      return principalOf(textIn(third));
    case 'OrganizationPrincipal':
      return [organizationOf(textIn(first))];
    case 'AnyPrincipal':
    case 'StarPrincipal':
      return [{ name: 'everyone', caller: roleOf(STRANGER) }];
    case 'CompositePrincipal':
      return made.arguments.flatMap(inside);
    case 'PrincipalWithConditions':
    case 'SessionTagsPrincipal':
      return inside(first);
    case 'withConditions':
    case 'withSessionTags':
      return inside(made.receiver);
    default:
      return [];
  }
}

/** Whom a `PolicyStatement` names. */
export function granteesNamedIn(
  statement: CodeCall | undefined,
  inventory: Inventory,
): readonly Grantee[] {
  const [properties] = statement?.arguments ?? [];
  if (statement === undefined || properties?.kind !== 'object') return [];
  const principals = properties.fields.find(({ name }) => name === 'principals')?.value;
  return principals?.kind === 'list'
    ? principals.items.flatMap((one) => findGrantees(one, statement.unit, inventory))
    : [];
}

const STRANGER = '999999999999';

function roleOf(account: Text): Text {
  return `arn:aws:iam::${account}:role/grantee`;
}

function serviceOf(service: Text | undefined): Grantee {
  if (service === undefined) return { name: 'a service' };
  const caller = service.includes('.') ? service : `${service}.amazonaws.com`;
  return { name: `\`${caller}\``, caller };
}

function accountOf(account: Text | undefined): readonly Grantee[] {
  if (account === undefined || hasHole(account)) return [];
  return [{ name: `account \`${account}\``, caller: roleOf(account), account }];
}

function principalOf(arn: Text | undefined): readonly Grantee[] {
  const account = parseArn(arn ?? '')?.account;
  if (arn === undefined || account === undefined || hasHole(arn)) return [];
  return [{ name: `\`${arn}\``, caller: arn, account }];
}

function organizationOf(organization: Text | undefined): Grantee {
  if (organization === undefined) return { name: 'an organization' };
  return { name: `organization \`${organization}\``, caller: roleOf(STRANGER), organization };
}
