import { createRequire } from 'node:module';
import { invariant } from '../../../source/index.js';

/** A node of the tree that the grammar makes of a text, punctuation included. */
export interface SyntaxNode {
  /** As the grammar names it; punctuation and keywords stand for themselves. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
  /** Whether the parser put it in where the text lacks it. */
  readonly missing: boolean;
}

/** Stands for what is nested too deep to be read. */
export const TOO_DEEP = 'too-deep';

// A level of HCL is about four levels of its tree.
const DEPTH_MAX = 1000;

type Parse = (text: string) => SyntaxNode;

let parser: Promise<Parse> | undefined;
let ready: Parse | undefined;

/** Loads the grammar, once a process; {@link parseTree} may be called afterwards. */
export async function prepareGrammar(): Promise<void> {
  parser ??= createParser();
  ready = await parser;
}

/** The tree of a text in HCL. What is not understood is an `ERROR` somewhere in it. */
export function parseTree(text: string): SyntaxNode {
  invariant(ready !== undefined, 'loaders are prepared before HCL is loaded');
  return ready(text);
}

async function createParser(): Promise<Parse> {
  const { Parser, Language } = await import('web-tree-sitter');
  await Parser.init();
  const require = createRequire(import.meta.url);
  const grammar =
    require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm');
  const language = await Language.load(grammar);
  const inside = new Parser();
  inside.setLanguage(language);
  return (text) => {
    const tree = inside.parse(text);
    invariant(tree !== null, 'a parser with a language parses any text');
    const cursor = tree.walk();
    const root = copy(cursor, 0);
    cursor.delete();
    tree.delete();
    return root;
  };
}

/** The part of the parser's cursor that is used here. */
interface Cursor {
  readonly nodeType: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly nodeIsMissing: boolean;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

// Each step into the parser's memory costs more than one in ours, so the tree is taken out once.
function copy(cursor: Cursor, depth: number): SyntaxNode {
  const { nodeType, startIndex: start, endIndex: end, nodeIsMissing: missing } = cursor;
  const children: SyntaxNode[] = [];
  if (cursor.gotoFirstChild()) {
    if (depth >= DEPTH_MAX) {
      cursor.gotoParent();
      return { type: TOO_DEEP, start, end, children, missing };
    }
    do children.push(copy(cursor, depth + 1));
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type: nodeType, start, end, children, missing };
}
