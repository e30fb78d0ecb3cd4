import { find, hasHole, type Node, type Span } from '../../../source/index.js';
import { attributeOf } from '../attributes.js';
import { policyDocument } from '../policy-document.js';
import type { Resource } from '../resource.js';
import type { Planned } from './changes.js';
import { childOf, referencesOf, type Module } from './configuration.js';

/** A plan while its references are followed. */
export interface Plan {
  readonly root: Node;
  readonly planned: readonly Planned[];
  readonly configuration: Module;
  readonly resource: (planned: Planned) => Resource;
}

/** Where an expression stands: the module whose names it uses, and the address of that module. */
export interface Scope {
  readonly module: Module;
  readonly moduleAddress: string;
}

/** What a reference is followed for: a thing's own name, or a policy document. */
export type Wanted = 'name' | 'document';

export interface Reference {
  /** `aws_kms_key.orders.arn`. */
  readonly reference: string;
  readonly scope: Scope;
  readonly wanted: Wanted;
  readonly span: Span;
}

/** What a reference gives; `undefined` where the plan does not tell. */
export function referred(plan: Plan, at: Reference): Node | undefined {
  const { reference, scope, wanted, span } = at;
  const [head = '', name = '', outputName] = reference.split('.');
  if (head === 'var') return variable(plan, name, at);
  if (head === 'module') return output(plan, name.replace(/\[.*$/, ''), outputName, at);
  if (/^(?:local|each|count|self|path|terraform)$/.test(head)) return undefined;
  const depth = head === 'data' ? 3 : 2;
  const parts = reference.split('.');
  const attribute = parts.slice(depth).join('.');
  const one = instanceAt(plan, inModule(scope, parts.slice(0, depth).join('.')));
  if (one === undefined || attribute === '') return undefined;
  const isDocument = one.type === 'aws_iam_policy_document' && attribute === 'json';
  if (isDocument) return documentOf(plan.resource(one), span);
  return wanted === 'name' ? attributeOf(plan.resource(one), attribute, span) : undefined;
}

function inModule({ moduleAddress }: Scope, address: string): string {
  return moduleAddress === '' ? address : `${moduleAddress}.${address}`;
}

/** The resource of an address, or the only one that `count` or `for_each` makes of it. */
function instanceAt({ planned }: Plan, address: string): Planned | undefined {
  const instances = planned.filter(
    (one) => one.address === address || one.address.startsWith(`${address}[`),
  );
  return instances.length === 1 ? instances[0] : undefined;
}

function documentOf({ body }: Resource, span: Span): Node {
  const known = find(body, 'json');
  const isKnown = known?.kind === 'scalar' && typeof known.value === 'string';
  if (isKnown && !hasHole(known.value)) return known;
  return policyDocument(body, span, () => undefined);
}

function variable(plan: Plan, name: string, at: Reference): Node | undefined {
  const { module, moduleAddress } = at.scope;
  const { parent, call } = module;
  if (parent === undefined) return find(find(find(plan.root, 'variables'), name), 'value');
  const [reference, ...others] = referencesOf(find(find(call, 'expressions'), name));
  if (reference === undefined || others.length > 0) return undefined;
  const above = moduleAddress.replace(/\.?module\.[^.[\]]+(?:\[[^\]]*\])?$/, '');
  return referred(plan, {
    ...at,
    reference,
    scope: { module: parent, moduleAddress: above },
  });
}

function output(
  plan: Plan,
  name: string,
  outputName: string | undefined,
  at: Reference,
): Node | undefined {
  const module = childOf(at.scope.module, name);
  if (module === undefined || outputName === undefined) return undefined;
  const expression = find(find(find(module.node, 'outputs'), outputName), 'expression');
  const [reference, ...others] = referencesOf(expression);
  if (reference === undefined || others.length > 0) return undefined;
  const moduleAddress = inModule(at.scope, `module.${name}`);
  return referred(plan, { ...at, reference, scope: { module, moduleAddress } });
}
