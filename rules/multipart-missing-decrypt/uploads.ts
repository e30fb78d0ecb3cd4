import {
  isInTest,
  nameOfBucket,
  textIn,
  type CodeCall,
  type CodeValue,
  type Expectations,
  type Inventory,
} from '../../src/rule.js';
import type { Target, Uploader } from './uploaders.js';

/** Where code that runs as somebody uploads to a bucket in parts. */
export function uploadsOf(
  { arn }: Uploader,
  { bucket }: Target,
  { calls }: Inventory,
  code: Expectations['code'] = new Map(),
): readonly CodeCall[] {
  const name = nameOfBucket(bucket);
  return calls.filter(
    (call) =>
      isInParts(call) &&
      !isInTest(call) &&
      code.get(call.span.source.path) === arn &&
      textIn(fieldOf(inputOf(call), 'Bucket')) === name,
  );
}

function isInParts({ api, service, operation }: CodeCall): boolean {
  if (api === 'lib-storage') return operation === 'Upload';
  return api.startsWith('aws-sdk') && service === 's3' && operation === 'CreateMultipartUpload';
}

/** What an upload is given: `Upload` takes it under `params`, beside the client. */
function inputOf({ operation, arguments: [input] }: CodeCall): CodeValue | undefined {
  return operation === 'Upload' ? (fieldOf(input, 'params') ?? input) : input;
}

function fieldOf(value: CodeValue | undefined, name: string): CodeValue | undefined {
  return value?.kind === 'object'
    ? value.fields.find((field) => field.name === name)?.value
    : undefined;
}
