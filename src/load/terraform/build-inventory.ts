import { emptyInventory, type Inventory } from '../../inventory/index.js';
import type { Report, Resource } from './resource.js';
import { dependantsOf } from './resources/dependants.js';
import { aliasesOf, keysOf } from './resources/keys.js';
import { endpointsOf, trailsOf } from './resources/places.js';
import { createResourcePolicies } from './resources/policies.js';
import { identitiesOf } from './resources/principals.js';

/** What the resources of one root module come to; those that a plan deletes are not among them. */
export function buildInventory(resources: readonly Resource[], report: Report): Inventory {
  const identities = identitiesOf(resources, report);
  const policies = createResourcePolicies(resources, report);
  return {
    ...emptyInventory,
    keys: keysOf(resources, report),
    aliases: aliasesOf(resources),
    principals: identities.principals,
    groups: identities.groups,
    endpoints: endpointsOf(resources, report),
    dependants: dependantsOf(resources, policies, report),
    trails: trailsOf(resources),
    documents: [...identities.documents, ...policies.loose],
  };
}
