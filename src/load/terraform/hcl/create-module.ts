import { find, wholeOf, type Entry, type Node, type Span } from '../../../source/index.js';
import type { LoadSettings } from '../../loader.js';
import { listNode } from '../../make-node.js';
import { passedText } from '../../passed.js';
import { folderInside } from './calls.js';
import { attributeOf } from '../attributes.js';
import type { Resource } from '../resource.js';
import { bodyNode } from './body-node.js';
import { dataAttribute } from './data-sources.js';
import { evaluate } from './evaluate.js';
import { expand, instancesOf, mapExpansion, type Expansion, type Instance } from './expansion.js';
import type { Module } from './module.js';
import { passedProviders, placeIn, providersOf, type Providers } from './providers.js';
import type { Context, Scope } from './scope.js';
import { attributeIn, type Block } from './syntax.js';
import { derived, markAsOpen, thingNode, unknown } from './value.js';
import { variableValue, type Given } from './variables.js';

/** A module at one place where it is called, or the root. */
export interface ModuleInstance extends Scope {
  output(name: string, span: Span): Node;
  readonly outputs: readonly string[];
  /** Its resources and those of the modules that it calls. */
  resources(): readonly Resource[];
}

export interface ModuleParts extends Pick<
  Scope,
  'unit' | 'prefix' | 'rootFolder' | 'files' | 'report' | 'budget'
> {
  readonly module: Module;
  readonly settings: LoadSettings;
  /** The values of its variables; those of a called module are worked out by its caller. */
  readonly given: (scope: Scope) => Given;
  readonly passed: Providers;
  /** The folders of the modules that lead to this one. */
  readonly within: readonly string[];
  /** The module of a folder; `undefined` where there is none. */
  readonly open: (folder: string) => Module | undefined;
}

/** A called module; `inside` is absent where its files are not at hand. */
interface Called {
  readonly address: string;
  readonly inside?: ModuleInstance;
}

const CALLS_MAX = 20;

