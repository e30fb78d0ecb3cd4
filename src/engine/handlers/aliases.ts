import { limits } from '../../facts/index.js';
import { keyIdOf, type Alias, type Inventory, type Key } from '../../inventory/index.js';
import { wholeOf, type Text } from '../../source/index.js';
import type { KmsException } from '../call.js';
import { aliasNotFound, exception, invalid, limitExceeded } from '../exceptions.js';
import { typeOf, usageOf } from '../key-facts.js';
import { findAlias, listAliases as aliasesOf } from '../lookup.js';
import { operation, type Scene } from '../operation.js';
import type { KmsInputs, KmsOutputs } from '../operations.js';
import type { Ask } from '../request.js';
import { aliasArn } from '../resolve.js';
import { failed, succeeded, type Result } from '../result.js';
import { withInventory, type State } from '../state.js';
import { askOnKey, named, onNothing } from './on-key.js';

export const createAlias = operation<
  KmsInputs['CreateAlias'],
  KmsOutputs['CreateAlias'],
  { readonly target: Key }
>({
  resolve: (scene, { AliasName, TargetKeyId }) => {
    const refused = checkName(AliasName);
    return refused === undefined
      ? resolveTarget(scene, 'CreateAlias', TargetKeyId)
      : failed(refused);
  },
  asks: (scene, { AliasName }, { target }) => [
    askOnAlias(scene, 'kms:CreateAlias', AliasName),
    askOnKey('kms:CreateAlias', target),
  ],
  run: (scene, { AliasName }) => {
    const { target } = scene.keys;
    if (findAlias(scene.state.inventory, AliasName, scene.region, scene.account) !== undefined) {
      return failed(
        exception(
          'AlreadyExistsException',
          `An alias with the name ${aliasArn(scene, AliasName)} already exists`,
        ),
      );
    }
    const refused = checkCount(scene, target) ?? checkPlace(scene, target);
    if (refused !== undefined) return failed(refused);
    return succeeded({ state: point(scene.state, scene, AliasName, target), output: {} });
  },
});

type Repointing = { readonly target: Key; readonly current: Key | undefined };

export const updateAlias = operation<
  KmsInputs['UpdateAlias'],
  KmsOutputs['UpdateAlias'],
  Repointing
>({
  resolve: (scene, { AliasName, TargetKeyId }) => {
    const alias = findOwnAlias(scene, AliasName);
    if (alias.kind === 'failed') return alias;
    const target = resolveTarget(scene, 'UpdateAlias', TargetKeyId);
    if (target.kind === 'failed') return target;
    return succeeded({ target: target.value.target, current: alias.value.key });
  },
  // SOURCE: facts kms-authz 91
  asks: (scene, { AliasName }, { target, current }) => [
    askOnAlias(scene, 'kms:UpdateAlias', AliasName),
    ...(current === undefined ? [] : [askOnKey('kms:UpdateAlias', current)]),
    ...(current === target ? [] : [askOnKey('kms:UpdateAlias', target)]),
  ],
  // SOURCE: facts kms-limits, footnote 10: the state of the key that loses the alias does not matter
  uses: ({ target }) => [target],
  run: (scene, { AliasName }) => {
    const { target, current } = scene.keys;
    const refused = checkCount(scene, target) ?? checkPlace(scene, target);
    if (refused !== undefined) return failed(refused);
    // SOURCE: facts kms-authz 92
    if (current !== undefined && !isAlike(current, target)) {
      return failed(
        invalid('Both keys of an alias must be of the same type and have the same key usage.'),
      );
    }
    const without = unpoint(scene.state, scene, AliasName);
    return succeeded({ state: point(without, scene, AliasName, target), output: {} });
  },
});

export const deleteAlias = operation<
  KmsInputs['DeleteAlias'],
  KmsOutputs['DeleteAlias'],
  { readonly current: Key | undefined }
>({
  resolve: (scene, { AliasName }) => {
    const alias = findOwnAlias(scene, AliasName);
    return alias.kind === 'failed' ? alias : succeeded({ current: alias.value.key });
  },
  asks: (scene, { AliasName }, { current }) => [
    askOnAlias(scene, 'kms:DeleteAlias', AliasName),
    ...(current === undefined ? [] : [askOnKey('kms:DeleteAlias', current)]),
  ],
  run: (scene, { AliasName }) =>
    succeeded({ state: unpoint(scene.state, scene, AliasName), output: {} }),
});

export const listAliases = operation<
  KmsInputs['ListAliases'],
  KmsOutputs['ListAliases'],
  { readonly key: Key | undefined }
