import { limits } from '../../facts/index.js';
import { parseCaller, type Grant, type GrantConstraints, type Key } from '../../inventory/index.js';
import { wholeOf, type Text } from '../../source/index.js';
import {
  grantNotFound,
  invalid,
  invalidArn,
  invalidGrantToken,
  limitExceeded,
} from '../exceptions.js';
import { findKeyByArn } from '../lookup.js';
import { operation, type Scene } from '../operation.js';
import type { KmsInputs, KmsOutputs } from '../operations.js';
import { encryptionContextValues, type Values } from '../request.js';
import { resolveKey } from '../resolve.js';
import { failed, succeeded, type Result } from '../result.js';
import { withEntry, withGrants, withoutEntry, type State } from '../state.js';
import { checkGrant } from './grant-checks.js';
import { askOnKey, onKey, theKey } from './on-key.js';

type OneKey = { readonly key: Key };
type CreateGrant = KmsInputs['CreateGrant'];

export const createGrant = operation<CreateGrant, KmsOutputs['CreateGrant'], OneKey>({
  resolve: theKey('CreateGrant'),
  asks: (_scene, input, { key }) => onKey('CreateGrant', key, grantValues(input)),
  run: (scene, input) => {
    const { state, entropy, nowMs, keys } = scene;
    const { key } = keys;
    const refused = checkGrant(state, key, input);
    if (refused !== undefined) return failed(refused);
    const token = Buffer.from(entropy.bytes(32)).toString('base64url');
    const same = input.Name === undefined ? undefined : findSame(key, scene, input);
    if (same !== undefined) {
      return succeeded({
        state: withToken(state, key, same.id, token, nowMs),
        output: { GrantId: same.id, GrantToken: token },
      });
    }
    const existing = key.grants ?? [];
    if (existing.length >= limits.grantsPerKey && key.manager !== 'AWS') {
      return failed(limitExceeded(`A key has at most ${limits.grantsPerKey} grants.`));
    }
    const id = Buffer.from(entropy.bytes(32)).toString('hex');
    const grant = grantOf(scene, input, id);
    return succeeded({
      state: withToken(withGrants(state, key, [...existing, grant]), key, id, token, nowMs),
      output: { GrantId: id, GrantToken: token },
    });
  },
});

export const listGrants = operation<KmsInputs['ListGrants'], KmsOutputs['ListGrants'], OneKey>({
  resolve: theKey('ListGrants'),
  asks: (_scene, _input, { key }) => onKey('ListGrants', key),
  run: ({ state, keys: { key } }, { GrantId, GranteePrincipal, GranteeServicePrincipal }) => {
    const grantee = GranteePrincipal ?? GranteeServicePrincipal;
    const grants = (key.grants ?? []).filter(
      (grant) =>
        (GrantId === undefined || grant.id === GrantId) &&
        (grantee === undefined || grant.grantee === grantee),
    );
    if (GrantId !== undefined && grants.length === 0) return failed(grantNotFound(GrantId));
    return succeeded({
      state,
      output: { Grants: grants.map((grant) => entryOf(state, key, grant)) },
    });
  },
});

export const revokeGrant = operation<KmsInputs['RevokeGrant'], KmsOutputs['RevokeGrant'], OneKey>({
  resolve: theKey('RevokeGrant'),
  asks: (_scene, _input, { key }) => onKey('RevokeGrant', key),
  run: ({ state, keys: { key } }, { GrantId }) =>
    key.grants?.some(({ id }) => id === GrantId) === true
      ? succeeded({ state: withoutGrant(state, key, GrantId), output: {} })
      : failed(grantNotFound(GrantId)),
});

export const retireGrant = operation<KmsInputs['RetireGrant'], KmsOutputs['RetireGrant'], OneKey>({
  resolve: (scene, input) => {
    const found = findRetirable(scene, input);
    return found.kind === 'failed' ? found : succeeded({ key: found.value.key });
  },
  // SOURCE: facts kms-authz 80
  asks: (scene, input, { key }) => {
    const found = findRetirable(scene, input);
    if (found.kind === 'failed') return [askOnKey('kms:RetireGrant', key)];
    const { id, constraints } = found.value.grant;
    return [{ ...askOnKey('kms:RetireGrant', key, constraintValues(constraints)), grant: id }];
  },
  run: (scene, input) => {
    const found = findRetirable(scene, input);
    if (found.kind === 'failed') return found;
    const { key, grant } = found.value;
    return succeeded({ state: withoutGrant(scene.state, key, grant.id), output: {} });
  },
});

/** The grant that a token, or a key ARN with a grant id, names. */
function findRetirable(
  scene: Scene,
  { GrantToken, KeyId, GrantId }: KmsInputs['RetireGrant'],
): Result<{ readonly key: Key; readonly grant: Grant }> {
  const { state } = scene;
  if (GrantToken !== undefined) {
    if (KeyId !== undefined || GrantId !== undefined) {
      return failed(invalid('Give either a grant token, or a key ARN and a grant ID.'));
    }
    for (const [id, note] of state.grants) {
      const key = note.tokens.includes(GrantToken) && findKeyByArn(state.inventory, note.keyArn);
      const grant = key && key.grants?.find((one) => one.id === id);
      if (key && grant && key.region === scene.region) return succeeded({ key, grant });
    }
    return failed(invalidGrantToken);
  }
  if (KeyId === undefined || GrantId === undefined) {
    return failed(invalid('Give either a grant token, or a key ARN and a grant ID.'));
  }
  // SOURCE: facts kms-authz 87
  if (!KeyId.startsWith('arn:')) return failed(invalidArn(`Invalid arn ${KeyId}`));
  const found = resolveKey(scene, KeyId, ['key-arn']);
  if (found.kind === 'failed') return found;
  const { key } = found.value;
  const grant = key.grants?.find(({ id }) => id === GrantId);
  return grant === undefined ? failed(grantNotFound(GrantId)) : succeeded({ key, grant });
}

