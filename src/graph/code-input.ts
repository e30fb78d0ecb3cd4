import type { CodeCall, CodeValue } from '../inventory/index.js';
import type { Text } from '../source/index.js';

/** The input of the operation that a call calls. */
export function codeInput({ api, operation, arguments: [first] }: CodeCall): CodeValue | undefined {
  const isUpload = api === 'lib-storage' || (api === 'aws-sdk-v2' && operation === 'Upload');
  return isUpload ? (fieldIn(first, 'params') ?? first) : first;
}

/** The value of a field; `undefined` where the object lacks it or may lack it. */
export function fieldIn(value: CodeValue | undefined, name: string): CodeValue | undefined {
  return value?.kind === 'object'
    ? value.fields.find((field) => field.name === name)?.value
    : undefined;
}

/** The text of a field, with holes where the code does not tell. */
export function textIn(value: CodeValue | undefined, name: string): Text | undefined {
  const field = fieldIn(value, name);
  return field?.kind === 'text' || field?.kind === 'unknown' ? field.text : undefined;
}
