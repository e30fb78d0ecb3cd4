import type { Host } from '../host/index.js';

/** The page of a rule that there is, as Markdown; lint's own have theirs in the documentation. */
export function findRulePage(id: string, host: Host): string | undefined {
  return host.packageFile(`rules/${id}/README.md`) ?? host.packageFile(`docs/rules/${id}.md`);
}
