import { emptyInventory, type Inventory } from '../../inventory/index.js';
import { metadataDirectives } from '../directives.js';
import { createResourcePolicies } from './resources/resource-policies.js';
import { dependantsOf } from './resources/dependants.js';
import type { Report } from './resources/documents.js';
import { endpointsOf } from './resources/endpoints.js';
import { aliasesOf, keysOf } from './resources/keys.js';
import { placedIn } from './resources/placed.js';
import { identitiesOf } from './resources/principals.js';
import { trailsOf } from './resources/trails.js';
import type { Stack } from './stack.js';

/** What the stacks of one unit create, nested stacks included. */
export function buildInventory(stacks: readonly Stack[], report: Report): Inventory {
  const placed = placedIn(stacks);
  const identities = identitiesOf(placed, report);
  const policies = createResourcePolicies(placed, report);
  return {
    ...emptyInventory,
    keys: keysOf(placed, report),
    aliases: aliasesOf(placed),
    principals: identities.principals,
    groups: identities.groups,
    endpoints: endpointsOf(placed, report),
    dependants: dependantsOf(placed, policies, report),
    trails: trailsOf(placed),
    documents: [...identities.documents, ...policies.loose],
    directives: placed.flatMap(({ resource }) =>
      metadataDirectives(resource.metadata, resource.span),
    ),
  };
}
