import { find, type Node, type Span } from '../../../source/index.js';
import { passedText } from '../../passed.js';
import { attributeOf } from '../attributes.js';
import type { Resource } from '../resource.js';
import { bodyNode } from './body-node.js';
import { dataAttribute } from './data-sources.js';
import { instancesOf, mapExpansion, type Expansion, type Instance } from './expansion.js';
import type { Inside } from './module-instance.js';
import { addressOf } from './module.js';
import { placeIn } from './providers.js';
import type { Context } from './scope.js';
import { attributeIn, type Block } from './syntax.js';
import { thingNode } from './value.js';

/** The resources and data sources of a module, each made once. */
export interface ModuleResources {
  /** What a block is as a value. */
  readonly valuesOf: (block: Block) => Expansion<Node>;
  readonly resourcesOf: (block: Block) => readonly Resource[];
}

export function createResources({ parts, expanded, providers }: Inside): ModuleResources {
  const { unit, prefix, settings } = parts;
  const made = new Map<Block, Map<Context, Resource>>();

  function resourceOf(block: Block, { index, context }: Instance): Resource {
    const own = made.get(block) ?? new Map<Context, Resource>();
    made.set(block, own);
    const before = own.get(context);
    if (before) return before;
    const address = `${prefix}${addressOf(block)}${index}`;
    const body = bodyNode(block.body, context, address, block.span);
    const region = attributeIn(block.body, 'region') && passedText(find(body, 'region'));
    const place = placeIn(providers(), block.body, region, unit, settings);
    const [type = ''] = block.labels;
    const resource: Resource = { address, type, body, place, unit, span: block.span };
    own.set(context, resource);
    return resource;
  }

  return {
    valuesOf: (block) =>
      mapExpansion(expanded(block), (instance) => {
        const resource = resourceOf(block, instance);
        const attribute = (name: string, span: Span): Node =>
          block.type === 'data'
            ? dataAttribute(resource, name, span, settings, instance.context)
            : attributeOf(resource, name, span);
        const { address } = resource;
        return thingNode({ address, attribute }, block.span, () => resource.body.entries);
      }),
    resourcesOf: (block) =>
      instancesOf(expanded(block)).map((instance) => resourceOf(block, instance)),
  };
}
