import { fillHoles, hasHole, holesOf } from '../../source/index.js';
import { folderOf, normalPath } from '../paths.js';
import type { Evaluator } from './evaluator.js';
import type { SyntaxNode } from './syntax.js';
import { bytes, text, type Value } from './value.js';

const TEXT_BYTES_MAX = 1_000_000;

/**
 * What a program reads from a file: its bytes, or its text where an encoding is given. The file counts
 * where it is in the tree, looked up from the working directory and then beside the code.
 */
export function readFile(
  path: Value,
  options: Value | undefined,
  node: SyntaxNode,
  { code, files, unknown }: Evaluator,
): Value {
  const span = code.spanOf(node);
  const content = path.kind === 'text' ? contentOf(path.text, code.source.path, files) : undefined;
  const isText = options !== undefined && options.kind !== 'absent';
  if (content === undefined)
    return isText ? text(unknown(node).text, span, 'file') : bytes({ atLeast: 0 }, 'file', span);
  if (!isText) return bytes({ atLeast: content.length, atMost: content.length }, 'file', span);
  if (content.length > TEXT_BYTES_MAX) return text(unknown(node).text, span, 'file');
  return text(new TextDecoder().decode(content).replace(RESERVED, '\uFFFD'), span, 'file');
}

const RESERVED = /[\uE000-\uE002]/g;

function contentOf(path: string, from: string, files: Evaluator['files']): Uint8Array | undefined {
  const folder = folderOf(from);
  const isRooted = holesOf(path).every(({ expression }) => expression === '__dirname');
  if (!isRooted) return undefined;
  const inside = (name: string): string => normalPath(folder === '' ? name : `${folder}/${name}`);
  const places = hasHole(path)
    ? [normalPath(fillHoles(path, () => (folder === '' ? '.' : folder)))]
    : [normalPath(path), inside(path)];
  for (const place of places) {
    const content = files.read(place);
    if (content !== undefined && !('unreadable' in content)) return content;
  }
  return undefined;
}
