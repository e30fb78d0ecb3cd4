import type { PolicyDocument } from '../policy/index.js';
import { hasHole } from '../source/index.js';
import type { Text } from '../source/index.js';

/** The one account to which the key policy delegates, where there is just one. */
export function delegatedAccount(document: PolicyDocument): Text | undefined {
  const accounts = new Set<Text>();
  for (const statement of document.statements) {
    if (statement.kind !== 'statement' || statement.principal?.negated !== false) continue;
    for (const { form } of statement.principal.entries) {
      if (form.kind === 'account') accounts.add(form.account);
    }
  }
  const [only] = accounts;
  return accounts.size === 1 && only !== undefined && !hasHole(only) ? only : undefined;
}
