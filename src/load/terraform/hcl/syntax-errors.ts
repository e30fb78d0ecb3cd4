import type { Diagnostic, Source } from '../../../source/index.js';
import { TOO_DEEP, type SyntaxNode } from './grammar.js';

/**
 * What the grammar could not make sense of, in order. Of errors inside each other the innermost, which is
 * nearest to what is wrong.
 */
export function syntaxErrors(tree: SyntaxNode, source: Source): readonly Diagnostic[] {
  if (tree.children.some(({ type, missing }) => missing && type === 'quoted_template_end')) {
    const message = 'the quotation mark `"` here is never closed';
    return [error(message, tree.start, tree.start + 1, source)];
  }
  const inside = tree.children.flatMap((child) => syntaxErrors(child, source));
  if (inside.length > 0) return inside;
  const problem = problemOf(tree, source);
  return problem ? [problem] : [];
}

function problemOf(node: SyntaxNode, source: Source): Diagnostic | undefined {
  if (node.missing) {
    const what = SPELLINGS[node.type] ?? `\`${node.type}\``;
    return error(`${what} is missing here`, node.start, node.start + 1, source);
  }
  if (node.type === TOO_DEEP) {
    const message = 'this is nested more than 256 levels deep';
    return error(message, node.start, node.end, source, 'no configuration needs this');
  }
  return node.type === 'ERROR' ? misunderstood(node, source) : undefined;
}

function misunderstood({ start, end }: SyntaxNode, source: Source): Diagnostic {
  // By far the most frequent mistake in policies: IAM and Terraform both take `${` for theirs.
  const from = Math.max(start - 2, 0);
  const variable = POLICY_VARIABLE.exec(source.text.slice(from, end + 200));
  if (variable && from + variable.index <= end) {
    const [spelled] = variable;
    const at = from + variable.index;
    return error(
      `Terraform reads \`${spelled}\` as an expression`,
      at,
      at + spelled.length,
      source,
      `write \`$${spelled}\` for the policy variable, or \`&${spelled.slice(1)}\` in an aws_iam_policy_document`,
    );
  }
  const quote = unclosedQuote(start, end, source);
  if (quote !== undefined) {
    const message = 'the quotation mark `"` here is never closed';
    return error(message, quote, quote + 1, source);
  }
  const word = /^[\w-]+|^\S/.exec(source.text.slice(start, end))?.[0];
  return word === undefined
    ? error('something is missing here', start, end, source)
    : error(`\`${word}\` is not expected here`, start, start + word.length, source);
}

/** The last quotation mark of the first line that has an odd number of them. */
function unclosedQuote(start: number, end: number, { text }: Source): number | undefined {
  let at = start;
  for (const line of text.slice(start, end).split('\n')) {
    const quotes = [...line.matchAll(/\\.|"/g)].filter(([mark]) => mark === '"');
    const last = quotes.at(-1);
    if (quotes.length % 2 === 1 && last) return at + last.index;
    at += line.length + 1;
  }
  return undefined;
}

const POLICY_VARIABLE = /(?<!\$)\$\{[a-z][\w-]*:[\w/-]+\}/i;

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
