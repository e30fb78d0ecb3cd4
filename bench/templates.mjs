import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const corpus = fileURLToPath(new URL('../../shared/corpus', import.meta.url));

/** A run of `lint` over all real CloudFormation templates that lie beside a checkout, if any do. */
export function lintTemplates(...flags) {
  if (!existsSync(`${corpus}/manifest.json`)) return { skipped: 'no corpus beside the checkout' };
  const manifest = JSON.parse(readFileSync(`${corpus}/manifest.json`, 'utf8'));
  const templates = manifest.filter(({ format }) => /^cfn-(?:json|yaml)$/.test(format));
  const paths = templates.map(({ file }) => file);
  return { args: ['lint', ...flags, '--format', 'json', '--', ...paths], cwd: corpus };
}
