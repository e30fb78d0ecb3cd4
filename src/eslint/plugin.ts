import type { ESLint, Linter, Rule } from 'eslint';
import { rules as registry } from '../../rules/index.js';
import { createNodeHost, type Host } from '../host/index.js';
import { ownRules, type RuleMeta } from '../lint/index.js';
import { invariant, type Severity } from '../source/index.js';
import { createChecker } from './create-checker.js';
import { createProcessor } from './create-processor.js';
import { problemOfDiagnostic, problemOfFinding } from './problem.js';
import { createRule } from './create-rule.js';

/** keyproof's rules as ESLint runs them, on JSON, YAML, TypeScript and JavaScript alike. */
export interface Plugin extends ESLint.Plugin {
  readonly rules: Record<string, Rule.RuleModule>;
  readonly processors: Record<typeof PROCESSOR, Linter.Processor>;
  /** Neither asks for type information, and neither says to which files it applies. */
  readonly configs: Record<Preset, Linter.Config>;
}

type Preset = RuleMeta['presets'][number];

/** What the rules are called by, as in `keyproof/public-key-policy`. */
const NAMESPACE = 'keyproof';
const PROCESSOR = 'severity';

/** Of what is wrong with files as inputs, which on the command line no rule finds. */
const diagnostic: Pick<RuleMeta, 'id' | 'title' | 'severity' | 'category'> = {
  id: 'diagnostic',
  title: 'An input that keyproof cannot read',
  severity: 'error',
  category: 'correctness',
};

function createPlugin(host: Host): Plugin {
  const version = versionOf(host);
  const checkOf = createChecker(host);
  const page = (path: string): string => `https://unpkg.com/keyproof@${version}/${path}`;
  const modules: Record<string, Rule.RuleModule> = {
    [diagnostic.id]: createRule(diagnostic, page('docs/eslint.md'), (context) =>
      checkOf(context)?.diagnostics.map(problemOfDiagnostic),
    ),
    ...Object.fromEntries(
      registry.map((rule) => [
        rule.meta.id,
        createRule(rule.meta, page(`rules/${rule.meta.id}/README.md`), (context, options) =>
          checkOf(context)?.find(rule, options).map(problemOfFinding),
        ),
      ]),
    ),
    ...Object.fromEntries(
      ownRulesHere.map((meta) => [
        meta.id,
        createRule(meta, page(`docs/rules/${meta.id}.md`), (context) =>
          checkOf(context)?.findFaults(meta).map(problemOfFinding),
        ),
      ]),
    ),
  };
  const processors = { [PROCESSOR]: createProcessor(version, new Set(Object.keys(modules))) };
  const meta = { name: 'keyproof', version, namespace: NAMESPACE };
  const configs: Record<Preset, Linter.Config> = { recommended: {}, strict: {} };
  const made: Plugin = { meta, rules: modules, processors, configs };
  // A configuration names the plugin that it is a part of.
  for (const preset of ['recommended', 'strict'] as const) configs[preset] = configOf(preset, made);
  return made;
}

/** One file tells nothing of exceptions that are for nothing: ESLint may run without the rules that they name. */
const ownRulesHere = ownRules.filter(({ id }) => id !== 'unused-suppression');

function configOf(preset: Preset, made: Plugin): Linter.Config {
  const applied = [...registry.map(({ meta }) => meta), ...ownRulesHere].filter(({ presets }) =>
    presets.includes(preset),
  );
  return {
    name: `${NAMESPACE}/${preset}`,
    plugins: { [NAMESPACE]: made },
    processor: `${NAMESPACE}/${PROCESSOR}`,
    rules: Object.fromEntries(
      [diagnostic, ...applied].map(({ id, severity }) => [`${NAMESPACE}/${id}`, levels[severity]]),
    ),
  };
}

const levels = { error: 'error', warning: 'warn', info: 'warn' } as const satisfies Readonly<
  Record<Severity, Linter.StringSeverity>
>;

function versionOf(host: Host): string {
  const text = host.packageFile('package.json');
  invariant(text !== undefined, 'keyproof finds its own package.json');
  return (JSON.parse(text) as { readonly version: string }).version;
}

export const plugin = createPlugin(createNodeHost());
