import type { Linter } from 'eslint';

const WARNING = 1;

/**
 * Reports as a warning what keyproof holds for one, such as what hangs on a value known only at deployment,
 * though its rule reports errors: ESLint knows one severity a rule. Changes nothing else, in any file.
 */
export function createProcessor(version: string, rules: ReadonlySet<string>): Linter.Processor {
  const isLesser = ({ ruleId, messageId }: Linter.LintMessage): boolean =>
    (messageId === 'warning' || messageId === 'info') &&
    rules.has(ruleId?.slice(ruleId.lastIndexOf('/') + 1) ?? '');
  return {
    meta: { name: 'keyproof/severity', version },
    supportsAutofix: true,
    preprocess: (text) => [text],
    postprocess: (lists) =>
      lists
        .flat()
        .map((message) => (isLesser(message) ? { ...message, severity: WARNING } : message)),
  };
}
