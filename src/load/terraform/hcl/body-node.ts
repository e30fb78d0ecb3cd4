import {
  hasHole,
  parseJsonPieces,
  type Entry,
  type Mapping,
  type Node,
  type Span,
} from '../../../source/index.js';
import { listNode } from '../../make-node.js';
import { evaluate } from './evaluate.js';
import { itemsOver } from './evaluate-for.js';
import { withNames, type Context } from './scope.js';
import { attributeIn, type Block, type Body, type BodyAttribute } from './syntax.js';
import {
  asText,
  derived,
  encoded,
  isNull,
  markAsLazy,
  nullNode,
  piecesOf,
  unknown,
} from './value.js';

/** What the language itself takes from the body of a resource or a module. */
const own: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'provider',
  'providers',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
]);

/**
 * The arguments of a body, each worked out when it is asked for, so that two resources may refer to each
 * other. Blocks are lists of mappings. `address` names what is circular.
 */
export function bodyNode(body: Body, context: Context, address: string, span: Span): Mapping {
  const blocks = new Map<string, Block[]>();
  for (const block of body.blocks) {
    const name = block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type;
    blocks.set(name, [...(blocks.get(name) ?? []), block]);
  }
  const lazily = (key: string, keySpan: Span, work: () => Node): Entry =>
    lazyEntry(key, keySpan, work, () =>
      unknown(derived(context.scope.unit, `${address}.${key}`), keySpan),
    );
  const entries = [
    ...body.attributes
      .filter(({ name }) => !own.has(name))
      .map((attribute) =>
        lazily(attribute.name, attribute.nameSpan, () => argument(attribute, context)),
      ),
    ...[...blocks]
      .filter(([name]) => !own.has(name))
      .map(([name, same]) =>
        lazily(name, same[0]?.span ?? span, () => {
          const nodes = same.flatMap((block) => blockNodes(block, context, `${address}.${name}`));
          return listNode(nodes, same[0]?.span ?? span);
        }),
      ),
  ];
  return markAsLazy({ kind: 'mapping', entries, span });
}

function lazyEntry(key: string, keySpan: Span, work: () => Node, circular: () => Node): Entry {
  let value: Node | undefined;
  let isBusy = false;
  return {
    key,
    keySpan,
    get value() {
      if (value !== undefined) return value;
      if (isBusy) return circular();
      isBusy = true;
      value = work();
      isBusy = false;
      return value;
    },
  };
}

/**
 * A policy that is written as a text is read as what it says, so that its statements have their places.
 * An empty one is none, as the provider has it.
 */
function argument({ name, value }: BodyAttribute, context: Context): Node {
  const node = evaluate(value, context);
  if (!DOCUMENTS.test(name)) return node;
  const text = asText(node);
  if (text === '') return nullNode(node.span);
  const pieces = piecesOf(node);
  if (pieces === undefined || text === undefined) return node;
  const { value: document, diagnostics } = parseJsonPieces(pieces);
  const isBroken = diagnostics.some(({ severity }) => severity === 'error');
  // What a hole holds may be the very syntax that is missing.
  if (document === undefined || (isBroken && hasHole(text))) return node;
  diagnostics.forEach(context.scope.report);
  return encoded(document);
}

const DOCUMENTS = /(?:^|_)(?:policy|policies|content|document|json)$/;

function blockNodes(block: Block, context: Context, address: string): readonly Node[] {
  if (block.type !== 'dynamic') return [bodyNode(block.body, context, address, block.span)];
  const [label = ''] = block.labels;
  const iterator = attributeIn(block.body, 'iterator')?.value;
  const name = iterator?.kind === 'name' ? iterator.name : label;
  const each = attributeIn(block.body, 'for_each')?.value;
  const content = block.body.blocks.find(({ type }) => type === 'content');
  if (each === undefined || content === undefined) return [];
  const over = evaluate(each, context);
  const once = (key: Node, value: Node): Node => {
    const entries = [
      { key: 'key', keySpan: key.span, value: key },
      { key: 'value', keySpan: value.span, value },
    ];
    const pair: Node = { kind: 'mapping', entries, span: value.span };
    return bodyNode(content.body, withNames(context, { [name]: pair }), address, content.span);
  };
  return blocksOver(over, once, block.span, context.scope.unit, `${address}.${name}`);
}

/** A block for each turn; for what is not known, one that may be there. */
function blocksOver(
  over: Node,
  once: (key: Node, value: Node) => Node,
  span: Span,
  unit: string,
  name: string,
): readonly Node[] {
  if (isNull(over)) return [];
  const items = itemsOver(over);
  if (items) {
    return items.map(({ key, value, forms }) => {
      if (!forms) return once(key, value);
      return unknown(
        forms.text,
        span,
        forms.values.map((form) => form && once(key, form)),
      );
    });
  }
  if (over.kind === 'unresolved' && over.alternatives) {
    const { text, alternatives } = over;
    return alternatives.flatMap((form, at) => {
      const blocks = form ? blocksOver(form, once, span, unit, name) : [];
      return blocks.map((block) =>
        unknown(
          text,
          span,
          alternatives.map((_, index) => (index === at ? block : undefined)),
        ),
      );
    });
  }
  const key = unknown(derived(unit, `${name}.key`), span);
  const value = unknown(derived(unit, `${name}.value`), span);
  const presence = over.kind === 'unresolved' ? over.text : derived(unit, name);
  return [unknown(presence, span, [once(key, value), undefined])];
}
