import {
  encryptionAlgorithms,
  grantOperations,
  keyOrigins,
  keySpecs,
  keyUsages,
  limits,
  operations,
  type SimulatedOperation,
} from '../facts/index.js';
import type { KmsException } from './call.js';
import { invalid } from './exceptions.js';

/**
 * Checks a request as KMS's service model does before anything else: required members, lengths,
 * ranges, patterns and enums. `undefined`: nothing is wrong.
 */
export function validateInput(
  operation: SimulatedOperation,
  input: Readonly<Record<string, unknown>>,
): KmsException | undefined {
  const missing = operations[operation].required.filter((name) => input[name] === undefined);
  const problems = [
    ...missing.map(
      (name) => `${valueAt(name)} failed to satisfy constraint: Member must not be null`,
    ),
    ...Object.entries(input).flatMap(([name, value]) => checkMember(operation, name, value)),
  ];
  if (problems.length === 0) return undefined;
  const count =
    problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  return invalid(`${count} detected: ${problems.join('; ')}`);
}

/** What a member may be. Lengths count characters, bytes or items; ranges are of numbers. */
interface Shape {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
  /** Of each item, where the member is a list. */
  readonly items?: Shape;
}

const arnOrId: Shape = { min: 1, max: 2_048 };
const alias: Shape = { min: 1, max: limits.aliasNameChars, pattern: /^[a-zA-Z0-9:/_-]+$/ };
const principal: Shape = { min: 1, max: 256, pattern: /^[\w+=,.@:/-]+$/ };
const service: Shape = {
  min: 1,
  max: 128,
  pattern: /^([A-Za-z0-9-]+)\.([A-Za-z0-9-]+)(\.[A-Za-z0-9-]+)+$/,
};
const algorithm: Shape = { values: encryptionAlgorithms };

/**
 * The constraints of KMS's service model, by member.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html
 */
const shapes: Readonly<Record<string, Shape>> = {
  KeyId: arnOrId,
  TargetKeyId: arnOrId,
  SourceKeyId: arnOrId,
  DestinationKeyId: arnOrId,
  AliasName: alias,
  Plaintext: { min: 1, max: limits.plaintextBytes },
  CiphertextBlob: { min: 1, max: limits.ciphertextBytes },
  Description: { min: 0, max: limits.descriptionChars },
  EncryptionAlgorithm: algorithm,
  SourceEncryptionAlgorithm: algorithm,
  DestinationEncryptionAlgorithm: algorithm,
  GrantId: { min: 1, max: 128 },
  GrantToken: { min: 1, max: 8_192 },
  GrantTokens: { min: 0, max: limits.grantTokensPerRequest, items: { min: 1, max: 8_192 } },
  GranteePrincipal: principal,
  RetiringPrincipal: principal,
  GranteeServicePrincipal: service,
  RetiringServicePrincipal: service,
  Name: { min: 1, max: limits.grantNameChars, pattern: /^[a-zA-Z0-9:/_-]+$/ },
  NumberOfBytes: { min: 1, max: limits.dataKeyBytes },
  Operations: { items: { values: grantOperations } },
  Origin: { values: keyOrigins },
  PendingWindowInDays: { min: 1, max: 365 },
  // The characters that a key policy may have: facts kms-authz 37. In bytes it is shorter, see there.
  // eslint-disable-next-line no-control-regex -- a policy may have tabs and line breaks
  Policy: { min: 1, max: 131_072, pattern: /^[\u0009\u000A\u000D\u0020-\u00FF]+$/ },
  PolicyName: { min: 1, max: 128, pattern: /^\w+$/ },
  ReplicaRegion: { min: 1, max: 32, pattern: /^([a-z]+-){2,3}\d+$/ },
  KeySpec: { values: keySpecs },
  KeyUsage: { values: keyUsages },
};

const dataKeySpec: Shape = { values: ['AES_256', 'AES_128'] };

function shapeOf(operation: SimulatedOperation, name: string): Shape | undefined {
  const isDataKey = name === 'KeySpec' && operation.startsWith('GenerateDataKey');
  return isDataKey ? dataKeySpec : shapes[name];
}

function checkMember(
  operation: SimulatedOperation,
  name: string,
  value: unknown,
): readonly string[] {
  const shape = shapeOf(operation, name);
  if (shape === undefined || value === undefined) return [];
  if (Array.isArray(value) && shape.items !== undefined) {
    const { items } = shape;
    return [
      ...checkShape(name, value, shape),
      ...value.flatMap((item: unknown) => checkShape(name, item, items)),
    ];
  }
  return checkShape(name, value, shape);
}

function checkShape(name: string, value: unknown, shape: Shape): readonly string[] {
  const { min, max, pattern, values } = shape;
  const shown = typeof value === 'number' || pattern !== undefined || values !== undefined;
  const at = valueAt(name, shown ? value : undefined);
  const [size, unit] = typeof value === 'number' ? [value, 'value'] : [lengthOf(value), 'length'];
  const problems = [
    ...(min !== undefined && size < min ? [`have ${unit} greater than or equal to ${min}`] : []),
    ...(max !== undefined && size > max ? [`have ${unit} less than or equal to ${max}`] : []),
    ...(pattern !== undefined && typeof value === 'string' && !pattern.test(value)
      ? [`satisfy regular expression pattern: ${pattern.source}`]
      : []),
    ...(values !== undefined && typeof value === 'string' && !values.includes(value)
      ? [`satisfy enum value set: [${values.join(', ')}]`]
      : []),
  ];
  return problems.map((problem) => `${at} failed to satisfy constraint: Member must ${problem}`);
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return value instanceof Uint8Array ? value.byteLength : 0;
}

function valueAt(name: string, value?: unknown): string {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const short = typeof value === 'string' && value.length <= 200 ? ` '${value}'` : '';
  const number = typeof value === 'number' ? ` '${value}'` : '';
  return `Value${short}${number} at '${member}'`;
}
