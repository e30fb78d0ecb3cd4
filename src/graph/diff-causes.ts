import type { Authorization } from '../authorization/decide/index.js';
import { documentsOf } from '../inventory/index.js';
import type { Grant, Inventory } from '../inventory/index.js';
import type { Broken, Statement } from '../policy/index.js';
import { contentOf } from './diff-statements.js';

type Cause = Statement | Broken | Grant;

/** Which statements and grants make a difference between two states. */
export interface Causes {
  /**
   * Of those that allow on one side, and deny on the other, the ones that the other side does not have; all
   * of them where both have them all.
   */
  of(allowed: Authorization, refused: Authorization): readonly Cause[];
}

export function createCauses(before: Inventory, after: Inventory): Causes {
  let sides: readonly [Contents, Contents] | undefined;
  return {
    of: (allowed, refused) => {
      sides ??= [contentsIn(before), contentsIn(after)];
      const [old, current] = sides;
      const causes = [...because(allowed, 'allows'), ...because(refused, 'denies')];
      // What stands in no file are the policies that outsiders are presumed to have.
      const written = [...new Set(causes)].flatMap((cause) => {
        const text = old.textOf(cause) ?? current.textOf(cause);
        return text === undefined ? [] : [{ cause, text }];
      });
      const changed = written.filter(({ text }) => !old.has(text) || !current.has(text));
      return (changed.length > 0 ? changed : written).map(({ cause }) => cause);
    },
  };
}

function because({ layers }: Authorization, outcome: 'allows' | 'denies'): readonly Cause[] {
  return layers.flatMap((layer) => (layer.outcome === outcome ? layer.because : []));
}

interface Contents {
  textOf(cause: Cause): string | undefined;
  has(text: string): boolean;
}

function contentsIn(inventory: Inventory): Contents {
  const texts = new Map<Cause, string>();
  for (const { document, owner } of documentsOf(inventory)) {
    // The same statement in another policy is another cause.
    const place = owner.kind === 'loose' ? '' : `${owner.kind} ${owner.thing.address}`;
    for (const statement of document.statements)
      texts.set(statement, `${place} ${contentOf(statement, document)}`);
  }
  for (const { grants = [], arn } of inventory.keys) {
    for (const grant of grants) texts.set(grant, `${arn} grant ${grant.id}`);
  }
  const present = new Set(texts.values());
  return { textOf: (cause) => texts.get(cause), has: (text) => present.has(text) };
}
