import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const args = ['lint', 'clean-key-policy.json'];
const cwd = fileURLToPath(new URL('../inputs', import.meta.url));

/** What everybody pays on every run: starting, loading the rules, and finding nothing. */
export const cleanPolicy = {
  name: 'lint one clean policy in JSON',
  of: 'time',
  bar: 2.2,
  samples: 15,
  prepare: () => {
    keepCode(args);
    return { args, cwd };
  },
};

/** The same beside ESLint on one small file, with the rules that ESLint recommends. */
export const cleanPolicyBesideEslint = {
  name: 'lint one clean policy, beside eslint',
  of: 'time',
  bar: 0.5,
  samples: 9,
  prepare: () => {
    keepCode(args);
    const eslint = fileURLToPath(
      new URL('../../node_modules/eslint/bin/eslint.js', import.meta.url),
    );
    return { args, cwd, beside: [eslint, '--config', 'eslint.config.mjs', 'small.mjs'] };
  },
};

/** The first run after a build keeps the code that later ones start with. */
function keepCode(first) {
  const keyproof = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
  execFileSync(process.execPath, [keyproof, ...first], { cwd, stdio: 'ignore' });
}
