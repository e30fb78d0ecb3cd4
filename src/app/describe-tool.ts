import type { Host } from '../host/index.js';
import type { Finding } from '../lint/index.js';
import type { ToolDescription } from '../report/index.js';
import { invariant } from '../source/index.js';
import { allRules } from './judge.js';
import { findRulePage } from './rule-page.js';

/** What a report may say of keyproof: its version, and the rules that the findings are of. */
export function describeTool(findings: readonly Finding[], host: Host): ToolDescription {
  const found = new Set(findings.map(({ ruleId }) => ruleId));
  return {
    version: versionOf(host),
    rules: allRules
      .filter(({ id }) => found.has(id))
      .map((meta) => ({ meta, page: findRulePage(meta.id, host) ?? '' })),
  };
}

export function versionOf(host: Host): string {
  const text = host.packageFile('package.json');
  invariant(text !== undefined, 'keyproof finds its own package.json');
  return (JSON.parse(text) as { readonly version: string }).version;
}
