import type { Host } from '../host/index.js';
import type { DenialReport, FindingReport, PageReport, StatementReport } from '../report/index.js';
import { invariant } from '../source/index.js';
import type { EstateInput } from './estate.js';
import { allRules } from './judge.js';
import { mistake, type Mistake } from './mistake.js';
import { didYouMean } from './nearest.js';
import { findRulePage } from './rule-page.js';

export interface ExplainInput {
  readonly estate: EstateInput;
  readonly about:
    | { readonly kind: 'error'; readonly message: string }
    /** A rule's id, a finding's fingerprint, or `file:line`. */
    | { readonly kind: 'subject'; readonly text: string };
  readonly confirmation: { readonly runs: number; readonly seed: number };
}

const FINGERPRINT = /^[0-9a-f]{8,64}$/;
/** A column may follow the line, as editors copy it. */
const PLACE = /^(?<file>.+?):(?<line>\d+)(?::\d+)?$/;

/** The page of a rule, a finding with its witness, a statement, or the cause of an AccessDenied message. */
export async function explain(
  { estate, about, confirmation }: ExplainInput,
  host: Host,
): Promise<PageReport | FindingReport | StatementReport | DenialReport | Mistake> {
  if (about.kind === 'error') {
    const { explainError } = await import('./explain-error.js');
    return explainError({ estate, message: about.message }, host);
  }
  if (FINGERPRINT.test(about.text)) {
    const { explainFinding } = await import('./explain-finding.js');
    return explainFinding({ estate, fingerprint: about.text, confirmation }, host);
  }
  const place = PLACE.exec(about.text)?.groups;
  if (place !== undefined) {
    const { file = '', line } = place;
    const { explainStatement } = await import('./explain-statement.js');
    return explainStatement({ estate, file, line: Number(line) }, host);
  }
  return pageOf(about.text, host);
}

function pageOf(ruleId: string, host: Host): PageReport | Mistake {
  const ids = allRules.map(({ id }) => id);
  if (!ids.includes(ruleId)) {
    return mistake(
      `there is no rule \`${ruleId}\``,
      didYouMean(ruleId, ids) ?? '`keyproof rules` lists them',
    );
  }
  const text = findRulePage(ruleId, host);
  invariant(text !== undefined, `the page of rule ${ruleId} is part of the package`);
  return { kind: 'page', text };
}
