import fc from 'fast-check';
import type { Dependant, Inventory, Request } from '../../src/inventory/index.js';
import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../src/policy/index.js';
import { invariant, parseJson } from '../../src/source/index.js';
import { inventory } from './inventory.js';
import { policyJson } from './policy-json.js';
import { request } from './request.js';
import { keyArns, other, own } from './vocabulary.js';

/**
 * Estates and requests of the shared vocabulary, told of buckets and a queue in place of keys: the same
 * names in other clothes, so that policies, callers and contexts still meet often.
 */
const clothes: readonly (readonly [of: string, as: string])[] = [
  ['kms:Decrypt', 's3:GetObject'],
  ['kms:Encrypt', 's3:PutObject'],
  ['KMS:decrypt', 'S3:getobject'],
  ['kms:De*', 's3:Get*'],
  ['kms:?ncrypt', 's3:?utObject'],
  ['kms:*', 's3:*'],
  ['kms:GenerateDataKey', 'sqs:SendMessage'],
  ['kms:DescribeKey', 'sqs:ReceiveMessage'],
  ['arn:aws:kms:*:*:key/*', 'arn:aws:s3:::*'],
  [`arn:aws:kms:us-east-1:${own}:key/*`, 'arn:aws:s3:::orders/*'],
  [keyArns[0], 'arn:aws:s3:::orders/1.json'],
  [keyArns[1], `arn:aws:sqs:us-east-1:${own}:orders`],
  [keyArns[2], 'arn:aws:s3:::theirs/1.json'],
];

const nowhere = { source: { path: 'estate.keyproof.yaml', text: '' }, start: 0, end: 0 };

/** An estate as `inventory()` makes it, with buckets and a queue whose policies may be left out. */
export function serviceEstate(): fc.Arbitrary<Inventory> {
  const redressed = inventory().map((estate) => ({
    ...estate,
    principals: estate.principals.map((principal) => ({
      ...principal,
      ...(principal.policies && { policies: principal.policies.map(redress) }),
      ...(principal.boundary &&
        principal.boundary !== 'none' && { boundary: redress(principal.boundary) }),
    })),
    accounts: estate.accounts.map((account) => ({
      ...account,
      ...(account.scps && { scps: account.scps.map((level) => level.map(redress)) }),
      ...(account.rcps && { rcps: account.rcps.map((level) => level.map(redress)) }),
    })),
    endpoints: estate.endpoints.map((endpoint) => ({
      ...endpoint,
      service: 's3',
      ...(endpoint.policy && { policy: redress(endpoint.policy) }),
    })),
  }));
  return fc
    .record({
      estate: redressed,
      dependants: fc.tuple(
        dependant('s3', 'arn:aws:s3:::orders', own),
        dependant('s3', 'arn:aws:s3:::theirs', other),
        dependant('sqs', `arn:aws:sqs:us-east-1:${own}:orders`, own),
      ),
      isComplete: fc.boolean(),
    })
    .map(({ estate, dependants, isComplete }) => ({
      ...estate,
      dependants: dependants.filter((one) => one !== undefined),
      complete: isComplete ? new Set([...estate.complete, 'resources' as const]) : estate.complete,
    }));
}

/** A request of one of the shared callers to a bucket or the queue. */
export function serviceRequest(): fc.Arbitrary<Request> {
  const named = new Map(clothes);
  return request().map(({ action, resource, ...rest }) => ({
    ...rest,
    action: named.get(action) ?? 's3:ListBucket',
    resource: named.get(resource) ?? resource,
  }));
}

function dependant(
  service: string,
  arn: string,
  account: string,
): fc.Arbitrary<Dependant | undefined> {
  const given = fc.option(policyOf('resource'), { nil: undefined, freq: 4 });
  const one = given.map((policy) => ({
    address: arn,
    unit: 'estate',
    span: nowhere,
    service,
    type: service === 's3' ? 'bucket' : 'queue',
    arn,
    account,
    region: 'us-east-1',
    ...(policy === undefined ? {} : { policy }),
  }));
  return fc.option(one, { nil: undefined, freq: 8 });
}

function policyOf(kind: PolicyKind): fc.Arbitrary<PolicyDocument> {
  return policyJson(kind).map((json) => parsed(dressed(JSON.stringify(json)), kind));
}

function redress({ kind, span }: PolicyDocument): PolicyDocument {
  return parsed(dressed(span.source.text), kind);
}

function parsed(text: string, kind: PolicyKind): PolicyDocument {
  const node = parseJson({ path: `${kind}.json`, text }).value;
  invariant(node !== undefined, 'a generated policy is JSON');
  return parsePolicy(node, kind).value;
}

function dressed(text: string): string {
  return clothes.reduce((done, [of, as]) => done.replaceAll(`"${of}"`, `"${as}"`), text);
}
