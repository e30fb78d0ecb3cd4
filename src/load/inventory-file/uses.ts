import type {
  AdvancedField,
  Dependant,
  Endpoint,
  EventSelector,
  LooseDocument,
  Trail,
} from '../../inventory/index.js';
import { hasHole, hole, type Node, type Text } from '../../source/index.js';
import { policyKinds } from '../kind-of.js';
import { wrongValue, type Fields } from './fields.js';
import { given, oneOf, readEach, required, requiredArn, type Reading } from './reading.js';

const ENDPOINT = 'a VPC endpoint';

export function readEndpoints(
  items: readonly Node[] | undefined,
  reading: Reading,
): readonly Endpoint[] {
  return readEach(items, ENDPOINT, ['id', 'service', 'vpc', 'policy'], reading, (fields) => {
    const id = required(fields, ENDPOINT, 'id', reading);
    if (id === undefined) return undefined;
    return {
      address: id,
      unit: reading.unit,
      span: fields.span,
      id,
      // `com.amazonaws.us-east-1.kms` is how EC2 spells it.
      service: (fields.text('service') ?? 'kms').replace(/^com\.amazonaws\.[\w-]+\./, ''),
      ...given({
        vpc: fields.text('vpc'),
        policy: reading.policies.read(fields.node('policy'), 'endpoint'),
      }),
    };
  });
}

const RESOURCE = 'a resource';

const resourceFields = [
  'arn',
  'service',
  'type',
  'account',
  'region',
  'key',
  'encryption',
  'bucketKey',
  'policy',
];

export function readResources(
  items: readonly Node[] | undefined,
  reading: Reading,
): readonly Dependant[] {
  const { settings, unit } = reading;
  return readEach(items, RESOURCE, resourceFields, reading, (fields) => {
    const expected = { resource: /./, example: 'arn:aws:s3:::orders' };
    const named = requiredArn(fields, RESOURCE, expected, reading);
    if (named === undefined) return undefined;
    const { account, region, resource } = named.arn;
    const service = fields.text('service') ?? named.arn.service;
    const key = fields.text('key');
    return {
      address: named.text,
      unit,
      span: fields.span,
      service,
      type: fields.text('type') ?? typeOf(service, resource),
      arn: named.text,
      // The ARN of a bucket has neither.
      account: known(account, fields.text('account'), settings.account) ?? owner(unit, named.text),
      region: known(region, fields.text('region'), settings.region) ?? place(unit, named.text),
      ...given({
        key,
        keySpan: key === undefined ? undefined : fields.node('key')?.span,
        encryption: fields.text('encryption') ?? impliedEncryption(service, key),
        bucketKey: fields.flag('bucketKey'),
        policy: reading.policies.read(fields.node('policy'), 'resource'),
      }),
    };
  });
}

/** A bucket that names its key encrypts with it, unless it is told only at deployment what it names. */
function impliedEncryption(service: string, key: Text | undefined): string | undefined {
  return service === 's3' && key !== undefined && !hasHole(key) ? 'aws:kms' : undefined;
}

function known(...values: readonly (Text | undefined)[]): Text | undefined {
  return values.find((value) => value !== undefined && value !== '');
}

function owner(unit: string, arn: Text): Text {
  return hole(unit, `account of ${arn}`);
}

function place(unit: string, arn: Text): Text {
  return hole(unit, `Region of ${arn}`);
}

const types: Readonly<Record<string, string>> = {
  s3: 'bucket',
  sns: 'topic',
  sqs: 'queue',
  logs: 'log-group',
  secretsmanager: 'secret',
};

function typeOf(service: string, resource: Text): string {
  return types[service] ?? /^[a-z-]+(?=[/:])/.exec(resource)?.[0] ?? service;
}

const TRAIL = 'a trail';

/** Trails and event data stores. */
export function readTrails(items: readonly Node[] | undefined, reading: Reading): readonly Trail[] {
  return readEach(items, TRAIL, ['name', 'kind', 'selectors'], reading, (fields) => {
    const name = required(fields, TRAIL, 'name', reading);
    if (name === undefined) return undefined;
    const kind = oneOf(fields, 'kind', ['trail', 'event-data-store'], reading);
    return {
      address: name,
      unit: reading.unit,
      span: fields.span,
      kind: kind === 'event-data-store' ? kind : 'trail',
      name,
      selectors: readSelectors(fields, reading),
    };
  });
}

const selectorFields = [
  'includeManagementEvents',
  'readWriteType',
  'excludeManagementEventSources',
  'advanced',
];

function readSelectors(fields: Fields, reading: Reading): readonly EventSelector[] {
  const items = fields.list('selectors');
  return readEach(items, 'an event selector', selectorFields, reading, (selector) => {
    const type = oneOf(selector, 'readWriteType', ['All', 'ReadOnly', 'WriteOnly'], reading);
    const advanced = selector.list('advanced');
    return {
      includeManagementEvents: selector.flag('includeManagementEvents') ?? true,
      readWriteType: type === 'ReadOnly' || type === 'WriteOnly' ? type : 'All',
      excludeManagementEventSources: selector.texts('excludeManagementEventSources') ?? [],
      ...given({ advanced: advanced && readAdvanced(advanced, reading) }),
      span: selector.span,
    };
  });
}

const operators: readonly AdvancedField['operator'][] = [
  'equals',
  'notEquals',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
];

function readAdvanced(items: readonly Node[], reading: Reading): readonly AdvancedField[] {
  const what = 'a field selector';
  return readEach(items, what, ['field', 'operator', 'values'], reading, (fields) => {
    const field = required(fields, what, 'field', reading);
    const written = fields.text('operator');
    const operator = operators.find((each) => each === written);
    if (operator === undefined) {
      const span = fields.node('operator')?.span ?? fields.span;
      const message = `\`${written ?? ''}\` is no operator of a field selector`;
      reading.report(wrongValue(span, message, `it takes ${operators.join(', ')}`));
    }
    if (field === undefined || operator === undefined) return undefined;
    return { field, operator, values: fields.texts('values') ?? [] };
  });
}

const DOCUMENT = 'a policy document';

/** Policies that nothing in the file owns. */
export function readDocuments(
  items: readonly Node[] | undefined,
  reading: Reading,
): readonly LooseDocument[] {
  return readEach(items, DOCUMENT, ['address', 'kind', 'account', 'policy'], reading, (fields) => {
    const address = required(fields, DOCUMENT, 'address', reading);
    const kind = oneOf(fields, 'kind', policyKinds, reading);
    const document = reading.policies.read(
      fields.node('policy'),
      policyKinds.find((each) => each === kind) ?? 'unknown',
    );
    if (address === undefined || document === undefined) return undefined;
    return {
      address,
      unit: reading.unit,
      span: fields.span,
      document,
      ...given({ account: fields.text('account') }),
    };
  });
}
