import {
  allowsOnly,
  areAllRefused,
  circumstancesFor,
  covers,
  findHolder,
  findKey,
  findPlaced,
  hasHole,
  insiderFreedom,
  isSuccess,
  matchesArn,
  nameOf,
  parseArn,
  placedStatementsOf,
  rule,
  showText,
  simulatedActions,
  stageFor,
  statementsIn,
  stepsOf,
  subjectOf,
  standInKey,
  type Holder,
  type Inventory,
  type Key,
  type Place,
  type PlacedStatement,
  type Text,
  type Try,
} from '../../src/rule.js';

/** Whoever has a policy cannot do with a key what a statement says of an alias of the key. */
interface Claim {
  readonly place: Place;
  readonly action: string;
  /** The alias, by its ARN without wildcards. */
  readonly alias: Text;
}

export const aliasArnInResource = rule<Claim>({
  meta: {
    id: 'alias-arn-in-resource',
    title: 'Alias as the resource of an action on a key',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const placed of placedStatementsOf(inventory)) {
      const { statement, document, owner, place } = placed;
      // What `Resource` of a key policy has to be is another question.
      if (document.kind === 'key-policy' || statement.resource === undefined) continue;
      const action = actionOf(placed);
      if (action === undefined) continue;
      for (const pattern of statement.resource.patterns) {
        const alias = aliasIn(inventory, pattern.text);
        if (alias === undefined) continue;
        if (isGrantedAnyway(inventory, placed, { action, alias })) continue;
        const shown = showText(pattern.text);
        const { effect } = statement;
        const negated = statement.resource.negated;
        const isTried =
          effect === 'Allow' && !negated && findHolder(inventory, placed) !== undefined;
        yield {
          claim: { place, action, alias },
          message: `\`${shown}\` is an alias, and \`${action}\` is an action on keys`,
          why: `AWS KMS compares \`Resource\` with the ARN of the key, also where the request names the alias, so ${nameOf(statement)} ${
            negated ? 'leaves out' : effect === 'Allow' ? 'allows' : 'denies'
          } nothing by it`,
          fix: 'name the key ARN; or name all keys and add a condition: `kms:ResourceAliases` is about keys that have the alias, however the request names them, and `kms:RequestAlias` about requests that name the alias',
          span: pattern.span,
          severity: isTried ? 'error' : 'warning',
          address: owner.thing.address,
          subject: subjectOf(statement),
          kind: shown,
          ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
        };
      }
    }
  },

  scenario({ place, action, alias }, inventory) {
    const placed = findPlaced(inventory, place);
    const holder = placed === undefined ? undefined : findHolder(inventory, placed);
    if (placed === undefined || holder === undefined) {
      return { unsimulated: 'who is meant to have the permission is not known' };
    }
    if (placed.statement.effect === 'Deny' || placed.statement.resource?.negated !== false) {
      return { unsimulated: 'what a statement leaves out is not tried' };
    }
    if (covers(placed.statement, action) !== true) {
      return { unsimulated: `the statement is not about \`${action}\`` };
    }
    if (!simulatedActions.includes(action)) {
      return { unsimulated: `the engine does not run \`${action}\`` };
    }
    const { key, stage } = onStage(inventory, holder, placed, alias);
    const staged = stageFor(stage, key);
    return {
      claims: 'cannot',
      stage: staged,
      attempts: {
        kind: 'all',
        attempts: [alias, key.arn].flatMap((KeyId) =>
          triesOf(placed, holder, key, action).map((one) =>
            stepsOf(staged, one).map((step, at, steps) =>
              at < steps.length - 1 ? step : naming(step, KeyId),
            ),
          ),
        ),
      },
      succeeded: (exchanges) => {
        const last = exchanges.at(-1);
        return isSuccess(last) && last?.call.kind === 'kms' && last.call.caller === holder.arn;
      },
    };
  },
});

