import { showText, type Text } from '../source/index.js';

/**
 * Text from outside as it may be printed: holes as `${expression}`, and whatever could move the cursor,
 * colour the screen, reverse the reading order or hide itself (controls, escapes, bidirectional and
 * zero-width marks, line separators, halves of surrogate pairs, what is no character) as the escape that
 * JSON has for it. So is the start of what a build server would take out of its log as a command.
 */
export function escapeText(text: Text): string {
  return showText(text)
    .replace(UNPRINTABLE, escapeCharacter)
    .replace(COMMAND, (start) => escapeUnit(start) + start.slice(1));
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/**
 * How commands begin: `::error …` where a line does, which may be wherever a line is broken, and anywhere
 * `##[error]`, `##vso[…]` or `##teamcity[…]`.
 */
const COMMAND = /(?<=^|\s)::|##(?=\w*\[)/g;

const COMMAND_IN_LINE = /##(?=\w*\[)/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  return SHORT[character] ?? character.split('').map(escapeUnit).join('');
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** JSON with the same characters escaped, which changes no value in it. */
export function escapeJson(json: string): string {
  return json
    .replace(UNPRINTABLE_IN_JSON, escapeCharacter)
    .replace(COMMAND_IN_LINE, (start) => escapeUnit(start) + start.slice(1));
}

// Line breaks lay JSON out and are most of what would match, so they are not even looked at.
const UNPRINTABLE_IN_JSON = /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** A line of source as it is shown, with where each of its columns went. */
export interface ShownLine {
  readonly text: string;
  /** For each column of the original from 1, and the one after the last, the column shown. */
  readonly columns: readonly number[];
}

export function showLine(line: string): ShownLine {
  const columns = [0];
  const commands = new Set([...line.matchAll(COMMAND_IN_LINE)].map(({ index }) => index));
  let text = '';
  for (const character of line) {
    const isCommand = commands.has(columns.length - 1);
    for (let unit = 0; unit < character.length; unit += 1) columns.push(text.length + 1);
    if (character === '\t') text += '  ';
    else text += isCommand ? escapeUnit(character) : escapeText(character);
  }
  columns.push(text.length + 1);
  return { text, columns };
}
