import type { Endpoint, Trail } from '../../../inventory/index.js';
import type { Mapping, Node } from '../../../source/index.js';
import { openEndpointPolicy, serviceIn } from '../../endpoint-service.js';
import { eventSelectors } from '../../event-selectors.js';
import { lookup } from '../../lookup.js';
import { idOf, nameOf } from '../attributes.js';
import { definedAt, type Report, type Resource } from '../resource.js';
import { textAt, valueAt, valuesAt } from '../values.js';
import { readPolicy } from './documents.js';

/** The VPC endpoints that a configuration creates. */
export function endpointsOf(resources: readonly Resource[], report: Report): readonly Endpoint[] {
  const separate = new Map(
    resources
      .filter(({ type }) => type === 'aws_vpc_endpoint_policy')
      .map((each) => [textAt(each, 'vpc_endpoint_id'), valueAt(each.body, 'policy')]),
  );
  return resources.flatMap((each) => {
    if (each.type !== 'aws_vpc_endpoint') return [];
    const id = idOf(each);
    const vpc = textAt(each, 'vpc_id');
    const policy =
      valueAt(each.body, 'policy') ?? separate.get(id) ?? openEndpointPolicy(each.span);
    return [
      {
        ...definedAt(each),
        id,
        service: serviceIn(textAt(each, 'service_name') ?? ''),
        ...(vpc !== undefined && { vpc }),
        policy: readPolicy(policy, 'endpoint', report),
      },
    ];
  });
}

const trailKinds: Readonly<Record<string, Trail['kind']>> = {
  aws_cloudtrail: 'trail',
  aws_cloudtrail_event_data_store: 'event-data-store',
};

/** The trails and event data stores that a configuration creates. */
export function trailsOf(resources: readonly Resource[]): readonly Trail[] {
  return resources.flatMap((each) => {
    const kind = lookup(trailKinds, each.type);
    if (kind === undefined) return [];
    const selectors = eventSelectors(
      valuesAt(each.body, 'event_selector[]').map(inPascalCase),
      valuesAt(each.body, 'advanced_event_selector[]').map(inPascalCase),
      each.span,
    );
    return [{ ...definedAt(each), kind, name: nameOf(each), selectors }];
  });
}

/** Terraform's `not_equals` is CloudFormation's `NotEquals`, and a block there is a list of one. */
function inPascalCase(node: Node): Node {
  switch (node.kind) {
    case 'scalar':
    case 'unresolved':
      return node;
    case 'sequence':
      return { ...node, items: node.items.map(inPascalCase) };
    case 'mapping':
      return pascalMapping(node);
  }
}

function pascalMapping(node: Mapping): Mapping {
  return {
    ...node,
    entries: node.entries
      .filter(({ value }) => value.kind !== 'scalar' || value.value !== null)
      .map((entry) => ({
        ...entry,
        key: renamed(entry.key).replace(/(?:^|_)([a-z])/g, (_, letter: string) =>
          letter.toUpperCase(),
        ),
        value: inPascalCase(entry.value),
      })),
  };
}

function renamed(key: string): string {
  return key === 'field_selector' ? 'field_selectors' : key;
}
