import { diffAccess } from '../graph/index.js';
import type { Host } from '../host/index.js';
import type { DiffReport } from '../report/index.js';
import { findConfig } from './config.js';
import type { EstateInput } from './estate.js';
import { mistake, type Mistake } from './mistake.js';
import { findSide, loadSide, type FoundSide } from './sides.js';

export interface DiffInput {
  /** A path or a git reference each. */
  readonly before: string;
  readonly after: string;
  /** Its paths are what is read of references. */
  readonly estate: EstateInput;
}

/** Which access two states of an estate do not have in common. */
export async function diff(input: DiffInput, host: Host): Promise<DiffReport | Mistake> {
  const configured = await findConfig(input.estate.config, host);
  if ('kind' in configured) return configured;
  const before = findSide(input.before, 'reference', input.estate.paths, host);
  if ('kind' in before) return before;
  const after = findSide(input.after, 'reference', input.estate.paths, host);
  if ('kind' in after) return after;
  const sides = [before, after];
  if (input.estate.paths.length > 0 && sides.every(({ side }) => side.kind === 'path'))
    return mistake(
      `\`${input.estate.paths.join(' ')}\` is left over: both sides are paths already`,
      'further paths say what is read of a git reference',
    );
  const read = (side: FoundSide): ReturnType<typeof loadSide> =>
    loadSide(side, configured.value, input.estate, host);
  const old = await read(alike(before, after));
  const current = await read(alike(after, before));
  if ('kind' in old) return old;
  if ('kind' in current) return current;
  if (old.loaded.length + current.loaded.length === 0 && input.estate.emptiness === 'refused')
    return mistake(
      'there is nothing to compare: neither side has a policy, template or inventory',
      'name what holds policies, or pass `--allow-empty`',
    );
  return {
    kind: 'diff',
    before: before.side,
    after: after.side,
    access: diffAccess(old.inventory, current.inventory),
    diagnostics: [
      ...configured.diagnostics,
      ...before.diagnostics,
      ...after.diagnostics,
      ...missingOnOneSide(before, old.diagnostics),
      ...missingOnOneSide(after, current.diagnostics),
    ],
  };
}

// A commit and a path are compared at that path.
function alike(side: FoundSide, other: FoundSide): FoundSide {
  const isWhole = side.side.kind !== 'path' && side.paths.length === 0;
  return isWhole && other.side.kind === 'path' ? { ...side, paths: other.paths } : side;
}

// What a commit does not have yet, or has no longer, is a difference and no problem.
function missingOnOneSide({ side }: FoundSide, diagnostics: DiffReport['diagnostics']) {
  return side.kind === 'path'
    ? diagnostics
    : diagnostics.filter(({ code }) => code !== 'no-such-file');
}
