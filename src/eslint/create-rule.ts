import type { Rule } from 'eslint';
import type { RuleMeta } from '../lint/index.js';
import { endOf, startOf, type Span } from '../source/index.js';
import type { Problem } from './problem.js';

/** What ESLint must know of a rule. */
type Facts = Pick<RuleMeta, 'id' | 'title' | 'category' | 'options'> &
  Partial<Pick<RuleMeta, 'presets'>>;

/** The problems of the file of a context; `undefined` where the file is none of keyproof's. */
type Find = (
  context: Rule.RuleContext,
  options: Readonly<Record<string, unknown>>,
) => readonly Problem[] | undefined;

/**
 * A rule of ESLint's that reports what keyproof finds, whatever language the file is in. How severe a
 * problem is, is its message id.
 */
export function createRule(facts: Facts, url: string, find: Find): Rule.RuleModule {
  const { title, category, options, presets = [] } = facts;
  return {
    meta: {
      type: category === 'hygiene' ? 'suggestion' : 'problem',
      docs: { description: title, url, recommended: presets.includes('recommended') },
      schema: options === undefined ? [] : [options.schema],
      ...(options === undefined ? {} : { defaultOptions: [options.defaults] }),
      messages: { error: '{{text}}', warning: '{{text}}', info: '{{text}}' },
    },
    create(context) {
      // ESLint has checked what is given by the schema, and merged it into the defaults.
      const given = (context.options[0] ?? {}) as Readonly<Record<string, unknown>>;
      const problems = find(context, given) ?? [];
      if (problems.length === 0) return {};
      const reportAll = (firstColumn: number): void => {
        for (const { severity, text, span } of problems) {
          context.report({
            messageId: severity,
            data: { text },
            loc: placeOf(span, firstColumn),
          });
        }
      };
      // The root of each language's tree, and what its columns count from.
      return {
        Program: () => {
          reportAll(0);
        },
        Document: () => {
          reportAll(1);
        },
      };
    },
  };
}

function placeOf(span: Span, firstColumn: number) {
  const [start, end] = [startOf(span), endOf(span)];
  return {
    start: { line: start.line, column: start.column - 1 + firstColumn },
    end: { line: end.line, column: end.column - 1 + firstColumn },
  };
}
