import { find, type Mapping, type Node, type Sequence, type Span } from '../../../source/index.js';
import type { LoadSettings } from '../../loader.js';
import { mappingNode, textNode } from '../../make-node.js';
import { attributeHole, type Resource } from '../resource.js';
import type { Planned } from './changes.js';
import { expressionsOf, moduleAt, referencesOf, rootModule } from './configuration.js';
import { createPlaces } from './places.js';
import { referred, type Plan, type Scope, type Wanted } from './references.js';

/** The managed resources of a plan, with what their references tell of values that only `apply` knows. */
export function resourcesOf(
  root: Node,
  planned: readonly Planned[],
  unit: string,
  settings: LoadSettings,
): readonly Resource[] {
  const places = createPlaces(root, planned, unit, settings);
  const made = new Map<string, Resource | 'being made'>();
  const plan: Plan = { root, planned, configuration: rootModule(root), resource };

  function resource(one: Planned): Resource {
    const before = made.get(one.address);
    if (before !== undefined && before !== 'being made') return before;
    const module = moduleAt(plan.configuration, one.moduleAddress);
    const bare: Resource = {
      address: one.address,
      type: one.type,
      body: one.values,
      place: places(module, one),
      unit,
      span: one.node.span,
      ...(one.change !== undefined && { change: one.change }),
    };
    // Resources that refer to each other through what is unknown stay unknown to each other.
    if (before === 'being made') return bare;
    made.set(one.address, 'being made');
    const scope = module && { module, moduleAddress: one.moduleAddress };
    const expression = module && expressionsOf(module, one.configAddress);
    const at: At = { plan, owner: bare, scope, path: '' };
    const body = filled({ value: one.values, unknown: one.unknown, expression }, at);
    const whole = {
      ...bare,
      body: body?.kind === 'mapping' ? body : one.values,
      written: writtenIn(expression, at),
    };
    made.set(one.address, whole);
    return whole;
  }

  return planned.filter(({ mode }) => mode === 'managed').map(resource);
}

/**
 * The arguments that the configuration gives a value. What is passed on from a variable may be null, and is
 * then left to AWS, so that the variable is looked up.
 */
function writtenIn(arguments_: Node | undefined, { plan, scope, owner }: At): ReadonlySet<string> {
  const entries = arguments_?.kind === 'mapping' ? arguments_.entries : [];
  const isGiven = (expression: Node): boolean => {
    const [reference, ...others] = referencesOf(expression);
    if (reference === undefined) return !isNull(find(expression, 'constant_value'));
    if (others.length > 0 || scope === undefined || !reference.startsWith('var.')) return true;
    return !isNull(referred(plan, { reference, scope, wanted: 'document', span: owner.span }));
  };
  return new Set(entries.filter(({ value }) => isGiven(value)).map(({ key }) => key));
}

function isNull(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** A value of a plan, with what of it is unknown and how the configuration writes it. */
interface Value {
  readonly value: Node | undefined;
  readonly unknown: Node | undefined;
  readonly expression: Node | undefined;
}

interface At {
  readonly plan: Plan;
  readonly owner: Resource;
  /** Absent where the plan does not repeat the module's configuration. */
  readonly scope: Scope | undefined;
  /** `rule[0].kms_key_id`; empty for the whole body. */
  readonly path: string;
}

/** A value with its unknown parts put in place. */
function filled(given: Value, at: At): Node | undefined {
  const { value, unknown, expression } = given;
  const span = value?.span ?? at.owner.span;
  if (unknown?.kind === 'scalar' && unknown.value === true)
    return unknownValue(expression, at, span);
  if (unknown?.kind === 'mapping') return filledMapping(given, unknown, at, span);
  if (value?.kind === 'sequence' && unknown?.kind === 'sequence') {
    const items = value.items.flatMap((item, index) => {
      const each = itemExpression(expression, unknown, index);
      const path = `${at.path}[${String(index)}]`;
      return (
        filled({ value: item, unknown: unknown.items[index], expression: each }, { ...at, path }) ??
        []
      );
    });
    return { ...value, items };
  }
  return value;
}

function filledMapping(
  { value, expression }: Value,
  unknown: Mapping,
  at: At,
  span: Span,
): Mapping {
  const entries = value?.kind === 'mapping' ? value.entries : [];
  const keys = new Set([...entries, ...unknown.entries].map(({ key }) => key));
  return {
    kind: 'mapping',
    span,
    entries: [...keys].flatMap((key) => {
      const inside = {
        value: find(value, key),
        unknown: find(unknown, key),
        expression: find(expression, key),
      };
      const path = at.path === '' ? key : `${at.path}.${key}`;
      const keySpan = entries.find((entry) => entry.key === key)?.keySpan ?? span;
      const whole = filled(inside, { ...at, path });
      return whole === undefined ? [] : [{ key, keySpan, value: whole }];
    }),
  };
}

/**
 * The expression of an item: that of the block at its place, or of the one block that makes them all;
 * in a list of which nothing is known, the reference at its place, if there is one for each item.
 */
function itemExpression(
  expression: Node | undefined,
  items: Sequence,
  index: number,
): Node | undefined {
  if (expression?.kind === 'sequence') return expression.items[index] ?? onlyOne(expression.items);
  const references = referencesOf(expression);
  const isUnknown = items.items.every((item) => item.kind === 'scalar' && item.value === true);
  const reference = references[index];
  if (expression === undefined || reference === undefined) return expression;
  if (!isUnknown || references.length !== items.items.length) return undefined;
  return mappingNode({ references: textNode(reference, expression.span) }, expression.span);
}

function onlyOne(blocks: readonly Node[]): Node | undefined {
  return blocks.length === 1 ? blocks[0] : undefined;
}

function unknownValue(
  expression: Node | undefined,
  { plan, owner, scope, path }: At,
  span: Span,
): Node | undefined {
  // What nobody wrote is the provider's to fill in: the type tells what it comes to.
  if (expression === undefined && scope !== undefined) return undefined;
  const [reference, ...others] = referencesOf(expression);
  const wanted = wantedAt(path);
  // Only an argument that can hold nothing but a reference is one for certain.
  if (reference !== undefined && others.length === 0 && scope && wanted !== undefined) {
    const found = referred(plan, { reference, scope, wanted, span });
    if (found !== undefined) return found;
  }
  return textNode(attributeHole(owner, path), span);
}

/**
 * A plan names what an expression refers to, and not what it does with it. These arguments name a thing
 * as a whole, or give one document, so that a single reference in them is all that they are.
 */
function wantedAt(path: string): Wanted | undefined {
  const name =
    path
      .replace(/\[\d+\]/g, '')
      .split('.')
      .at(-1) ?? '';
  return DOCUMENTS.test(name) ? 'document' : NAMES.test(name) ? 'name' : undefined;
}

const DOCUMENTS = /(?:^|_)(?:policy|policies|content|document)$/;
const NAMES =
  /(?:^|_)(?:key_id|key_arn|key|arn|role|user|group|bucket|queue_url|repository|id|principal|identifiers|key_identifier|boundary)$/;
