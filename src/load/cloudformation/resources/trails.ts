import type { Trail } from '../../../inventory/index.js';
import { eventSelectors } from '../../event-selectors.js';
import { lookup } from '../../lookup.js';
import { nameOf } from '../references.js';
import { definedAt, itemsAt, type Placed } from './placed.js';

const kinds: Readonly<Record<string, Trail['kind']>> = {
  'AWS::CloudTrail::Trail': 'trail',
  'AWS::CloudTrail::EventDataStore': 'event-data-store',
};

/** The trails and event data stores that a template creates. */
export function trailsOf(placed: readonly Placed[]): readonly Trail[] {
  return placed.flatMap((at) => {
    const kind = lookup(kinds, at.resource.type);
    if (kind === undefined) return [];
    const name = nameOf(at.resource, at.stack);
    const selectors = eventSelectors(
      itemsAt(at, 'EventSelectors'),
      itemsAt(at, 'AdvancedEventSelectors'),
      at.resource.idSpan,
    );
    return [{ ...definedAt(at), kind, name, selectors }];
  });
}
