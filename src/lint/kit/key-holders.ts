import type { Inventory, Key } from '../../inventory/index.js';
import { matchesResource, parseArn, type Statement } from '../../policy/index.js';
import { hasHole, type Text } from '../../source/index.js';
import { roleBeside, withActors } from './actors.js';
import { findHolder, type Holder } from './holders.js';
import type { PlacedStatement } from './places.js';
import { scopeTo } from './scope.js';
import { standInKey } from './stand-ins.js';
import { principalsOf } from './statements.js';

/** Somebody to whom a statement gives something on a key, on a stage where both are. */
export interface KeyHolder extends Holder {
  readonly key: Key;
}

/**
 * Those to whom an Allow may give something, each with a key that it is about: in a key policy, the
 * principals that it names; in an IAM policy, whoever has it, with every key that `Resource` matches, or
 * with one made up where none is known. A statement for the key's own account names nobody.
 */
export function keyHoldersOf(inventory: Inventory, placed: PlacedStatement): readonly KeyHolder[] {
  const { owner, statement } = placed;
  if (owner.kind === 'key') {
    const key = owner.thing;
    return principalsOf(statement).flatMap(({ form }) => {
      switch (form.kind) {
        case 'user':
        case 'role':
        case 'role-session':
        case 'federated-user':
          return [onStage(inventory, key, form.arn, form.account)];
        case 'account': {
          const isOwn = form.account === key.account;
          const partition = parseArn(key.arn)?.partition ?? 'aws';
          const arn = `arn:${partition}:iam::${form.account}:root`;
          return isOwn || hasHole(form.account) ? [] : [onStage(inventory, key, arn, form.account)];
        }
        case 'everyone':
          return statement.conditions.length === 0
            ? []
            : [onStage(inventory, key, roleBeside(key, 'anybody'), key.account)];
        case 'service':
        case 'provider':
        case 'canonical-user':
        case 'unique-id':
        case 'unresolved':
        case 'invalid':
          return [];
      }
    });
  }
  if (placed.document.kind !== 'identity' && placed.document.kind !== 'unknown') return [];
  const holder = findHolder(inventory, placed);
  if (holder === undefined) return [];
  const keys = inventory.keys.filter((key) => isAbout(statement, key));
  if (keys.length > 0) return keys.map((key) => ({ ...holder, key }));
  const key = imaginedKey(statement, holder.arn);
  if (key === undefined) return [];
  return [{ ...holder, key, stage: { ...holder.stage, keys: [...holder.stage.keys, key] } }];
}

/** Principals of other accounts need an IAM policy of theirs besides; those of its own need none. */
function onStage(inventory: Inventory, key: Key, arn: Text, account: Text): KeyHolder {
  const may = account === key.account ? 'nothing' : 'everything';
  return { arn, key, stage: withActors(scopeTo(inventory, key), [{ arn, may }]) };
}

function isAbout({ resource }: Statement, key: Key): boolean {
  if (resource === undefined) return false;
  const matches = resource.patterns.map(({ text }) => matchesResource(text, key.arn, 'identity'));
  return resource.negated ? !matches.includes('match') : matches.includes('match');
}

/** A key that `Resource` matches, in the holder's account where it leaves that open. */
function imaginedKey({ resource }: Statement, holder: Text): Key | undefined {
  const { partition = 'aws', account = '' } = parseArn(holder) ?? {};
  if (resource === undefined || resource.negated) return undefined;
  for (const { text } of resource.patterns) {
    if (/^\*+$/.test(text))
      return standInKey(`arn:${partition}:kms:us-east-1:${account}:key/${KEY_ID}`);
    const arn = parseArn(text);
    if (arn?.service !== 'kms' || !arn.resource.startsWith('key/')) continue;
    const region = plainOr(arn.region, 'us-east-1');
    const owner = plainOr(arn.account, account);
    const id = plainOr(arn.resource.slice('key/'.length), KEY_ID);
    return standInKey(`arn:${plainOr(arn.partition, partition)}:kms:${region}:${owner}:key/${id}`);
  }
  return undefined;
}

const KEY_ID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

function plainOr(pattern: Text, fallback: Text): Text {
  return /[*?]/.test(pattern) ? fallback : pattern;
}
