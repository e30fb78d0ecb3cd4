/** A text of bounded length, still different where the whole ones are. */
export function shorten(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return `${text.slice(0, lengthMax - 8)}…${(hash >>> 0).toString(36)}`;
}

/**
 * An expression as it may end up inside JSON text, where a policy is a text with expressions in it: a
 * bare quote, backslash or line break would break the syntax.
 */
export function clean(expression: string): string {
  return expression.replaceAll('"', "'").replaceAll('\\', '%5C').replaceAll(/\s+/g, ' ');
}
