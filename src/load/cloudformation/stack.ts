import { hole, showText, type Node, type Span } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import { clean, shorten } from '../hole-expression.js';
import type { Report } from './report.js';
import type { Resource, Template } from './template.js';

/**
 * A template at its place of deployment, and so what its expressions mean. Stacks of one unit share
 * their account, Region and holes; the prefix keeps the names of a nested stack apart.
 */
export interface Stack {
  readonly unit: string;
  /** Empty, or the path of a nested stack: `Network/`. */
  readonly prefix: string;
  readonly template: Template;
  readonly place: Place;
  /** Values that the parent stack, the command line or the configuration gives. */
  readonly given: ReadonlyMap<string, Node>;
  /** The value of a node once its functions are worked out; `undefined` for `AWS::NoValue`. */
  evaluate(node: Node): Node | undefined;
  /** What `Ref` of a name gives. */
  refer(name: string, span: Span): Node | undefined;
  /** What `Fn::GetAtt` of a resource gives. */
  attribute(id: string, name: string, span: Span): Node | undefined;
  /** Whether a named condition holds; `undefined` where only the deployment decides. */
  holds(condition: string, span: Span): boolean | undefined;
  /** The stack that a resource of this one creates, where its template could be read. */
  nested(resource: Resource): Stack | undefined;
  /** The value that another stack exports under a name, where that stack is at hand. */
  imported(name: Text, span: Span): Node | undefined;
  readonly report: Report;
  readonly memory: Memory;
}

/** The values of the pseudo parameters, holes where they are unknown. */
export interface Place {
  readonly account: Text;
  readonly region: Text;
  readonly partition: Text;
  readonly urlSuffix: Text;
  readonly stackName: Text;
}

/** What has been evaluated already. What is under way is there without a value, so that cycles end. */
export interface Memory {
  readonly conditions: Map<string, boolean | undefined>;
  readonly texts: Map<string, Text | undefined>;
  readonly outputs: Map<string, Node | undefined>;
  readonly warned: Set<string>;
}

export function createMemory(): Memory {
  return { conditions: new Map(), texts: new Map(), outputs: new Map(), warned: new Set() };
}

/** The hole for something that the stack itself names: a parameter, a resource, an attribute. */
export function ownHole(stack: Stack, name: string): Text {
  return hole(stack.unit, clean(stack.prefix + name));
}

/** The hole for an expression over parts that are named already. */
export function derivedHole(stack: Stack, expression: string): Text {
  return hole(stack.unit, shorten(clean(expression), 300));
}

/** How a node is spelled inside the expression of a hole; equal nodes are spelled equally. */
export function spell(node: Node | undefined): string {
  if (node === undefined) return 'AWS::NoValue';
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' ? showText(node.value) : String(node.value);
    case 'sequence':
      return `[${node.items.map(spell).join(', ')}]`;
    case 'mapping':
      return `{${node.entries.map(({ key, value }) => `${key}: ${spell(value)}`).join(', ')}}`;
    case 'unresolved':
      return showText(node.text);
  }
}

/** Says something about the template once, however often the place is evaluated. */
export function warn(stack: Stack, code: string, message: string, span: Span, hint: string): void {
  const mark = `${code} ${String(span.start)}`;
  if (stack.memory.warned.has(mark)) return;
  stack.memory.warned.add(mark);
  stack.report({ code, severity: 'warning', message, span, hint });
}
