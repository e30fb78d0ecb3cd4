import { find, itemsOf, textOf, type Node } from '../../../source/index.js';

/** The configuration of one module, as a plan repeats it. */
export interface Module {
  /** `module.a.module.b`, without indexes; empty for the root. */
  readonly path: string;
  readonly node: Node | undefined;
  readonly parent?: Module;
  /** How the parent calls it. */
  readonly call?: Node;
}

export function rootModule(plan: Node): Module {
  return { path: '', node: find(find(plan, 'configuration'), 'root_module') };
}

/** The module of an address such as `module.a["x"].module.b`. */
export function moduleAt(root: Module, address: string): Module | undefined {
  const names = [...address.matchAll(/(?:^|\.)module\.([^.[\]]+)/g)].map(([, name = '']) => name);
  return names.reduce<Module | undefined>((at, name) => at && childOf(at, name), root);
}

export function childOf(parent: Module, name: string): Module | undefined {
  const call = find(find(parent.node, 'module_calls'), name);
  if (call === undefined) return undefined;
  const path = parent.path === '' ? `module.${name}` : `${parent.path}.module.${name}`;
  return { path, node: find(call, 'module'), parent, call };
}

/** The expressions of a resource's arguments. */
export function expressionsOf(module: Module, address: string): Node | undefined {
  return find(resourceOf(module, address), 'expressions');
}

/** The provider of a resource, as `provider_config` names it. */
export function providerKeyOf(module: Module, address: string): string | undefined {
  return textOf(find(resourceOf(module, address), 'provider_config_key'));
}

function resourceOf(module: Module, address: string): Node | undefined {
  return itemsOf(find(module.node, 'resources')).find(
    (node) => textOf(find(node, 'address')) === address,
  );
}

/**
 * What an expression refers to, the most specific references only: a plan lists `aws_kms_key.a.arn`
 * and `aws_kms_key.a` for the one reference that people wrote.
 */
export function referencesOf(expression: Node | undefined): readonly string[] {
  const all = itemsOf(find(expression, 'references')).flatMap((node) => textOf(node) ?? []);
  return all.filter(
    (text) =>
      !all.some(
        (other) => other !== text && (other.startsWith(`${text}.`) || other.startsWith(`${text}[`)),
      ),
  );
}