>({
  resolve: (scene, { KeyId }) => {
    if (KeyId === undefined) return succeeded({ key: undefined });
    const found = named(scene, 'DescribeKey', KeyId);
    return found.kind === 'failed' ? found : succeeded({ key: found.value.key });
  },
  // SOURCE: facts kms-authz 94
  asks: () => [onNothing('kms:ListAliases')],
  uses: () => [],
  run: (scene) => {
    const { state, account, region, keys } = scene;
    const aliases = aliasesOf(state.inventory, account, region).filter(
      ({ key }) => keys.key === undefined || key?.arn === keys.key.arn,
    );
    return succeeded({
      state,
      output: {
        Aliases: aliases.map(({ name, key }) => ({
          AliasName: name,
          AliasArn: aliasArn(scene, name),
          ...(key === undefined ? {} : { TargetKeyId: keyIdOf(key) }),
        })),
      },
    });
  },
});

// SOURCE: facts kms-authz 90: only IAM policies give permission on the alias itself
function askOnAlias(scene: Scene, action: string, name: Text): Ask {
  const { account } = scene;
  return {
    action,
    resource: aliasArn(scene, name),
    ...(account === undefined ? {} : { resourceAccount: account }),
    values: {},
  };
}

function resolveTarget(
  scene: Scene,
  name: 'CreateAlias' | 'UpdateAlias',
  reference: string,
): Result<{ readonly target: Key }> {
  const found = named(scene, name, reference);
  return found.kind === 'failed' ? found : succeeded({ target: found.value.key });
}

function findOwnAlias(scene: Scene, name: Text): Result<{ readonly key: Key | undefined }> {
  const refused = checkName(name);
  if (refused !== undefined) return failed(refused);
  const found = findAlias(scene.inventory, name, scene.region, scene.account);
  return found === undefined
    ? failed(aliasNotFound(aliasArn(scene, name)))
    : succeeded({ key: found.key });
}

// SOURCE: facts kms-authz 93
function checkName(name: Text): KmsException | undefined {
  if (name.startsWith('alias/aws/')) {
    return exception('NotAuthorizedException', 'Aliases that begin with alias/aws/ are reserved.');
  }
  return name.startsWith('alias/') && name.length > 'alias/'.length
    ? undefined
    : exception(
        'InvalidAliasNameException',
        `${name} is not an alias: it has to begin with alias/`,
      );
}

function checkCount({ state, region }: Scene, target: Key): KmsException | undefined {
  const count = aliasesOf(state.inventory, target.account, region).filter(
    ({ key }) => key?.arn === target.arn,
  ).length;
  return count < limits.aliasesPerKey
    ? undefined
    : limitExceeded(`A key has at most ${limits.aliasesPerKey} aliases.`);
}

/** An alias and its key belong to one account; their Region is that of the endpoint. */
function checkPlace({ account }: Scene, target: Key): KmsException | undefined {
  return target.account === account
    ? undefined
    : invalid('An alias and its key must belong to the same account.');
}

function isAlike(a: Key, b: Key): boolean {
  return typeOf(a) === typeOf(b) && usageOf(a) === usageOf(b);
}

function point(state: State, scene: Scene, name: Text, target: Key): State {
  const alias: Alias = {
    name,
    account: target.account,
    region: target.region,
    target: target.arn,
    address: aliasArn(scene, name),
    unit: 'engine',
    span: wholeOf({ path: aliasArn(scene, name), text: '' }),
  };
  const { aliases, keys } = state.inventory;
  return withInventory(state, {
    aliases: [...aliases, alias],
    keys: changeAliases(
      keys,
      (key) => key.arn === target.arn,
      (names) => [...names, name],
    ),
  });
}

function unpoint(state: State, { region, account }: Scene, name: Text): State {
  const { aliases, keys } = state.inventory;
  return withInventory(state, {
    aliases: aliases.filter(
      (alias) => alias.name !== name || alias.region !== region || alias.account !== account,
    ),
    keys: changeAliases(
      keys,
      (key) =>
        key.region === region && key.account === account && key.aliases?.includes(name) === true,
      (names) => names.filter((one) => one !== name),
    ),
  });
}

/** Keys of which all aliases are known go on knowing them all. */
function changeAliases(
  keys: Inventory['keys'],
  concerns: (key: Key) => boolean,
  change: (names: readonly Text[]) => readonly Text[],
): Inventory['keys'] {
  return keys.map((key) =>
    key.aliases !== undefined && concerns(key) ? { ...key, aliases: change(key.aliases) } : key,
  );
}
