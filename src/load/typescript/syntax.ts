import { createRequire } from 'node:module';
import type * as Scopes from '@typescript-eslint/scope-manager';
import type * as Estree from '@typescript-eslint/typescript-estree';
import type { ScopeManager, Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Comment, Diagnostic, Source, Span } from '../../source/index.js';

export type SyntaxNode = TSESTree.Node;

/** Every kind of node by its name, without the parser's enumeration, which would have to be loaded. */
type Kinds = { [Node in TSESTree.Node as `${Node['type']}`]: Node };

export type SyntaxKind = keyof Kinds;
export type NodeOf<Kind extends SyntaxKind> = Kinds[Kind];

export type FunctionNode = NodeOf<
  'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration'
>;
export type ClassNode = NodeOf<'ClassDeclaration' | 'ClassExpression'>;
/** A call, or the creation of an object. */
export type CallNode = NodeOf<'CallExpression' | 'NewExpression'>;

/** Whether a node is of one of some kinds. */
export function is<Kind extends SyntaxKind>(
  node: SyntaxNode | null | undefined,
  ...kinds: readonly Kind[]
): node is NodeOf<Kind> {
  return node !== null && node !== undefined && (kinds as readonly string[]).includes(node.type);
}

export function isFunction(node: SyntaxNode | null | undefined): node is FunctionNode {
  return is(node, 'ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration');
}

export function isCall(node: SyntaxNode | null | undefined): node is CallNode {
  return is(node, 'CallExpression', 'NewExpression');
}

export function isClass(node: SyntaxNode | null | undefined): node is ClassNode {
  return is(node, 'ClassDeclaration', 'ClassExpression');
}

/** A file of source code, parsed, with its scopes. Every node knows its parent. */
export interface Code {
  readonly source: Source;
  readonly program: TSESTree.Program;
  readonly comments: readonly Comment[];
  /** Every node, in the order of the text. */
  readonly nodes: readonly SyntaxNode[];
  /** The variable that an identifier reads or writes; `undefined` for globals and for what is no variable. */
  variableOf(identifier: SyntaxNode): Variable | undefined;
  spanOf(node: SyntaxNode): Span;
  textOf(node: SyntaxNode): string;
}

/** Code that ESLint has parsed with typescript-eslint's parser, which is the one used here. */
export interface ParsedCode {
  readonly program: TSESTree.Program;
  readonly scopes: ScopeManager;
}

type Parser = (source: Source, parsed: ParsedCode | undefined) => Code | Diagnostic;

let parser: Parser | undefined;

/** The code of a file, or why it is none; what is parsed already is not parsed again. */
export function parseCode(source: Source, parsed?: ParsedCode): Code | Diagnostic {
  parser ??= createParser();
  return parser(source, parsed);
}

/** Loads what parsing takes: at once, as ESLint asks for findings while it looks at a file. */
function createParser(): Parser {
  const load = createRequire(import.meta.url);
  const { parse, simpleTraverse, TSError } = load(
    '@typescript-eslint/typescript-estree',
  ) as typeof Estree;
  const { analyze } = load('@typescript-eslint/scope-manager') as typeof Scopes;
  const parseSource = ({ path, text }: Source): ParsedCode => {
    const program = parse(text, {
      filePath: path,
      jsx: !/\.[mc]?ts$/.test(path),
      range: true,
      loc: false,
      comment: true,
      jsDocParsingMode: 'none',
      loggerFn: false,
    });
    return { program, scopes: analyze(program, { sourceType: 'module', lib: [] }) };
  };
  return (source, parsed) => {
    try {
      const { program, scopes } = parsed ?? parseSource(source);
      const nodes: SyntaxNode[] = [];
      simpleTraverse(program, { enter: (node) => void nodes.push(node) }, true);
      return codeOf(source, program, nodes, scopes);
    } catch (error) {
      if (error instanceof TSError) return syntaxError(source, error);
      // What is nested deeper than the stack cannot be followed; the code itself may be fine.
      if (error instanceof RangeError) return tooDeep(source);
      throw error;
    }
  };
}

function codeOf(
  source: Source,
  program: TSESTree.Program,
  nodes: readonly SyntaxNode[],
  scopes: ScopeManager,
): Code {
  const variables = new Map<SyntaxNode, Variable>();
  for (const { references } of scopes.scopes) {
    for (const { identifier, resolved } of references) {
      // Globals that ESLint declares are defined nowhere in the code.
      if (resolved !== null && 'references' in resolved && resolved.defs.length > 0) {
        variables.set(identifier, resolved);
      }
    }
  }
  for (const { variables: declared } of scopes.scopes) {
    for (const variable of declared) {
      for (const name of variable.identifiers) variables.set(name, variable);
    }
  }
  return {
    source,
    program,
    nodes,
    comments: (program.comments ?? []).map(({ value, range: [start, end] }) => ({
      text: value.replace(/^\s*\*+|\s+\*?$/g, '').trim(),
      span: { source, start, end },
    })),
    variableOf: (identifier) => variables.get(identifier),
    spanOf: ({ range: [start, end] }) => ({ source, start, end }),
    textOf: ({ range: [start, end] }) => source.text.slice(start, end),
  };
}

function syntaxError(
  source: Source,
  error: { readonly message: string; readonly index: number },
): Diagnostic {
  const message = error.message.replace(/\.$/, '');
  return {
    code: 'typescript-syntax',
    severity: 'error',
    message: `this is not valid code: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    span: { source, start: error.index, end: Math.min(error.index + 1, source.text.length) },
    hint: 'correct the syntax, or exclude the file',
  };
}

function tooDeep(source: Source): Diagnostic {
  return {
    code: 'typescript-depth',
    severity: 'error',
    message: `the code of \`${source.path}\` is nested too deep to be read`,
    span: { source, start: 0, end: 0 },
    hint: 'exclude the file if it is generated',
  };
}
