import type { Span } from '../../source/index.js';
import { knownModule } from './modules.js';
import { is, type NodeOf, type SyntaxNode } from './syntax.js';
import type { SymbolValue } from './value.js';

type Import = NodeOf<
  | 'ImportSpecifier'
  | 'ImportDefaultSpecifier'
  | 'ImportNamespaceSpecifier'
  | 'TSImportEqualsDeclaration'
>;

/** What an import brings in, where it is of a library that is known. */
export function symbolOfImport(node: Import, span: Span): SymbolValue | undefined {
  if (is(node, 'TSImportEqualsDeclaration')) {
    const { moduleReference } = node;
    return is(moduleReference, 'TSExternalModuleReference')
      ? symbolOfModule(moduleReference.expression, span)
      : undefined;
  }
  if (!is(node.parent, 'ImportDeclaration')) return undefined;
  const whole = symbolOfModule(node.parent.source, span);
  if (whole === undefined || !is(node, 'ImportSpecifier')) return whole;
  const { imported } = node;
  const name = is(imported, 'Identifier') ? imported.name : imported.value;
  return name === 'default' ? whole : { ...whole, path: [...whole.path, name] };
}

/** All that a module exports, by the expression that names it. */
export function symbolOfModule(
  specifier: SyntaxNode | undefined,
  span: Span,
): SymbolValue | undefined {
  if (!is(specifier, 'Literal') || typeof specifier.value !== 'string') return undefined;
  const known = knownModule(specifier.value);
  return known && { kind: 'symbol', ...known, span };
}
