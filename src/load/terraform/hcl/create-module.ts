import type { Node, Span } from '../../../source/index.js';
import { listNode } from '../../make-node.js';
import { evaluate } from './evaluate.js';
import { expand, type Expansion, type Instance } from './expansion.js';
import { createCalls } from './module-calls.js';
import type { Inside, ModuleInstance, ModuleParts } from './module-instance.js';
import { createResources } from './module-resources.js';
import { addressOf, type Module } from './module.js';
import { providersOf } from './providers.js';
import type { Context, Scope } from './scope.js';
import { attributeIn, type Block } from './syntax.js';
import { derived, markAsOpen, unknown } from './value.js';
import { variableValue } from './variables.js';

/** Ties a module to the values of its variables, and works out the rest on demand. */
export function createModule(parts: ModuleParts): ModuleInstance {
  const { module, unit, prefix } = parts;
  const blocks = blocksByAddress(module);
  const given = once(() => parts.given(scope));
  const hole = (name: string, span: Span): Node => unknown(derived(unit, prefix + name), span);
  const remember = createMemory(hole);
  const scope: ModuleInstance = {
    unit,
    prefix,
    folder: module.folder,
    rootFolder: parts.rootFolder,
    files: parts.files,
    report: parts.report,
    budget: parts.budget,
    variable: (name, span) =>
      remember(`var.${name}`, span, () =>
        variableValue(name, module.variables.get(name), given(), scope),
      ),
    local: (name, span) =>
      remember(`local.${name}`, span, () => {
        const local = module.locals.get(name);
        return local && evaluate(local.value, context);
      }),
    output: (name, span) =>
      remember(`output.${name}`, span, () => {
        const output = module.outputs.get(name);
        const value = output && attributeIn(output.body, 'value')?.value;
        return value && evaluate(value, context);
      }),
    outputs: [...module.outputs.keys()],
    module: (name, span) =>
      remember(`module.${name}`, span, () => {
        const call = module.calls.get(name);
        return call && asNode(calls.valuesOf(name, call), span, hole(`module.${name}`, span));
      }),
    resource: (mode, type, name, span) => {
      const address = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
      return remember(address, span, () => {
        const block = blocks.get(address);
        return block && asNode(resources.valuesOf(block), span, hole(address, span));
      });
    },
    resources: () => [
      ...module.resources.flatMap(resources.resourcesOf),
      ...[...module.calls].flatMap(([name, call]) => calls.resourcesOf(name, call)),
    ],
  };
  const context: Context = { scope, names: new Map() };
  const inside: Inside = {
    parts,
    expanded: createExpansions(scope),
    providers: once(() => providersOf(module.providers, parts.passed, scope)),
  };
  const resources = createResources(inside);
  const calls = createCalls(inside, createModule);
  return scope;
}

function blocksByAddress(module: Module): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  for (const block of [...module.resources, ...module.data]) {
    const address = addressOf(block);
    if (!blocks.has(address)) blocks.set(address, block);
  }
  return blocks;
}

function once<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: work() }).value;
}

/** Works each thing out once; what is not there, or refers to itself, is a hole. */
function createMemory(
  hole: (name: string, span: Span) => Node,
): (name: string, span: Span, work: () => Node | undefined) => Node {
  const values = new Map<string, Node | 'being worked out'>();
  return (name, span, work) => {
    const before = values.get(name);
    if (before === 'being worked out') return hole(name, span);
    if (before !== undefined) return before;
    values.set(name, 'being worked out');
    const value = work() ?? hole(name, span);
    values.set(name, value);
    return value;
  };
}

function createExpansions(scope: Scope): (block: Block) => Expansion<Instance> {
  const expansions = new Map<Block, Expansion<Instance>>();
  return (block) => {
    const before = expansions.get(block);
    if (before) return before;
    // What decides how often it is there may refer to itself.
    const alone: Instance = { index: '', context: { scope, names: new Map() } };
    expansions.set(block, { kind: 'single', instance: alone });
    const expansion = expand(block.body, scope);
    expansions.set(block, expansion);
    return expansion;
  };
}

function asNode(expansion: Expansion<Node>, span: Span, open: Node): Node {
  switch (expansion.kind) {
    case 'single':
      return expansion.instance;
    case 'list': {
      const list = listNode(expansion.instances, span);
      return expansion.isOpen ? markAsOpen(list) : list;
    }
    case 'map': {
      const entries = [...expansion.instances].map(([key, value]) => ({
        key,
        keySpan: span,
        value,
      }));
      return { kind: 'mapping', entries, span };
    }
    case 'open':
      return open;
  }
}
