import { find, itemsOf, textOf, type Mapping, type Node } from '../../../source/index.js';
import type { Change } from '../resource.js';

/** A resource of a plan, before what only `apply` tells is worked out. */
export interface Planned {
  readonly address: string;
  /** The address of its module, with indexes; empty for the root. */
  readonly moduleAddress: string;
  /** Its address in its module, without indexes: as the configuration names it. */
  readonly configAddress: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  readonly values: Mapping;
  /** The same shape, with `true` where only `apply` tells. */
  readonly unknown: Node | undefined;
  readonly change?: Change;
  readonly node: Mapping;
}

/** The resources that there are once the plan is applied, data sources included. */
export function plannedAfter(plan: Node): readonly Planned[] {
  const changes = changesOf(plan);
  const planned = new Map<string, Planned>();
  const add = (one: Planned | undefined): void => {
    if (one !== undefined && !planned.has(one.address)) planned.set(one.address, one);
  };
  const state = find(plan, 'planned_values') ?? find(plan, 'values');
  for (const node of resourcesIn(find(state, 'root_module'))) {
    const change = changes.get(textOf(find(node, 'address')) ?? '');
    const unknown = find(find(change, 'change'), 'after_unknown');
    add(plannedOf(node, find(node, 'values'), unknown, change && actionOf(change)));
  }
  for (const node of changes.values()) {
    const change = find(node, 'change');
    // SOURCE: https://developer.hashicorp.com/terraform/language/block/removed: what is forgotten stays
    if (actionsOf(node).includes('forget')) add(plannedOf(node, find(change, 'before'), undefined));
    else add(plannedOf(node, find(change, 'after'), find(change, 'after_unknown'), actionOf(node)));
  }
  // What was read while planning stands in the state before.
  for (const node of resourcesIn(find(find(find(plan, 'prior_state'), 'values'), 'root_module'))) {
    if (textOf(find(node, 'mode')) === 'data')
      add(plannedOf(node, find(node, 'values'), undefined));
  }
  return [...planned.values()];
}

/** The resources that there were before; `undefined` where the file is no plan but a state. */
export function plannedBefore(plan: Node): readonly Planned[] | undefined {
  if (find(plan, 'resource_changes') === undefined) return undefined;
  const before = new Map<string, Planned>();
  for (const node of resourcesIn(find(find(find(plan, 'prior_state'), 'values'), 'root_module'))) {
    const one = plannedOf(node, find(node, 'values'), undefined);
    if (one) before.set(one.address, one);
  }
  for (const node of changesOf(plan).values()) {
    const one = plannedOf(node, find(find(node, 'change'), 'before'), undefined);
    if (one && !before.has(one.address)) before.set(one.address, one);
  }
  return [...before.values()];
}

function changesOf(plan: Node): ReadonlyMap<string, Node> {
  return new Map(
    itemsOf(find(plan, 'resource_changes')).flatMap((node) => {
      const address = textOf(find(node, 'address'));
      // A deposed object is what a replacement left behind; the resource itself is listed beside it.
      const isDeposed = find(node, 'deposed') !== undefined;
      return address === undefined || isDeposed ? [] : [[address, node] as const];
    }),
  );
}

function resourcesIn(module: Node | undefined): readonly Node[] {
  return [
    ...itemsOf(find(module, 'resources')),
    ...itemsOf(find(module, 'child_modules')).flatMap(resourcesIn),
  ];
}

function plannedOf(
  node: Node,
  values: Node | undefined,
  unknown: Node | undefined,
  change?: Change,
): Planned | undefined {
  const address = textOf(find(node, 'address'));
  const type = textOf(find(node, 'type'));
  if (node.kind !== 'mapping' || address === undefined || type === undefined) return undefined;
  if (change === 'delete') return undefined;
  const isGone = values === undefined || (values.kind === 'scalar' && unknown === undefined);
  if (isGone) return undefined;
  const moduleAddress =
    /^((?:module\.[^.[\]]+(?:\[(?:"[^"]*"|\d+)\])?\.)*)/.exec(address)?.[1] ?? '';
  return {
    address,
    moduleAddress: moduleAddress.replace(/\.$/, ''),
    configAddress: address.slice(moduleAddress.length).replace(/\[(?:"[^"]*"|\d+)\]$/, ''),
    type,
    mode: textOf(find(node, 'mode')) === 'data' ? 'data' : 'managed',
    values: values.kind === 'mapping' ? values : { kind: 'mapping', entries: [], span: node.span },
    unknown,
    ...(change !== undefined && { change }),
    node,
  };
}

function actionsOf(change: Node): readonly (string | undefined)[] {
  return itemsOf(find(find(change, 'change'), 'actions')).map(textOf);
}

function actionOf(change: Node): Change {
  const actions = actionsOf(change);
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : 'delete';
  if (actions.includes('create')) return 'create';
  return actions.includes('update') ? 'update' : 'none';
}
