import type { Answer } from '../authorization/answers/index.js';
import type { Key } from '../inventory/index.js';
import type { Text } from '../source/index.js';

/** By which way access comes: the layer that grants it, with the key or grant. */
export interface Via {
  readonly kind: 'key-policy' | 'delegation' | 'grant' | 'step';
  /** The key's ARN, the grant's id, or what the step does. */
  readonly ref: Text;
}

/** The ways that the answer's layers show. */
export function viaOf({ layers }: Answer, key: Key): readonly Via[] {
  const identityAllows = layers.some(
    ({ layer, outcome }) => layer === 'identity' && outcome === 'allows',
  );
  return layers.flatMap(({ layer, outcome, because }): readonly Via[] => {
    if (outcome !== 'allows') return [];
    if (layer === 'key-policy') return [{ kind: layer, ref: key.arn }];
    // Delegation by itself lets nobody in.
    if (layer === 'delegation') return identityAllows ? [{ kind: layer, ref: key.arn }] : [];
    if (layer !== 'grant') return [];
    return because.flatMap((cause) =>
      'grantee' in cause ? [{ kind: 'grant' as const, ref: cause.id }] : [],
    );
  });
}
