import { emptyInventory, type Directive, type Inventory } from '../../inventory/index.js';
import { metadataDirectives } from '../directives.js';
import type { Report } from './report.js';
import { dependantsOf } from './resources/dependants.js';
import { endpointsOf } from './resources/endpoints.js';
import { aliasesOf, keysOf } from './resources/keys.js';
import { placedIn, type Placed } from './resources/placed.js';
import { identitiesOf } from './resources/principals.js';
import { createResourcePolicies } from './resources/resource-policies.js';
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
    directives: directivesOf(placed),
  };
}

/** The suppressions of all templates, once where one template makes several stacks. */
function directivesOf(placed: readonly Placed[]): readonly Directive[] {
  const templates = new Map(
    placed.map(({ stack: { template } }) => [template.source.path, template]),
  );
  const resources = new Map(
    placed.map(({ resource }) => {
      const { source, start } = resource.span;
      return [`${source.path} ${String(start)}`, resource];
    }),
  );
  return [
    ...[...templates.values()].flatMap(({ directives }) => directives),
    ...[...resources.values()].flatMap(({ metadata, span }) => metadataDirectives(metadata, span)),
  ];
}
