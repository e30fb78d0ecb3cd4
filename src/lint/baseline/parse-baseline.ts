import { checkValue } from '../../config/index.js';
import { find, itemsOf, parseJson, textOf, type Parsed, type Source } from '../../source/index.js';
import type { Baseline } from './baseline.js';

/** Reads a baseline; where a diagnostic is an error, it is empty. */
export async function parseBaseline(source: Source): Promise<Parsed<Baseline>> {
  const nothing: Baseline = { entries: [] };
  const { value: node, diagnostics } = parseJson(source);
  if (node === undefined || diagnostics.some(({ severity }) => severity === 'error')) {
    return { value: nothing, diagnostics };
  }
  const problems = await checkValue(node, 'baseline');
  if (problems.length > 0) return { value: nothing, diagnostics: problems };
  const entries = itemsOf(find(node, 'findings')).map((item) => ({
    fingerprint: textOf(find(item, 'fingerprint')) ?? '',
    rule: textOf(find(item, 'rule')) ?? '',
    path: textOf(find(item, 'path')) ?? '',
  }));
  return { value: { entries }, diagnostics };
}
