import type { CodeCall, CodeUse, CodeValue } from '../../../src/inventory/index.js';
import { showText } from '../../../src/source/index.js';
import { loadOf } from '../memory.js';

/** The calls in code, which stands in `src/app.ts` unless it is given a path; other files may lie beside it. */
export function callsOf(
  code: string,
  path = 'src/app.ts',
  others: Readonly<Record<string, string>> = {},
): readonly CodeCall[] {
  return loadOf({ ...others, [path]: code }, { paths: [path] }).inventory.calls;
}

/** `kms:Encrypt` of each call. */
export function namesOf(calls: readonly CodeCall[]): readonly string[] {
  return calls.map(({ service, operation }) => `${service}:${operation}`);
}

/** A value as people would write it: what is not known is in `${…}`. */
function plain(value: CodeValue | undefined): unknown {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case 'text':
    case 'unknown':
      return showText(value.text);
    case 'scalar':
      return value.value;
    case 'bytes': {
      const { atLeast, atMost } = value.size;
      const count = atMost === undefined ? `${String(atLeast)} or more` : String(atLeast);
      return `${count} bytes, ${value.origin}`;
    }
    case 'list':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries(value.fields.map((field) => [field.name, plain(field.value)]));
    case 'output':
      return [value.call, ...value.path].join(' ');
  }
}

/** The input of the first call. */
export function inputOf(code: string, path?: string, others?: Record<string, string>): unknown {
  return plain(callsOf(code, path, others)[0]?.arguments[0]);
}

/** The uses of what the first call returns, as `Plaintext logged console.log`. */
export function usesOf(code: string): readonly string[] {
  return (callsOf(code)[0]?.uses ?? []).map(useText);
}

function useText({ output, kind, to, call, field, conversion, encoding }: CodeUse): string {
  const details =
    kind === 'passed'
      ? [call, field]
      : kind === 'converted'
        ? [conversion, encoding ?? 'unknown']
        : [to];
  return [output, kind, ...details].filter((word) => word !== undefined && word !== '').join(' ');
}
