import { find, type Entry, type Node, type Span } from '../../../source/index.js';
import type { Resource } from '../resource.js';
import { bodyNode } from './body-node.js';
import { folderInside } from './calls.js';
import { instancesOf, mapExpansion, type Expansion } from './expansion.js';
import type { Inside, ModuleInstance, ModuleParts } from './module-instance.js';
import { passedProviders } from './providers.js';
import type { Block } from './syntax.js';
import { derived, thingNode, unknown } from './value.js';

/** The modules that a module calls, each made once. */
export interface ModuleCalls {
  /** What a call is as a value: its outputs. */
  readonly valuesOf: (name: string, call: Block) => Expansion<Node>;
  readonly resourcesOf: (name: string, call: Block) => readonly Resource[];
}

/** A called module; `inside` is absent where its files are not at hand. */
interface Called {
  readonly address: string;
  readonly inside?: ModuleInstance;
}

const CALLS_MAX = 20;

export function createCalls(
  { parts, expanded, providers }: Inside,
  create: (parts: ModuleParts) => ModuleInstance,
): ModuleCalls {
  const { module, unit, prefix, within } = parts;
  const made = new Map<string, Expansion<Called>>();

  function calledBy(name: string, call: Block): Expansion<Called> {
    const before = made.get(name);
    if (before) return before;
    const folder = folderInside(call, module.folder);
    const isCircular = folder !== undefined && [...within, module.folder].includes(folder);
    const isClosed = folder === undefined || isCircular || within.length >= CALLS_MAX;
    const child = isClosed ? undefined : parts.open(folder);
    const expansion = mapExpansion(expanded(call), (instance): Called => {
      const address = `${prefix}module.${name}${instance.index}`;
      if (child === undefined) return { address };
      const body = bodyNode(call.body, instance.context, address, call.span);
      const inside = create({
        ...parts,
        module: child,
        prefix: `${address}.`,
        given: () => (variable) => find(body, variable),
        passed: passedProviders(call, providers()),
        within: [...within, module.folder],
      });
      return { address, inside };
    });
    made.set(name, expansion);
    return expansion;
  }

  return {
    valuesOf: (name, call) =>
      mapExpansion(calledBy(name, call), (called) => valueOf(called, call.span, unit)),
    resourcesOf: (name, call) =>
      instancesOf(calledBy(name, call)).flatMap(({ inside }) => inside?.resources() ?? []),
  };
}

function valueOf({ address, inside }: Called, place: Span, unit: string): Node {
  const outputs = inside?.outputs ?? [];
  const attribute = (output: string, span: Span): Node =>
    inside && outputs.includes(output)
      ? inside.output(output, span)
      : unknown(derived(unit, `${address}.${output}`), span);
  const entries = (): readonly Entry[] =>
    outputs.map((key) => ({ key, keySpan: place, value: attribute(key, place) }));
  return thingNode({ address, attribute }, place, entries);
}
