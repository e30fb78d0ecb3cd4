import type { Location, PhysicalLocation } from 'sarif';
import { endOf, startOf, type Span, type Text } from '../../source/index.js';
import { escapeText } from '../escape.js';

/** What the paths of a report are relative to: the working directory, as a rule the repository's root. */
export const ROOT_ID = '%SRCROOT%';

export function locationOf(span: Span, message?: Text): Location {
  return {
    physicalLocation: physicalLocationOf(span),
    ...(message === undefined ? {} : { message: { text: messageText(message) } }),
  };
}

function physicalLocationOf(span: Span): PhysicalLocation {
  const artifactLocation = artifactLocationOf(span.source.path);
  if (span.source.text === '') return { artifactLocation };
  const start = startOf(span);
  const end = endOf(span);
  return {
    artifactLocation,
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    },
  };
}

function artifactLocationOf(path: string): PhysicalLocation['artifactLocation'] {
  const uri = path
    .replace(/^(?:\.\/)+(?=.)/, '')
    .split('/')
    .map(encodeSegment)
    .join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  return { uri, uriBaseId: ROOT_ID };
}

function encodeSegment(segment: string): string {
  // Halves of surrogate pairs have no bytes that could be encoded.
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\uFFFD'));
}

/** Plain text of a SARIF message, in which `[text](target)` would be a link. */
export function messageText(text: Text): string {
  return escapeText(text).replace(/\](?=\()/g, '\\]');
}
