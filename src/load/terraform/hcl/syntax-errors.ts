import type { Diagnostic, Source } from '../../../source/index.js';
import { TOO_DEEP, type SyntaxNode } from './grammar.js';

/** What the grammar could not make sense of, in order; of errors inside each other the outermost. */
export function syntaxErrors(tree: SyntaxNode, source: Source): readonly Diagnostic[] {
  const problem = problemOf(tree, source);
  return problem ? [problem] : tree.children.flatMap((child) => syntaxErrors(child, source));
}

function problemOf(node: SyntaxNode, source: Source): Diagnostic | undefined {
  if (node.missing) {
    const what = SPELLINGS[node.type] ?? `\`${node.type}\``;
    return error(`${what} is missing here`, node.start, node.start + 1, source);
  }
  if (node.type === TOO_DEEP) {
    const message = 'nested more than 256 levels deep';
    return error(message, node.start, node.end, source, 'no configuration needs this');
  }
  const isUnclosed = node.children.some(
    ({ type, missing }) => missing && type === 'quoted_template_end',
  );
  if (isUnclosed) {
    const message = 'the quotation mark `"` is never closed';
    return error(message, node.start, node.start + 1, source);
  }
  if (node.type !== 'ERROR') return undefined;
  const at = firstOdd(node);
  const text = source.text.slice(at.start, at.end);
  const word = /^[\w-]+|^[^\s]/.exec(text)?.[0] ?? '';
  if (word === '')
    return error('the file ends here, in the middle of something', at.start, at.end, source);
  const message = `\`${word}\` is not expected here`;
  return error(message, at.start, at.start + word.length, source);
}

/** The first thing inside an error that is nothing whole, which the error is about. */
function firstOdd(node: SyntaxNode): SyntaxNode {
  const odd = node.children.find(
    ({ type }) => type !== 'comment' && type !== 'attribute' && type !== 'block',
  );
  return odd ?? node;
}

const SPELLINGS: Readonly<Record<string, string>> = {
  block_end: '`}`',
  object_end: '`}`',
  tuple_end: '`]`',
  quoted_template_end: 'the closing `"`',
  template_interpolation_end: 'the `}` that closes `${`',
  heredoc_identifier: 'the line that ends the text',
  identifier: 'a name',
};

function error(
  what: string,
  start: number,
  end: number,
  source: Source,
  hint = 'run `terraform fmt` or `terraform validate`; what else is in the file is analysed',
): Diagnostic {
  return {
    code: 'terraform-syntax',
    severity: 'error',
    message: `${what}, so this part of the configuration cannot be read`,
    span: { source, start, end },
    hint,
  };
}