type Step = ReturnType<typeof stepsOf>[number];

/** The same call, with the key named otherwise. */
function naming(step: Step, KeyId: Text): Step {
  return (earlier) => {
    const call = typeof step === 'function' ? step(earlier) : step;
    if (call?.kind !== 'kms') return call;
    return { ...call, input: { ...call.input, KeyId } } as typeof call;
  };
}

/** An action on keys that a statement is about; `undefined` where it has none. */
function actionOf({ statement }: PlacedStatement): string | undefined {
  return [
    ...simulatedActions,
    'kms:ReEncryptFrom',
    'kms:Sign',
    'kms:Verify',
    'kms:GenerateMac',
    'kms:GetPublicKey',
    'kms:TagResource',
    'kms:EnableKeyRotation',
  ].find((action) => covers(statement, action) === true);
}

/** The ARN of the alias that an entry of `Resource` names, any wildcards spelled out. */
function aliasIn({ keys, aliases }: Inventory, text: Text): Text | undefined {
  if (text.startsWith('alias/')) return bareAlias(text);
  const arn = parseArn(text);
  if (arn?.service !== 'kms' || !arn.resource.startsWith('alias/')) return undefined;
  const known = [
    ...keys.flatMap((key) =>
      (key.aliases ?? []).map((name) => `${key.arn.slice(0, key.arn.lastIndexOf(':') + 1)}${name}`),
    ),
    ...aliases.map(
      ({ name, account, region }) => `arn:${arn.partition}:kms:${region}:${account}:${name}`,
    ),
  ];
  const found = known.find((one) => matchesArn(text, one) === true);
  if (found !== undefined) return found;
  const plain = (part: Text, example: string): Text =>
    part === '' || (!hasHole(part) && /[*?]/.test(part)) ? example : part;
  const name = hasHole(arn.resource) ? arn.resource : arn.resource.replace(/[*?]/g, 'x');
  return `arn:${plain(arn.partition, 'aws')}:kms:${plain(arn.region, 'us-east-1')}:${plain(arn.account, ACCOUNT)}:${name}`;
}

function bareAlias(text: Text): Text {
  return `arn:aws:kms:us-east-1:${ACCOUNT}:${text.replace(/[*?]/g, 'x')}`;
}

const ACCOUNT = '111122223333';

/** The statement as all that IAM policies allow, and the key behind the alias, whose policy leaves access to them. */
function onStage(
  inventory: Inventory,
  holder: Holder,
  { statement }: PlacedStatement,
  alias: Text,
): { readonly key: Key; readonly stage: Inventory } {
  const { partition = 'aws', account = '', region = '', resource = '' } = parseArn(alias) ?? {};
  const listed = findKey(inventory, alias, { account, region });
  const other = `arn:${partition}:kms:${region}:${account}:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d`;
  const key = standInKey(listed?.arn ?? other, [resource]);
  return { key, stage: { ...allowsOnly(holder, statement, [key]), aliases: [] } };
}

/** Whether the statement reaches the key behind the alias by another of its entries. */
function isGrantedAnyway(
  inventory: Inventory,
  placed: PlacedStatement,
  { action, alias }: Pick<Claim, 'action' | 'alias'>,
): boolean {
  const holder = findHolder(inventory, placed);
  if (holder === undefined || placed.statement.effect === 'Deny') return false;
  const { key, stage } = onStage(inventory, holder, placed, alias);
  return areAllRefused(stage, triesOf(placed, holder, key, action)) === false;
}

function triesOf(
  { statement, document }: PlacedStatement,
  holder: Holder,
  key: Key,
  action: string,
): readonly Try[] {
  const denies = statementsIn(document).filter(({ effect }) => effect === 'Deny');
  return circumstancesFor([statement, ...denies], insiderFreedom).map((circumstances) => ({
    caller: holder.arn,
    action,
    key: key.arn,
    circumstances,
  }));
}
