import {
  decideTry,
  deployersKeptOut,
  findKey,
  isSuccess,
  isWhole,
  nameOfKey,
  plainly,
  presumeOwner,
  printPolicy,
  questionOf,
  roleBeside,
  rootBeside,
  rule,
  showText,
  spanOfPolicy,
  stageFor,
  stepsOf,
  withActors,
  type Call,
  type Exchange,
  type Inventory,
  type Key,
  type KeyClaim,
  type Step,
  type Text,
  type Try,
} from '../../src/rule.js';

interface Claim extends KeyClaim {
  /** The ARNs of all deployers of the key's account. */
  readonly deployers: readonly Text[];
}

export const deployerCannotPutKeyPolicy = rule<Claim>({
  meta: {
    id: 'deployer-cannot-put-key-policy',
    title: 'Nobody who deploys can put the key policy',
    severity: 'error',
    category: 'lockout',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory, expectations }) {
    for (const listed of inventory.keys) {
      // AWS's own policy is put on a key without a question.
      if (listed.manager === 'AWS' || listed.policyIsDefault === true) continue;
      if (listed.policy === undefined || !isWhole(listed.policy)) continue;
      const { inventory: owned, key, hangsOn } = presumeOwner(inventory, listed);
      const deployers = deployersKeptOut(owned, key, expectations.deployers);
      const [first] = deployers ?? [];
      if (deployers === undefined || first === undefined) continue;
      yield {
        claim: { key: listed.arn, deployers },
        message: `${namesOf(deployers)} put a key policy on ${nameOfKey(key)}`,
        why: `${reasonFor(owned, key, first)}; KMS takes a key policy only from a caller who could replace it afterwards, so that a deployment that creates the key or changes its policy fails`,
        fix: 'allow `kms:PutKeyPolicy` to who deploys, or to the account (`arn:aws:iam::<account>:root`) and in an IAM policy of the deployer; bypassing the lockout safety check only leaves a key that the next deployment cannot change',
        span: spanOfPolicy(key),
        address: key.address,
        subject: 'kms:PutKeyPolicy',
        ...(hangsOn === undefined ? {} : { hangsOn }),
      };
    }
  },

  scenario({ key: arn, deployers }, inventory) {
    const key = findKey(inventory, arn);
    if (key?.policy === undefined) return { unsimulated: 'the key is not in the inventory' };
    const creator = roleBeside(key, 'some-creator');
    const stage = withActors(stageFor(inventory, key), [{ arn: creator, may: 'everything' }]);
    const attempt = deployers.flatMap((deployer): readonly Step[] => [
      createFor(key, creator, deployer),
      (earlier) => putOnNew(earlier, key, deployer),
      ...stepsOf(stage, putting(key, deployer)),
    ]);
    return {
      claims: 'cannot',
      stage,
      attempts: { kind: 'all', attempts: [attempt] },
      succeeded: (exchanges) => exchanges.filter(isPut).some(isSuccess),
      proof: {
        questions: deployers.map((deployer) => questionOf(putting(key, deployer))),
        whom: deployers.length === 1 ? (deployers[0] ?? '') : 'any configured deployer',
      },
    };
  },
});

function namesOf(deployers: readonly Text[]): string {
  const names = deployers.map((arn) => `\`${showText(arn)}\``);
  return names.length === 1
    ? `the deployer ${names.join('')} cannot`
    : `none of the deployers ${names.join(', ')} can`;
}

function reasonFor(inventory: Inventory, key: Key, deployer: Text): string {
  const { decision } = decideTry(inventory, putting(key, deployer));
  return decision === 'ExplicitDeny'
    ? 'a Deny covers its `kms:PutKeyPolicy`'
    : 'no key policy statement allows it `kms:PutKeyPolicy`, and no IAM policy that the key policy lets decide';
}

function putting(key: Key, caller: Text): Try {
  return { caller, action: 'kms:PutKeyPolicy', key: key.arn, circumstances: plainly };
}

/** A key that the deployer may do everything with. */
function createFor(key: Key, creator: Text, deployer: Text): Call {
  const Statement = [rootBeside(key), creator, deployer].map((AWS) => ({
    Effect: 'Allow',
    Principal: { AWS },
    Action: 'kms:*',
    Resource: '*',
  }));
  const input = { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
  return { kind: 'kms', operation: 'CreateKey', input, caller: creator, region: key.region };
}

/** The policy under suspicion is put on the key that was just made. */
function putOnNew(earlier: readonly Exchange[], key: Key, caller: Text): Call | undefined {
  const outcome = earlier.at(-1)?.outcome;
  const made = outcome?.kind === 'succeeded' ? outcome.output['KeyMetadata'] : undefined;
  const isMade = typeof made === 'object' && made !== null && 'Arn' in made;
  if (!isMade || key.policy === undefined) return undefined;
  const input = { KeyId: String(made.Arn), Policy: printPolicy(key.policy) };
  return { kind: 'kms', operation: 'PutKeyPolicy', input, caller, region: key.region };
}

function isPut({ call }: Exchange): boolean {
  return call.kind === 'kms' && call.operation === 'PutKeyPolicy';
}
