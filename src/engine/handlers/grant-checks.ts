import { grantOperations, limits, operations, type Operation } from '../../facts/index.js';
import type { Key } from '../../inventory/index.js';
import { parsePrincipal } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { KmsException } from '../call.js';
import { invalid, invalidArn } from '../exceptions.js';
import { isExisting } from '../iam.js';
import { specOf, typeOf, usageOf } from '../key-facts.js';
import type { KmsInputs } from '../operations.js';
import type { State } from '../state.js';

type CreateGrant = KmsInputs['CreateGrant'];

/**
 * What KMS refuses in a grant, whoever makes it.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html
 */
export function checkGrant(state: State, key: Key, input: CreateGrant): KmsException | undefined {
  return (
    checkGrantee(input) ??
    checkPrincipal(state, input.GranteePrincipal) ??
    checkPrincipal(state, input.RetiringPrincipal) ??
    checkOperations(key, input.Operations) ??
    checkConstraints(key, input)
  );
}

// SOURCE: facts kms-authz 67
function checkGrantee(input: CreateGrant): KmsException | undefined {
  const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal } = input;
  const { RetiringServicePrincipal, Constraints } = input;
  if ((GranteePrincipal === undefined) === (GranteeServicePrincipal === undefined)) {
    return invalid('Specify exactly one of GranteePrincipal and GranteeServicePrincipal.');
  }
  if (RetiringPrincipal !== undefined && RetiringServicePrincipal !== undefined) {
    return invalid('Specify at most one of RetiringPrincipal and RetiringServicePrincipal.');
  }
  if (GranteeServicePrincipal === undefined) return undefined;
  const hasRetiring = RetiringPrincipal !== undefined || RetiringServicePrincipal !== undefined;
  return Constraints?.SourceArn === undefined || !hasRetiring
    ? invalid(
        'GranteeServicePrincipal requires the grant constraint SourceArn and a retiring principal.',
      )
    : undefined;
}

// SOURCE: facts kms-authz 66
function checkPrincipal(state: State, principal: Text | undefined): KmsException | undefined {
  if (principal === undefined) return undefined;
  const form = parsePrincipal('AWS', principal);
  const refused = invalidArn(`ARN does not refer to a valid principal: ${principal}`);
  switch (form.kind) {
    case 'account':
    case 'federated-user':
      return undefined;
    case 'user':
    case 'role':
      return isExisting(state, form) ? undefined : refused;
    case 'role-session': {
      const { account, role } = form;
      return isExisting(state, { kind: 'role', account, name: role }) ? undefined : refused;
    }
    case 'everyone':
    case 'service':
    case 'provider':
    case 'canonical-user':
    case 'unique-id':
    case 'unresolved':
    case 'invalid':
      return refused;
  }
}

// SOURCE: facts kms-authz 68
function checkOperations(key: Key, granted: readonly string[]): KmsException | undefined {
  if (granted.length === 0) return invalid('A grant must have at least one operation.');
  const refused = granted.find((name) => !suits(key, name));
  return refused === undefined
    ? undefined
    : invalid(
        `Grant operation ${refused} is not valid for a key of spec ${specOf(key)} and usage ${usageOf(key)}.`,
      );
}

function suits(key: Key, granted: string): boolean {
  const name = grantOperations.find((one) => one === granted);
  const all: readonly Operation[] = Object.values(operations);
  return all.some(
    ({ grantOperations: names, keyUsages, keySpecs }) =>
      name !== undefined &&
      names?.includes(name) === true &&
      keyUsages?.includes(usageOf(key)) !== false &&
      keySpecs?.includes(specOf(key)) !== false,
  );
}

// SOURCE: facts kms-authz 72
function checkConstraints(key: Key, { Constraints }: CreateGrant): KmsException | undefined {
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = Constraints ?? {};
  if (SourceArn !== undefined && !sourceArnPattern.test(SourceArn)) {
    return invalid(`SourceArn ${SourceArn} is not the ARN of a resource with an account.`);
  }
  if (EncryptionContextEquals === undefined && EncryptionContextSubset === undefined) {
    return undefined;
  }
  if (EncryptionContextEquals !== undefined && EncryptionContextSubset !== undefined) {
    return invalid('Specify at most one of EncryptionContextEquals and EncryptionContextSubset.');
  }
  if (typeOf(key) !== 'symmetric') {
    return invalid('Encryption context constraints are for symmetric encryption keys only.');
  }
  const values = Object.values(EncryptionContextEquals ?? EncryptionContextSubset ?? {});
  if (values.length > limits.grantConstraintPairs) {
    return invalid(`A grant constraint has at most ${limits.grantConstraintPairs} pairs.`);
  }
  return values.some((value) => value.length > limits.grantConstraintValueChars)
    ? invalid(
        `A value of a grant constraint has at most ${limits.grantConstraintValueChars} characters.`,
      )
    : undefined;
}

// SOURCE: facts kms-limits, GrantConstraintSourceArnType
const sourceArnPattern = /^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$/;