/** Ties a module to the values of its variables, and works out the rest on demand. */
export function createModule(parts: ModuleParts): ModuleInstance {
  const { module, unit, prefix, settings } = parts;
  const remember = createMemory(unit, prefix);
  const blocks = blocksByAddress(module);
  let given: Given | undefined;
  let providers: Providers | undefined;

  const scope: ModuleInstance = {
    unit,
    prefix,
    folder: module.folder,
    rootFolder: parts.rootFolder,
    files: parts.files,
    report: parts.report,
    budget: parts.budget,
    variable: (name, span) =>
      remember(`var.${name}`, span, () => {
        given ??= parts.given(scope);
        return variableValue(name, module.variables.get(name), given, scope);
      }),
    local: (name, span) =>
      remember(`local.${name}`, span, () => {
        const local = module.locals.get(name);
        return local ? evaluate(local.value, context) : hole(`local.${name}`, span);
      }),
    output: (name, span) =>
      remember(`output.${name}`, span, () => {
        const value = attributeIn(module.outputs.get(name)?.body ?? NOTHING, 'value')?.value;
        return value ? evaluate(value, context) : hole(`output.${name}`, span);
      }),
    outputs: [...module.outputs.keys()],
    module: (name, span) =>
      remember(`module.${name}`, span, () => {
        const call = module.calls.get(name);
        return call
          ? asNode(calls(name, call), span, hole(`module.${name}`, span))
          : hole(`module.${name}`, span);
      }),
    resource: (mode, type, name, span) => {
      const address = addressOf(mode, type, name);
      return remember(address, span, () => {
        const block = blocks.get(address);
        return block ? asNode(things(block), span, hole(address, span)) : hole(address, span);
      });
    },
    resources: () => [
      ...module.resources.flatMap((block) =>
        instancesOf(expanded(block)).map((instance) => created(block, instance)),
      ),
      ...[...module.calls].flatMap(([name, call]) =>
        instancesOf(children(name, call)).flatMap(({ inside }) => inside?.resources() ?? []),
      ),
    ],
  };
  const context: Context = { scope, names: new Map() };

  function hole(expression: string, span: Span): Node {
    return unknown(derived(unit, prefix + expression), span);
  }

  const expansions = new Map<Block, Expansion<Instance>>();
  function expanded(block: Block): Expansion<Instance> {
    const before = expansions.get(block);
    if (before) return before;
    // What decides how often it is there may refer to itself.
    expansions.set(block, { kind: 'single', instance: { index: '', context } });
    const expansion = expand(block.body, scope);
    expansions.set(block, expansion);
    return expansion;
  }

  const made = new Map<Context, Resource>();
  function created(block: Block, instance: Instance): Resource {
    const before = made.get(instance.context);
    if (before && before.span === block.span) return before;
    const [type = '', name = ''] = block.labels;
    const mode = block.type === 'data' ? 'data' : 'managed';
    const address = `${prefix}${addressOf(mode, type, name)}${instance.index}`;
    const body = bodyNode(block.body, instance.context, address, block.span);
    providers ??= providersOf(module.providers, parts.passed, scope);
    const region = attributeIn(block.body, 'region') && passedText(find(body, 'region'));
    const place = placeIn(providers, block.body, region, unit, settings);
    const resource: Resource = { address, type, body, place, unit, span: block.span };
    made.set(instance.context, resource);
    return resource;
  }

  function things(block: Block): Expansion<Node> {
    return mapExpansion(expanded(block), (instance) => {
      const resource = created(block, instance);
      const attribute = (name: string, span: Span): Node =>
        block.type === 'data'
          ? dataAttribute(resource, name, span, settings, instance.context)
          : attributeOf(resource, name, span);
      const { address } = resource;
      return thingNode({ address, attribute }, block.span, () => resource.body.entries);
    });
  }

  const called = new Map<string, Expansion<Called>>();
  function children(name: string, call: Block): Expansion<Called> {
    const before = called.get(name);
    if (before) return before;
    const folder = folderInside(call, module.folder);
    const isCircular = folder !== undefined && [...parts.within, module.folder].includes(folder);
    const isDeep = parts.within.length >= CALLS_MAX;
    const child = folder === undefined || isCircular || isDeep ? undefined : parts.open(folder);
    const expansion = mapExpansion(expanded(call), (instance): Called => {
      const address = `${prefix}module.${name}${instance.index}`;
      if (child === undefined) return { address };
      providers ??= providersOf(module.providers, parts.passed, scope);
      const body = bodyNode(call.body, instance.context, address, call.span);
      const inside = createModule({
        ...parts,
        module: child,
        prefix: `${address}.`,
        given: () => (variable) => find(body, variable),
        passed: passedProviders(call, providers),
        within: [...parts.within, module.folder],
      });
      return { address, inside };
    });
    called.set(name, expansion);
    return expansion;
  }

  function calls(name: string, call: Block): Expansion<Node> {
    return mapExpansion(children(name, call), ({ address, inside }) => {
      const attribute = (output: string, span: Span): Node =>
        inside?.outputs.includes(output)
          ? inside.output(output, span)
          : unknown(derived(unit, `${address}.${output}`), span);
      const entries = (): readonly Entry[] =>
        (inside?.outputs ?? []).map((output) => ({
          key: output,
          keySpan: call.span,
          value: attribute(output, call.span),
        }));
      return thingNode({ address, attribute }, call.span, entries);
    });
  }

  return scope;
}

const NOTHING = {
  attributes: [],
  blocks: [],
  span: wholeOf({ path: '', text: '' }),
};

function addressOf(mode: 'managed' | 'data', type: string, name: string): string {
  return mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
}

function blocksByAddress(module: Module): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  for (const block of [...module.resources, ...module.data]) {
    const [type = '', name = ''] = block.labels;
    const address = addressOf(block.type === 'data' ? 'data' : 'managed', type, name);
    if (!blocks.has(address)) blocks.set(address, block);
  }
  return blocks;
}

/** Works each thing out once; one that refers to itself is unknown to itself. */
function createMemory(
  unit: string,
  prefix: string,
): (mark: string, span: Span, work: () => Node) => Node {
  const values = new Map<string, Node | 'being worked out'>();
  return (mark, span, work) => {
    const before = values.get(mark);
    if (before === 'being worked out') return unknown(derived(unit, prefix + mark), span);
    if (before !== undefined) return before;
    values.set(mark, 'being worked out');
    const value = work();
    values.set(mark, value);
    return value;
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
