import { rules } from '../../rules/index.js';
import type { Host } from '../host/index.js';
import type { PageReport } from '../report/index.js';
import { invariant } from '../source/index.js';
import { mistake, type Mistake } from './mistake.js';
import { didYouMean } from './nearest.js';

/** The page of a rule. */
export function explain(ruleId: string, host: Host): PageReport | Mistake {
  const ids = rules.map(({ meta }) => meta.id);
  if (!ids.includes(ruleId)) {
    return mistake(
      `there is no rule \`${ruleId}\``,
      didYouMean(ruleId, ids) ?? '`keyproof rules` lists them',
    );
  }
  const text = host.packageFile(`rules/${ruleId}/README.md`);
  invariant(text !== undefined, `the page of rule ${ruleId} is part of the package`);
  return { kind: 'page', text };
}
