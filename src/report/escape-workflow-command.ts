import type { Text } from '../source/index.js';
import { escapeText } from './escape.js';

/** The properties of an annotation: a place in a file, from 1, and a title. */
export interface AnnotationProperties {
  readonly title: Text;
  readonly file?: Text;
  readonly line?: number;
  readonly endLine?: number;
  readonly col?: number;
  readonly endColumn?: number;
}

/**
 * A workflow command of GitHub Actions that makes an annotation; the message may have several lines.
 * No text ends the command or its properties early, or begins another one.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function workflowCommand(
  command: 'error' | 'warning' | 'notice',
  properties: AnnotationProperties,
  lines: readonly Text[],
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const listed = given.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const message = lines.map(escapeText).join('\n');
  return `::${command} ${listed.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: Text): string {
  return escapeData(escapeText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
