import { showText, type Text } from '../source/index.js';

/**
 * Text from outside as it may be printed: holes as `${expression}`, and whatever could move the cursor,
 * colour the screen, reverse the reading order or hide itself (controls, escapes, bidirectional and
 * zero-width marks, line separators, halves of surrogate pairs) as the escape that JSON has for it.
 */
export function escapeText(text: Text): string {
  return showText(text).replace(UNPRINTABLE, escapeCharacter);
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  return SHORT[character] ?? character.split('').map(escapeUnit).join('');
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** JSON with the same characters escaped, which changes no value in it. */
export function escapeJson(json: string): string {
  return json.replace(UNPRINTABLE_IN_JSON, escapeCharacter);
}

// Line breaks lay JSON out and are most of what would match, so they are not even looked at.
const UNPRINTABLE_IN_JSON = /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A line of source as it is shown, with where each of its columns went. */
export interface ShownLine {
  readonly text: string;
  /** For each column of the original from 1, and the one after the last, the column shown. */
  readonly columns: readonly number[];
}

export function showLine(line: string): ShownLine {
  const columns = [0];
  let text = '';
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit += 1) columns.push(text.length + 1);
    if (character === '\t') text += '  ';
    else text += escapeText(character);
  }
  columns.push(text.length + 1);
  return { text, columns };
}
