import type { Missing } from '../../inventory/index.js';
import { holesOf, type Text } from '../../source/index.js';

/** Whether something holds; where nobody can tell, the inputs that would tell (never none). */
export type Truth = boolean | Unknown;

export type Unknown = readonly Missing[];

export function isUnknown(truth: Truth): truth is Unknown {
  return typeof truth === 'object';
}

/** True iff all are true, false iff one is false, whatever the unknown ones turn out to be. */
export function all(truths: Iterable<Truth>): Truth {
  return combine(truths, false);
}

/** True iff one is true, false iff all are false, whatever the unknown ones turn out to be. */
export function any(truths: Iterable<Truth>): Truth {
  return combine(truths, true);
}

export function not(truth: Truth): Truth {
  return isUnknown(truth) ? truth : !truth;
}

function combine(truths: Iterable<Truth>, deciding: boolean): Truth {
  let missing: readonly Missing[] = [];
  for (const truth of truths) {
    if (truth === deciding) return deciding;
    if (isUnknown(truth)) missing = missing.length === 0 ? truth : [...missing, ...truth];
  }
  return missing.length === 0 ? !deciding : missing;
}

/** A three-valued answer about texts; where their holes leave it open, the holes are what is missing. */
export function truthOf(answer: boolean | undefined, ...texts: readonly Text[]): Truth {
  return answer ?? unknownHoles(texts);
}

export function unknownHoles(texts: readonly Text[]): Unknown {
  const missing = texts.flatMap(holesOf).map(({ unit, expression }) => ({
    layer: 'attribute' as const,
    of: expression,
    // What the inventory does not tell of a request is a hole of its own unit.
    detail: unit === 'request' ? `the ${expression}` : 'its value, known only at deployment',
  }));
  if (missing.length > 0) return missing;
  return [{ layer: 'attribute', of: texts[0] ?? '', detail: 'how the two compare' }];
}
