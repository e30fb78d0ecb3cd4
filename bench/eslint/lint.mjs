// Lints what is named with typescript-eslint's recommended rules, and with keyproof's as well where asked.
// `node lint.mjs <recommended|keyproof> <folder>`; prints how many files there were and what was found.
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const [rules, folder] = process.argv.slice(2);
const files = ['**/*.ts'];
const base = [{ files, extends: [tseslint.configs.recommended] }];
const ours = async () => {
  const { default: keyproof } = await import('../../dist/cli/eslint.js');
  return [{ files, extends: [keyproof.configs.recommended] }];
};
const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: tseslint.config(...base, ...(rules === 'keyproof' ? await ours() : [])),
});
const results = await eslint.lintFiles(['.']);
const messages = results.flatMap((result) => result.messages);
const found = messages.filter(({ ruleId }) => ruleId?.startsWith('keyproof/'));
const broken = messages.filter(({ fatal }) => fatal);
process.stdout.write(
  JSON.stringify({ files: results.length, found: found.length, broken: broken.length }),
);
