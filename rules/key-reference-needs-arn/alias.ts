import {
  benchFor,
  failedWith,
  findCall,
  isInTest,
  isSuccess,
  operations,
  parseArn,
  sdkCalls,
  type CallClaim,
  type CodeCall,
  type Inventory,
  type Scenario,
  type Step,
  type Text,
  type Unsimulated,
} from '../../src/rule.js';

interface Refused {
  readonly call: CodeCall;
  /** The alias, as an operation is given it that takes key ids and key ARNs only. */
  readonly key: CodeCall['keys'][number];
}

/** Calls whose operation does not look aliases up. */
export function aliasesRefused(inventory: Inventory): readonly Refused[] {
  return sdkCalls(inventory, 'kms', withoutAliases)
    .filter((call) => !isInTest(call))
    .flatMap((call) => refusedIn(call) ?? []);
}

// AWS's pages disagree on EnableKeyRotation: one has an example that gives it an alias.
const withoutAliases = Object.entries(operations)
  .filter(([name, { keyIdForms }]) => {
    const forms: readonly string[] = keyIdForms;
    return (
      forms.includes('key-arn') && !forms.includes('alias-name') && name !== 'EnableKeyRotation'
    );
  })
  .map(([name]) => name);

function refusedIn(call: CodeCall): Refused | undefined {
  const key = call.keys.find(
    ({ field, text }) => /^(?:Target)?KeyId$/.test(field) && isAlias(text),
  );
  return key && { call, key };
}

function isAlias(text: Text): boolean {
  const arn = parseArn(text);
  return text.startsWith('alias/') || (arn?.service === 'kms' && /^alias\//.test(arn.resource));
}

/** Somebody describes the key by the alias, which works, and makes the call with it, which does not. */
export function aliasScenario(claim: CallClaim, inventory: Inventory): Scenario | Unsimulated {
  const call = findCall(inventory, claim);
  const refused = call && refusedIn(call);
  if (call === undefined || refused === undefined) {
    return { unsimulated: 'the call names the key otherwise' };
  }
  const { text } = refused.key;
  const arn = parseArn(text);
  const { region = 'us-east-1', account = '111122223333', partition = 'aws' } = arn ?? {};
  const bench = benchFor({
    actions: ['kms:*'],
    keyArn: `arn:${partition}:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  });
  const name = arn?.resource ?? text;
  const keys = bench.stage.keys.map((key) => ({ ...key, aliases: [name] }));
  const step = stepOf(call.operation, text, { caller: bench.caller, region });
  if (step === undefined) return { unsimulated: `the engine does not run \`${call.operation}\`` };
  return {
    claims: 'can',
    stage: { ...bench.stage, keys },
    attempts: {
      kind: 'all',
      attempts: [
        [
          {
            kind: 'kms',
            operation: 'DescribeKey',
            input: { KeyId: text },
            caller: bench.caller,
            region,
          },
          step,
        ],
      ],
    },
    succeeded: ([described, made]) =>
      isSuccess(described) &&
      (failedWith(made, 'NotFoundException') || failedWith(made, 'InvalidArnException')),
  };
}

/** The call, complete but for what only the code knows; nothing where the engine does not run it. */
function stepOf(
  operation: string,
  KeyId: Text,
  scene: { readonly caller: Text; readonly region: Text },
): Step | undefined {
  const common = { kind: 'kms', ...scene } as const;
  switch (operation) {
    case 'CancelKeyDeletion':
    case 'DisableKey':
    case 'EnableKey':
    case 'GetKeyPolicy':
    case 'ListGrants':
    case 'ScheduleKeyDeletion':
      return { ...common, operation, input: { KeyId } };
    case 'CreateGrant':
      return {
        ...common,
        operation,
        input: { KeyId, GranteePrincipal: scene.caller, Operations: ['Decrypt'] },
      };
    case 'RevokeGrant':
      return { ...common, operation, input: { KeyId, GrantId: 'a'.repeat(64) } };
    case 'ReplicateKey':
      return { ...common, operation, input: { KeyId, ReplicaRegion: 'eu-central-1' } };
    case 'CreateAlias':
    case 'UpdateAlias':
      return { ...common, operation, input: { AliasName: 'alias/other', TargetKeyId: KeyId } };
    default:
      return undefined;
  }
}
