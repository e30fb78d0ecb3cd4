/** How far into a text the look for its mark goes, in characters. */
const lookMax = 250_000;

/**
 * The names of a document's top-level members, read without parsing it, so that a text that then
 * fails to parse still shows what it was meant to be. Empty for a text that is no mapping.
 */
export function membersOf(text: string): ReadonlySet<string> {
  const start = /\S/.exec(text)?.[0];
  if (start === '{') return jsonMembers(text);
  return start === '[' ? new Set() : yamlMembers(text);
}

// A measured hot path, since every JSON file of a run comes by: hence codes, not characters.
function jsonMembers(text: string): ReadonlySet<string> {
  const members = new Set<string>();
  const end = Math.min(text.length, lookMax);
  let depth = 0;
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const close = endOfString(text, at);
      if (close < 0) break;
      if (depth === 1 && /^\s*:/.test(text.slice(close + 1, close + 20))) {
        members.add(text.slice(at + 1, close));
      }
      at = close;
    } else if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return members;
}

const [quote, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x7b, 0x7d, 0x5b, 0x5d];

/** The offset of the closing quote; negative if there is none. */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close > 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

// The CLI indents whatever is not a top-level member, except the dashes of lists.
function yamlMembers(text: string): ReadonlySet<string> {
  const lines = text.slice(0, lookMax).matchAll(/^([A-Za-z]\w*):(?=\s|$)/gm);
  return new Set(Array.from(lines, ([, name = '']) => name));
}
