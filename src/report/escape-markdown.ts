import type { Text } from '../source/index.js';
import { escapeText } from './escape.js';

/**
 * Our sentences with text from outside in them, as Markdown that reads the same: nothing in it is markup,
 * a link, a mention, a reference to an issue, or HTML. What stands between backticks is shown as code.
 */
export function markdownText(text: Text): string {
  return escapeText(text)
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : inert(part)))
    .join('')
    .trim()
    .replace(BLOCK, '$1\\$2');
}

/** How a list, a rule or the underline of a heading begins, where a text is the first thing on a line. */
const BLOCK = /^(\d*)([-+=.)])/;

/** Text from outside as code. In a code span nothing is markup but the backtick that ends it. */
export function markdownCode(text: Text): string {
  const shown = escapeText(text);
  const isPlain = shown.trim() !== '' && !/[`|]/.test(shown);
  return isPlain ? `\`${shown}\`` : `<code>${inert(shown)}</code>`;
}

/** As {@link markdownText}, for where a page holds HTML, in which Markdown means nothing. */
export function htmlText(text: Text): string {
  return escapeText(text)
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? htmlCode(part.slice(1, -1)) : inertHtml(part)))
    .join('');
}

export function htmlCode(text: Text): string {
  return `<code>${inertHtml(escapeText(text))}</code>`;
}

function inert(text: string): string {
  return inertHtml(text.replace(/[\\`*_~[\]|$]|\{(?=[{%])/g, '\\$&'));
}

function inertHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(REFERENCE, '$&<!-- -->');
}

/** Where a forge would begin a mention, a reference or a link; a comment behind it keeps it from doing so. */
const REFERENCE = /[@#!%]|:(?=\/\/)|\bwww(?=\.)|\bGH(?=-\d)/gi;
