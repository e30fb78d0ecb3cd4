import type { Confirmation, Finding } from '../../lint/index.js';
import type { Diagnostic, Text } from '../../source/index.js';
import { htmlCode, htmlText, markdownCode, markdownText } from '../escape-markdown.js';
import { describeCall, describeOutcome } from '../exchange.js';
import { describeConfirmation, placeText } from '../names.js';

const STEPS_MAX = 8;
const CHARACTERS_MAX = 1000;

/** A finding: one line that says what and where, and folded behind it why, what to do, and the proof. */
export function findingBlock(finding: Finding, files: ReadonlySet<string>): string {
  const { severity, message, why, fix, span, related, ruleId, confirmation } = finding;
  return folded(summaryLine(severity, message, placeText(span)), [
    `- **why:** ${clipped(why)}`,
    `- **fix:** ${clipped(fix)}`,
    `- **proof:** ${clipped(describeConfirmation(confirmation))}`,
    ...witnessLines(confirmation, files),
    ...related
      .slice(0, STEPS_MAX)
      .map((one) => `- **see:** ${clippedCode(placeText(one.span))}: ${clipped(one.message)}`),
    `- **more:** ${markdownCode(`keyproof explain ${ruleId}`)}`,
  ]);
}

function witnessLines(confirmation: Confirmation, files: ReadonlySet<string>): readonly string[] {
  if (confirmation.kind !== 'confirmed') return [];
  return confirmation.witness.slice(-STEPS_MAX).map((exchange, index) => {
    const outcome = describeOutcome(exchange, files);
    const call = describeCall(exchange.call);
    return `  ${index + 1}. ${clipped(outcome === undefined ? call : `${call}: ${outcome}`)}`;
  });
}

/** A problem with the input. */
export function diagnosticBlock({ severity, message, span, hint, code }: Diagnostic): string {
  const lines = [
    ...(hint === undefined ? [] : [`- **fix:** ${clipped(hint)}`]),
    `- **code:** ${markdownCode(code)}`,
  ];
  return folded(summaryLine(severity, message, placeText(span)), lines);
}

function summaryLine(severity: string, message: Text, place: Text): string {
  return `<b>${severity}</b> ${clippedHtml(message)} — ${htmlCode(clip(place))}`;
}

/** Lines of Markdown behind a summary in HTML, shown when that is clicked. */
export function folded(summary: string, lines: readonly string[]): string {
  // Markdown begins again behind an empty line.
  return `<details><summary>${summary}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

/** Text as Markdown, cut where it is too long for a page that is to hold others as well. */
export function clipped(text: Text): string {
  return markdownText(clip(text));
}

/** As {@link clipped}, for where a page holds HTML. */
export function clippedHtml(text: Text): string {
  return htmlText(clip(text));
}

/** A name as code, cut alike. */
export function clippedCode(text: Text): string {
  return markdownCode(clip(text));
}

function clip(text: Text): Text {
  if (text.length <= CHARACTERS_MAX) return text;
  return `${text.slice(0, CHARACTERS_MAX)}… (${text.length - CHARACTERS_MAX} characters more)`;
}
