import type { Comment, Diagnostic, Source } from '../../../source/index.js';
import { parseTree, type SyntaxNode } from './grammar.js';
import { commentsIn, readBody } from './read-body.js';
import { readingOf } from './reading.js';
import { readJson } from './read-json.js';
import type { Body } from './syntax.js';
import { syntaxErrors } from './syntax-errors.js';

/** A file of a module, or of values for variables. */
export interface HclFile {
  readonly source: Source;
  readonly body: Body;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file in HCL or in its JSON form, once however often it is asked for. */
export function readFile(source: Source): HclFile {
  const before = files.get(source);
  if (before !== undefined) return before;
  const file = source.path.endsWith('.json') ? readJson(source) : readHcl(source);
  files.set(source, file);
  return file;
}

const files = new WeakMap<Source, HclFile>();

function readHcl(source: Source): HclFile {
  const tree = parseTree(source.text);
  const diagnostics = syntaxErrors(tree, source);
  if (diagnostics.length === 0) {
    const body = readBody(tree, readingOf(source));
    return { source, body, comments: commentsIn(tree, readingOf(source)), diagnostics };
  }
  return readInParts(source);
}

/**
 * What is between two lines that begin a block is read alone, so that a quotation mark that is never
 * closed does not hide the rest of the file.
 */
function readInParts(source: Source): HclFile {
  const starts = [...source.text.matchAll(BLOCK_START)].map(({ index }) => index);
  const cuts = [0, ...starts.filter((start) => start > 0), source.text.length];
  const parts = cuts.slice(0, -1).map((start, index) => {
    const tree = shifted(parseTree(source.text.slice(start, cuts[index + 1])), start);
    return {
      body: readBody(tree, readingOf(source)),
      comments: commentsIn(tree, readingOf(source)),
      diagnostics: syntaxErrors(tree, source).slice(0, 1),
    };
  });
  return {
    source,
    body: {
      attributes: parts.flatMap(({ body }) => body.attributes),
      blocks: parts.flatMap(({ body }) => body.blocks),
      span: { source, start: 0, end: source.text.length },
    },
    comments: parts.flatMap(({ comments }) => comments),
    diagnostics: parts.flatMap((part) => part.diagnostics),
  };
}

const BLOCK_START =
  /^(?:resource|data|module|variable|output|locals|provider|terraform|moved|import|check|removed|ephemeral)\b[ \t]*["{]/gm;

function shifted(node: SyntaxNode, by: number): SyntaxNode {
  const children = node.children.map((child) => shifted(child, by));
  return { ...node, start: node.start + by, end: node.end + by, children };
}
