export { endOf, positionAt, startOf, wholeOf } from './source.js';
export type { Position, Source, Span } from './source.js';
export type { Diagnostic, Parsed, Severity } from './diagnostic.js';
export { find, findEntry, findPath, itemsOf, textOf } from './node.js';
export type { Entry, Mapping, Node, Scalar, Sequence, Unresolved } from './node.js';
export {
  equalTexts,
  fillHoles,
  hasHole,
  hole,
  holesOf,
  partsOf,
  showText,
  withoutReserved,
} from './text.js';
export type { Hole, Text } from './text.js';
export type { Files, Unreadable } from './files.js';
export type { Comment } from './comments.js';
export { decodeText } from './decode.js';
export { parseJson, parseJsonLines, parseJsonText } from './json.js';
export { parseYaml } from './yaml.js';
export type { YamlDocuments } from './yaml.js';
export { invariant } from './invariant.js';
