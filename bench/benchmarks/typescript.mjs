import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../typescript/compare.mjs', import.meta.url));

/** Loading code, as a multiple of what the parser alone takes for the same files in the same process. */
export const typescript = {
  name: 'load TypeScript, beside its parser',
  of: 'time',
  bar: 2,
  prepare: () => ({
    measure() {
      const output = execFileSync(process.execPath, [program], { encoding: 'utf8' });
      const { files, loadMs, parseMs } = JSON.parse(output);
      return { figure: `${files} files ${loadMs.toFixed(0)} ms`, value: loadMs / parseMs };
    },
  }),
};
