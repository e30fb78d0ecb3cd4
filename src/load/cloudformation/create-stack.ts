import { hole, type Node, type Span, type Text } from '../../source/index.js';
import { holds } from './conditions.js';
import { evaluate } from './evaluate.js';
import type { Nested } from './nested.js';
import type { Given } from './parameters.js';
import { attribute, refer } from './references.js';
import type { Report } from './report.js';
import { createMemory, warn, type Place, type Stack } from './stack.js';
import type { Resource, Template } from './template.js';

export interface StackParts {
  readonly unit: string;
  readonly prefix: string;
  readonly template: Template;
  readonly place: Place;
  readonly given: Given;
  /** The templates of the stacks that this one is nested in, by path. */
  readonly within: readonly string[];
  readonly report: Report;
  /** Reads the template of a nested stack; `undefined` where it is not at hand. */
  readNested(resource: Resource, from: Stack): Nested | undefined;
  imported(name: Text, span: Span): Node | undefined;
}

const NESTING_MAX = 10;

/** Ties a template to its place and joins the parts of its evaluation. */
export function createStack(parts: StackParts): Stack {
  const nested = new Map<string, Stack | undefined>();
  const stack: Stack = {
    ...parts,
    memory: createMemory(),
    evaluate: (node) => evaluate(node, stack),
    refer: (name, span) => refer(name, span, stack),
    attribute: (id, name, span) => attribute(id, name, span, stack),
    holds: (condition, span) => holds(condition, span, stack),
    nested(resource) {
      if (nested.has(resource.id)) return nested.get(resource.id);
      // Stacks that need each other's outputs would have no end.
      nested.set(resource.id, undefined);
      const created = createNested(resource, stack, parts);
      nested.set(resource.id, created);
      return created;
    },
  };
  return stack;
}

function createNested(resource: Resource, from: Stack, parts: StackParts): Stack | undefined {
  const within = [...parts.within, from.template.source.path];
  const nested = parts.readNested(resource, from);
  if (nested === undefined) return undefined;
  const { path } = nested.template.source;
  if (within.includes(path) || within.length > NESTING_MAX) {
    const message = `the stack \`${resource.id}\` nests \`${path}\` in itself, so it is left out`;
    const hint = 'AWS refuses such stacks; correct the path';
    warn(from, 'cloudformation-nested', message, resource.idSpan, hint);
    return undefined;
  }
  const prefix = `${from.prefix}${resource.id}/`;
  return createStack({
    ...parts,
    ...nested,
    prefix,
    within,
    place: { ...from.place, stackName: nestedName(prefix, from) },
  });
}

function nestedName(prefix: string, from: Stack): Text {
  return hole(from.unit, `${prefix}AWS::StackName`);
}
