import type { Text } from '../source/index.js';
import { escapeText } from './escape.js';

/** Text for the values that the XML builder writes: all of XML's characters, and nothing that ends CDATA. */
export function escapeXml(text: Text): string {
  // The builder takes one `]]>` of a text apart, and leaves a second one whole.
  return escapeText(text).replaceAll(']]>', ']]\\u003e');
}