function grantValues(input: CreateGrant): Values {
  const constraints = constraintsOf(input);
  return {
    ...constraintValues(constraints),
    'kms:GrantConstraintSourceArn': constraints?.sourceArn,
    'kms:GrantOperations': input.Operations,
    'kms:GranteePrincipal': input.GranteePrincipal,
    'kms:GranteeServicePrincipal': input.GranteeServicePrincipal,
    'kms:RetiringPrincipal': input.RetiringPrincipal,
    'kms:RetiringServicePrincipal': input.RetiringServicePrincipal,
  };
}

/** The condition keys of a grant's encryption context constraint. */
function constraintValues(constraints: GrantConstraints | undefined): Values {
  const { encryptionContextEquals, encryptionContextSubset } = constraints ?? {};
  const pairs = encryptionContextEquals ?? encryptionContextSubset;
  if (pairs === undefined) return {};
  return {
    ...encryptionContextValues(Object.fromEntries(pairs)),
    'kms:GrantConstraintType':
      encryptionContextEquals === undefined ? 'EncryptionContextSubset' : 'EncryptionContextEquals',
  };
}

function constraintsOf({ Constraints }: CreateGrant): GrantConstraints | undefined {
  if (Constraints === undefined) return undefined;
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = Constraints;
  return {
    ...(EncryptionContextEquals === undefined
      ? {}
      : { encryptionContextEquals: new Map(Object.entries(EncryptionContextEquals)) }),
    ...(EncryptionContextSubset === undefined
      ? {}
      : { encryptionContextSubset: new Map(Object.entries(EncryptionContextSubset)) }),
    ...(SourceArn === undefined ? {} : { sourceArn: SourceArn }),
  };
}

function grantOf({ account }: Scene, input: CreateGrant, id: Text): Grant {
  const constraints = constraintsOf(input);
  const retiring = input.RetiringPrincipal ?? input.RetiringServicePrincipal;
  const path = `grant ${input.Name ?? id}`;
  return {
    id,
    ...(input.Name === undefined ? {} : { name: input.Name }),
    grantee: input.GranteePrincipal ?? input.GranteeServicePrincipal ?? '',
    operations: [...new Set(input.Operations)],
    ...(retiring === undefined ? {} : { retiringPrincipal: retiring }),
    // SOURCE: facts kms-authz 85
    ...(account === undefined ? {} : { issuingAccount: account }),
    ...(constraints === undefined ? {} : { constraints }),
    span: wholeOf({ path, text: '' }),
  };
}

// SOURCE: facts kms-authz 77
function findSame(key: Key, scene: Scene, input: CreateGrant): Grant | undefined {
  const wanted = comparable(grantOf(scene, input, ''));
  return key.grants?.find((grant) => grant.name === input.Name && comparable(grant) === wanted);
}

function comparable({ name, grantee, retiringPrincipal, operations, constraints }: Grant): string {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = constraints ?? {};
  return JSON.stringify([
    name,
    grantee,
    retiringPrincipal,
    [...operations].sort(),
    [...(encryptionContextEquals ?? [])].sort(),
    [...(encryptionContextSubset ?? [])].sort(),
    sourceArn,
  ]);
}

function withToken(state: State, key: Key, id: Text, token: string, nowMs: number): State {
  const known = state.grants.get(id);
  return {
    ...state,
    grants: withEntry(state.grants, id, {
      keyArn: key.arn,
      createdMs: known?.createdMs ?? nowMs,
      tokens: [...(known?.tokens ?? []), token],
    }),
  };
}

function withoutGrant(state: State, key: Key, id: Text): State {
  const rest = (key.grants ?? []).filter((grant) => grant.id !== id);
  return { ...withGrants(state, key, rest), grants: withoutEntry(state.grants, id) };
}

function entryOf(state: State, key: Key, grant: Grant): Readonly<Record<string, unknown>> {
  const { id, name, grantee, retiringPrincipal, operations, constraints } = grant;
  const created = state.grants.get(id)?.createdMs;
  const isService = parseCaller(grantee)?.kind === 'service';
  return {
    KeyId: key.arn,
    GrantId: id,
    ...(name === undefined ? {} : { Name: name }),
    ...(created === undefined ? {} : { CreationDate: new Date(created) }),
    [isService ? 'GranteeServicePrincipal' : 'GranteePrincipal']: grantee,
    ...(retiringPrincipal === undefined ? {} : { RetiringPrincipal: retiringPrincipal }),
    IssuingAccount: `arn:aws:iam::${grant.issuingAccount ?? key.account}:root`,
    Operations: operations,
    ...(constraints === undefined
      ? {}
      : {
          Constraints: {
            ...pairs('EncryptionContextEquals', constraints.encryptionContextEquals),
            ...pairs('EncryptionContextSubset', constraints.encryptionContextSubset),
            ...(constraints.sourceArn === undefined ? {} : { SourceArn: constraints.sourceArn }),
          },
        }),
  };
}

function pairs(
  name: string,
  context: ReadonlyMap<string, string> | undefined,
): Readonly<Record<string, unknown>> {
  return context === undefined ? {} : { [name]: Object.fromEntries(context) };
}
