import type { AccessChange, ChangedPrincipal, UnknownChange } from '../graph/index.js';
import type { Text } from '../source/index.js';

/** Changes of access that read as one sentence: some principals, some actions, some keys. */
export interface AccessGroup<Change extends AccessChange | UnknownChange> {
  /** Named principals first, then classes. */
  readonly principals: readonly ChangedPrincipal[];
  readonly actions: readonly string[];
  /** What people call the keys; `*` for actions without a key. */
  readonly keys: readonly Text[];
  /** One of the changes, for the conditions, the witness and the statements that make it. */
  readonly sample: Change;
}

/** Changes in as few groups as they can be told in, in the order in which they first come. */
export function groupAccess<Change extends AccessChange | UnknownChange>(
  changes: readonly Change[],
): readonly AccessGroup<Change>[] {
  const single = changes.map((sample) => ({
    principals: sample.principals,
    actions: [sample.action],
    keys: [sample.keyName],
    sample,
  }));
  return joined(joined(joined(single, 'actions'), 'principals'), 'keys');
}

type Part = 'principals' | 'actions' | 'keys';

// Groups that differ in one part alone become one, which has all of that part.
function joined<Change extends AccessChange | UnknownChange>(
  groups: readonly AccessGroup<Change>[],
  part: Part,
): readonly AccessGroup<Change>[] {
  const found = new Map<string, AccessGroup<Change>>();
  for (const group of groups) {
    const id = identityOf(group, part);
    const known = found.get(id);
    const items = [...(known?.[part] ?? []), ...group[part]];
    const unique = [
      ...new Map(items.map((item) => [typeof item === 'string' ? item : item.name, item])).values(),
    ];
    found.set(id, { ...(known ?? group), [part]: unique });
  }
  return [...found.values()];
}

function identityOf<Change extends AccessChange | UnknownChange>(
  { principals, actions, keys, sample }: AccessGroup<Change>,
  part: Part,
): string {
  const { keyIs, reach } = sample;
  const facts =
    'conditions' in sample
      ? [sample.conditions, sample.assumed !== undefined]
      : [sample.direction, sample.missing, sample.limit];
  return JSON.stringify([
    part === 'principals' ? [] : principals.map(({ name }) => name),
    part === 'actions' ? [] : actions,
    part === 'keys' ? [] : keys,
    keyIs,
    reach,
    facts,
  ]);
}
