import {
  allowsOnly,
  circumstancesFor,
  covers,
  findAllowed,
  findHolder,
  hasHole,
  insiderFreedom,
  isSuccess,
  nameOf,
  parseArn,
  placedStatementsOf,
  reEncryptingSteps,
  rule,
  stageFor,
  standInKey,
  statementsIn,
  stepsOf,
  subjectOf,
  type Circumstances,
  type Inventory,
  type Key,
  type Place,
  type PlacedStatement,
  type Statement,
  type Text,
} from '../../src/rule.js';

/** Whoever has a policy decrypts with a key that has nothing to do with it. */
interface Claim {
  readonly place: Place;
  /** The ARN of a key that the policy does not know of. */
  readonly key: Text;
  readonly action: string;
  readonly ways: readonly Circumstances[];
}

interface Options {
  readonly ignoreViaService: boolean;
}

export const decryptAllKeys = rule<Claim, Options>({
  meta: {
    id: 'decrypt-all-keys',
    title: 'IAM policy that decrypts with every KMS key',
    severity: 'warning',
    category: 'least-privilege',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html',
    ],
    presets: ['recommended', 'strict'],
    options: {
      schema: {
        type: 'object',
        properties: { ignoreViaService: { type: 'boolean' } },
        additionalProperties: false,
      },
      defaults: { ignoreViaService: false },
    },
  },

  *detect({ inventory, options }) {
    for (const placed of placedStatementsOf(inventory)) {
      const { statement, owner, place } = placed;
      if (!isOpenToDecrypt(placed)) continue;
      if (options.ignoreViaService && isViaServiceOnly(statement)) continue;
      const found = findReach(inventory, placed);
      if (found === undefined) continue;
      yield {
        claim: { place, key: found.key, action: found.action, ways: found.ways },
        message: `${nameOf(statement)} allows \`${found.action}\` with every KMS key`,
        why: 'it reaches each key whose key policy leaves access to IAM policies, as the default one does, also keys that are created later for other data',
        fix: `name the keys that are needed in \`Resource\`, or tie the statement to some by \`aws:ResourceTag\` or \`kms:ResourceAliases\``,
        span: statement.resource?.span ?? statement.span,
        address: owner.thing.address,
        subject: subjectOf(statement),
        ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
      };
    }
  },

  scenario({ place, key: arn, action, ways }, inventory) {
    const placed = [...placedStatementsOf(inventory)].find(
      (one) => one.place.owner === place.owner && one.place.document === place.document,
    );
    const holder = placed?.document.kind === 'identity' && findHolder(inventory, placed);
    if (!holder) return { unsimulated: 'nobody has such a policy' };
    const key = withDestination(standInKey(arn), holder.arn);
    const stage = stageFor({ ...holder.stage, keys: [...holder.stage.keys, key] }, key);
    return {
      claims: 'can',
      stage,
      attempts: {
        kind: 'all',
        attempts: ways.map((circumstances) => {
          const one = { caller: holder.arn, action, key: arn, circumstances };
          return action === 'kms:Decrypt' ? stepsOf(stage, one) : reEncryptingSteps(stage, one);
        }),
      },
      succeeded: (exchanges) => exchanges.length > 1 && isSuccess(exchanges.at(-1)),
    };
  },
});

/** The key with a grant to re-encrypt to it, so that only the permission to re-encrypt from it is in question. */
function withDestination(key: Key, grantee: Text): Key {
  const { span } = key;
  return { ...key, grants: [{ id: 'destination', grantee, operations: ['ReEncryptTo'], span }] };
}

function isOpenToDecrypt({ statement, document, owner }: PlacedStatement): boolean {
  // Boundaries, session policies and SCPs only narrow, whatever they allow.
  if (document.kind !== 'identity' || statement.effect === 'Deny') return false;
  if (owner.kind === 'principal' && owner.thing.serviceLinked) return false;
  return actions.some((action) => covers(statement, action) === true);
}

// SOURCE: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1
const actions = ['kms:Decrypt', 'kms:ReEncryptFrom'] as const;

function isViaServiceOnly({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key, operator }) =>
      key.toLowerCase() === 'kms:viaservice' &&
      !operator.negated &&
      !operator.ifExists &&
      operator.family !== 'Null',
  );
}

interface Reach {
  readonly key: Text;
  readonly action: string;
  readonly ways: readonly Circumstances[];
}

/** How a statement by itself reaches a new key of the account that has no alias and no tag. */
function findReach(inventory: Inventory, placed: PlacedStatement): Reach | undefined {
  const holder = findHolder(inventory, placed);
  const action = actions.find((one) => covers(placed.statement, one) === true);
  if (holder === undefined || action === undefined) return undefined;
  const key = standInKey(newKeyFor(placed.statement, holder.arn));
  const { statement, document } = placed;
  const denies = statementsIn(document).filter(({ effect }) => effect === 'Deny');
  const ways = circumstancesFor([statement, ...denies], insiderFreedom);
  const stage = allowsOnly(holder, statement, [key]);
  const tries = ways.map((circumstances) => ({
    caller: holder.arn,
    action,
    key: key.arn,
    circumstances,
  }));
  const found = findAllowed(stage, tries);
  if (found === undefined) return undefined;
  const others = ways.filter((way) => way !== found.circumstances);
  return { key: key.arn, action, ways: [found.circumstances, ...others] };
}

/** The ARN of a key that no policy names, in the holder's account and where the statement looks for keys. */
function newKeyFor({ resource }: Statement, holder: Text): Text {
  const { partition = 'aws', account = '' } = parseArn(holder) ?? {};
  const regions = (resource?.patterns ?? []).map(({ text }) => parseArn(text)?.region ?? '');
  const region = regions.find((one) => one !== '' && (hasHole(one) || !/[*?]/.test(one)));
  return `arn:${partition}:kms:${region ?? 'us-east-1'}:${account}:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d`;
}
