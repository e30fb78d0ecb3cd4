import type { Host } from '../host/index.js';
import type { FindingReport } from '../report/index.js';
import type { EstateInput } from './estate.js';
import { lint } from './lint.js';
import { mistake, type Mistake } from './mistake.js';

export interface ExplainFindingInput {
  readonly estate: EstateInput;
  /** The fingerprint of a finding, or its beginning. */
  readonly fingerprint: string;
  readonly confirmation: { readonly runs: number; readonly seed: number };
}

/** Finds a finding again and replays its witness. */
export async function explainFinding(
  { estate, fingerprint, confirmation }: ExplainFindingInput,
  host: Host,
): Promise<FindingReport | Mistake> {
  const report = await lint(
    { estate, rules: [], confirmation, severities: ['error', 'warning', 'info'] },
    host,
  );
  if (report.kind === 'mistake') return report;
  const { findings, loaded, diagnostics } = report;
  const found = findings.filter((finding) => finding.fingerprint.startsWith(fingerprint));
  const [finding, ...others] = found;
  if (finding === undefined) {
    return mistake(
      `no finding has the fingerprint \`${fingerprint}\``,
      'it is gone, or it is in files that were not named; `keyproof lint --format json` shows the fingerprints',
    );
  }
  if (others.length > 0) {
    return mistake(
      `${found.length} findings have fingerprints that begin with \`${fingerprint}\``,
      'give more of it',
    );
  }
  return { kind: 'finding', finding, loaded, diagnostics };
}
