import { emptyInventory, type Inventory } from '../../inventory/index.js';
import type { Diagnostic, Files, Node, Parsed } from '../../source/index.js';
import { commentDirectives } from '../directives.js';
import type { Loader } from '../loader.js';
import { buildCalls } from './build-calls.js';
import { createEvaluator } from './evaluate.js';
import { showsMark } from './modules.js';
import { parseCode, type Code } from './syntax.js';

const CODE = /\.(?:[mc]?[jt]s|[jt]sx)$/;
const DECLARATIONS = /\.d\.[mc]?ts$/;

/** Code in TypeScript and JavaScript that calls AWS for keys, or holds keys itself. */
export const typeScript: Loader = {
  name: 'TypeScript',
  owns: CODE,
  // Declarations of types call nothing, and most code has nothing to do with keys.
  recognizes: (path, text) => !DECLARATIONS.test(path) && showsMark(text),
  load: (source, files, { code }) => loadCode(parseCode(source, code), files),
};

function loadCode(code: Code | Diagnostic, files: Files): Parsed<Inventory> {
  if ('severity' in code) return { value: emptyInventory, diagnostics: [code] };
  const calls = buildCalls(createEvaluator(code, files));
  const directives = commentDirectives(code.comments, [outlineOf(code)]);
  return { value: { ...emptyInventory, calls, directives }, diagnostics: [] };
}

/** What directives can cover: statements, and what begins on a line of its own inside them. */
function outlineOf(code: Code): Node {
  const span = code.spanOf(code.program);
  const [first] = code.program.body;
  const start = first?.range[0] ?? span.end;
  const items = code.nodes
    .filter((node) =>
      /Statement$|Declaration$|^Property$|^CallExpression$|^NewExpression$|Definition$/.test(
        node.type,
      ),
    )
    .map((node): Node => ({ kind: 'scalar', value: null, span: code.spanOf(node) }));
  return { kind: 'sequence', items, span: { ...span, start } };
}
