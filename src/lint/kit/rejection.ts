import type { Call, Exchange } from '../../engine/index.js';
import { findKey, type Inventory, type Key } from '../../inventory/index.js';
import { printPolicy } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { Scenario, Unsimulated } from '../rule.js';
import { roleBeside, rootBeside, withActors } from './actors.js';
import { isSuccess } from './calls.js';
import { scopeTo } from './scope.js';

/** What rules claim that find statements which AWS does not store. */
export interface RejectedStatement {
  /** The ARN of the key. */
  readonly key: Text;
  /** The position of the statement in the key policy. */
  readonly index: number;
}

/**
 * A key can be created with a policy that is fine, and not with the same policy and the statement in
 * it: then it is the statement that AWS refuses.
 */
export function rejectionScenario(
  { key: arn, index }: RejectedStatement,
  inventory: Inventory,
): Scenario | Unsimulated {
  const key = findKey(inventory, arn);
  if (key?.policy === undefined) return { unsimulated: 'the key is not in the inventory' };
  const creator = roleBeside(key, 'some-creator');
  const create = (statements: readonly unknown[]): Call => ({
    kind: 'kms',
    operation: 'CreateKey',
    input: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) },
    caller: creator,
    region: key.region,
  });
  const sound = delegation(key);
  const attempt = [create([sound]), create([sound, ...printed(key, index)])];
  return {
    claims: 'can',
    stage: withActors(scopeTo(inventory, key), [{ arn: creator, may: 'everything' }]),
    attempts: { kind: 'all', attempts: [attempt] },
    succeeded: ([without, within]) => isSuccess(without) && isMalformed(within),
  };
}

function delegation(key: Key): unknown {
  return { Effect: 'Allow', Principal: { AWS: rootBeside(key) }, Action: 'kms:*', Resource: '*' };
}

/** The statement as JSON; of the forms that one may take once deployed, the first. */
function printed({ policy }: Key, index: number): readonly unknown[] {
  const statement = policy?.statements.find((one) => one.index === index);
  if (policy === undefined || statement === undefined) return [];
  // It is what was just printed: an object with a list of statements.
  const document = JSON.parse(printPolicy({ ...policy, statements: [statement] })) as {
    readonly Statement: readonly unknown[];
  };
  return document.Statement;
}

function isMalformed(exchange: Exchange | undefined): boolean {
  return (
    exchange?.outcome.kind === 'failed' &&
    exchange.outcome.error.name === 'MalformedPolicyDocumentException'
  );
}
