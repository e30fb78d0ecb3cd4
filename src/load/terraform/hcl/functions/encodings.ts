import { decodeText, hasHole, parseJsonPieces, type Node } from '../../../../source/index.js';
import { parseDocuments } from '../../../documents.js';
import { textNode } from '../../../make-node.js';
import { asText, encoded, isEncoded, isUnknown, piecesOf } from '../value.js';
import { known, knownNumber, open, refused, type TerraformFunction } from './function.js';

/** Functions that turn values into texts and back, and types into each other. */
export const encodings: Readonly<Record<string, TerraformFunction>> = {
  jsonencode: ([value], call) => (value === undefined ? refused(call) : encoded(value)),
  jsondecode: ([value], call) => (value && decoded(value)) ?? open(call),
  yamldecode: ([value], call) => {
    const text = known(value);
    if (value === undefined || text === undefined) return open(call);
    const { value: documents } = parseDocuments({ path: value.span.source.path, text });
    return documents.nodes[0] ?? open(call);
  },
  base64encode: ([value], call) => {
    const text = known(value);
    if (text === undefined) return open(call);
    let binary = '';
    for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
    return textNode(btoa(binary), call.span);
  },
  base64decode: ([value], call) => {
    const text = known(value);
    if (text === undefined) return open(call);
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text) || text.replace(/\s/g, '').length % 4 !== 0) {
      return refused(call);
    }
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const plain = decodeText('', bytes).value?.text;
    return plain === undefined ? open(call) : textNode(plain, call.span);
  },
  tostring: ([value], call) => {
    if (value?.kind !== 'scalar' || value.value === null || isUnknown(value))
      return value ?? refused(call);
    return textNode(asText(value) ?? '', value.span);
  },
  tonumber: ([value], call) => {
    if (value === undefined || isUnknown(value)) return value ?? refused(call);
    if (value.kind === 'scalar' && value.value === null) return value;
    const number = knownNumber(value);
    return number === undefined
      ? refused(call)
      : { kind: 'scalar', value: number, span: value.span };
  },
  tobool: ([value], call) => {
    const text = value && asText(value);
    if (value === undefined || isUnknown(value)) return value ?? refused(call);
    if (text !== 'true' && text !== 'false') return text === undefined ? value : refused(call);
    return { kind: 'scalar', value: text === 'true', span: value.span };
  },
  sensitive: ([value], call) => value ?? refused(call),
  nonsensitive: ([value], call) => value ?? refused(call),
  ephemeralasnull: ([value], call) => value ?? refused(call),
};

/** The value of a text in JSON, its parts where they are written; `undefined` where it cannot be known. */
export function decoded(value: Node): Node | undefined {
  if (isEncoded(value)) {
    return value.kind === 'mapping'
      ? { kind: 'mapping', entries: value.entries, span: value.span }
      : { ...value };
  }
  const text = asText(value);
  if (text === undefined || isUnknown(value)) return undefined;
  const { value: node, diagnostics } = parseJsonPieces(
    piecesOf(value) ?? [{ text, span: value.span }],
  );
  return node && diagnostics.length === 0 && (!hasHole(text) || node.kind !== 'unresolved')
    ? node
    : undefined;
}
