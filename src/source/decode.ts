import type { Diagnostic, Parsed } from './diagnostic.js';
import { wholeOf, type Source } from './source.js';

/**
 * The text of a file's bytes: UTF-8 with or without a byte order mark, UTF-16 with one. Bytes that
 * are no text give `undefined` and one diagnostic: `not-text` (binary) or `not-utf8`.
 */
export function decodeText(path: string, bytes: Uint8Array): Parsed<Source | undefined> {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return decoded(path, utf16);
  if (bytes.includes(0)) {
    return failed(path, 'not-text', `\`${path}\` is not a text file: it holds zero bytes`, {
      hint: 'name text files only, or exclude this one',
    });
  }
  // A leading byte order mark is taken off by the decoder.
  const text = strictly(bytes);
  if (text !== undefined) return decoded(path, text);
  const line = 1 + bytes.subarray(0, firstBadByte(bytes)).filter((byte) => byte === 10).length;
  const message = `\`${path}\` is not UTF-8: line ${line} holds bytes that are no character`;
  return failed(path, 'not-utf8', message, { hint: 'save the file as UTF-8' });
}

function decoded(path: string, text: string): Parsed<Source> {
  return { value: { path, text }, diagnostics: [] };
}

function failed(
  path: string,
  code: string,
  message: string,
  { hint }: { readonly hint: string },
): Parsed<undefined> {
  const span = wholeOf({ path, text: '' });
  const diagnostic: Diagnostic = { code, severity: 'error', message, span, hint };
  return { value: undefined, diagnostics: [diagnostic] };
}

function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return undefined;
}

function strictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// The longest start that may still become UTF-8 ends where the first bad bytes do.
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    if (mayGoOn(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function mayGoOn(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
