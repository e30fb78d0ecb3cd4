import { lintEstate } from '../app/index.js';
import { loadConfig, type Config } from '../config/index.js';
import { createNodeHost } from '../host/index.js';
import type { Inventory } from '../inventory/index.js';
import { filesOf } from '../lint/index.js';
import type { LintReport } from '../report/index.js';
import type { Severity } from '../source/index.js';
import { demand } from './demand.js';

/** How findings are tried. */
export interface TryOptions {
  /** `skip`: nothing is tried, and every finding is `unsimulated`. Absent: `run`. */
  readonly confirm?: 'run' | 'skip';
  /** How many attempts are generated for a finding of which not all can be listed; 100 where absent. */
  readonly runs?: number;
  /** What fixes every random choice; 1 where absent. */
  readonly seed?: number;
}

export interface LintOptions extends TryOptions {
  /** The ids of the rules to apply; absent: those that the configuration chooses. */
  readonly rules?: readonly string[];
  /** As {@link loadInventory} found it; absent: the recommended rules as they are. */
  readonly config?: Config;
  /** The least severity that fails the run, which reports and exit statuses go by. */
  readonly failOn?: Severity | 'none';
}

const RUNS = 100;
const SEED = 1;

/**
 * What is wrong with the policies of an inventory, each finding tried on an in-process KMS that enforces
 * them. Suppressions in the files and in the configuration are heeded, the baseline is not read. Findings
 * come by file, place and rule; suppressed ones are among them, marked.
 *
 * @throws Error if a rule is asked for that does not exist
 */
export async function lint(inventory: Inventory, options: LintOptions = {}): Promise<LintReport> {
  const host = createNodeHost();
  const { rules = [], failOn } = options;
  const config = options.config ?? (await loadConfig({ kind: 'none' }, host)).value;
  return demand(
    await lintEstate(
      {
        inventory,
        config,
        diagnostics: [],
        loaded: filesOf(inventory),
        formats: new Map(),
        skipped: 0,
      },
      {
        rules,
        confirmation: confirmationOf(options),
        severities: ['error', 'warning', 'info'],
        extent: 'part',
        failOn,
        startMs: host.elapsedMs(),
      },
      host,
    ),
  );
}

/** What options say, as the commands take it. */
export function confirmationOf({ confirm = 'run', runs = RUNS, seed = SEED }: TryOptions) {
  return confirm === 'skip' ? ('not-requested' as const) : { runs, seed };
}
