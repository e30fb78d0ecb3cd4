import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** All Terraform configurations that lie beside a checkout, each file of them named. */
export const terraform = {
  name: 'lint 203 Terraform files with --no-confirm',
  of: 'time',
  bar: 80,
  samples: 3,
  prepare() {
    if (!existsSync(`${corpus}/manifest.json`)) return { skipped: 'no corpus beside the checkout' };
    const manifest = JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8'));
    const paths = manifest.filter(({ format }) => format === 'tf-hcl').map(({ file }) => file);
    return { args: ['lint', '--no-confirm', '--format', 'json', '--', ...paths], cwd: corpus };
  },
};
