import { fileURLToPath } from 'node:url';

/** What everybody pays on every run: starting, loading the rules, and finding nothing. */
export const cleanPolicy = {
  name: 'lint one clean policy in JSON',
  of: 'time',
  bar: 5,
  samples: 15,
  prepare: () => ({
    args: ['lint', 'clean-key-policy.json'],
    cwd: fileURLToPath(new URL('../inputs', import.meta.url)),
  }),
};
