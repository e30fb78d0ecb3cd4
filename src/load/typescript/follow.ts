import type { CodeUse, CodeUseKind } from '../../inventory/index.js';
import type { Evaluator } from './evaluator.js';
import { stepsTo } from './pattern.js';
import { is, type CallNode, type SyntaxNode } from './syntax.js';

/** A value on its way through the code. */
export interface Flow {
  /** The call that returned it. */
  readonly origin: CallNode;
  /** The part of what the call returned. */
  readonly path: readonly string[];
  /** The names of the fields of the objects that it was put into, innermost first. */
  readonly fields: readonly string[];
  /** The encoding of the text that it was made. */
  readonly converted?: string;
  /** Whether it went through `Buffer.from`, whose `toString` knows encodings. */
  readonly isBuffer: boolean;
  /** How many functions of the file it was given to. */
  readonly depth: number;
}

/** Follows a value and collects what becomes of it. */
export interface Follower {
  readonly evaluator: Evaluator;
  /** The address of the call of the inventory that a node is, or is a part of. */
  addressOf(node: CallNode): string | undefined;
  use(flow: Flow, kind: CodeUseKind, node: SyntaxNode, more?: Partial<CodeUse>): void;
  /** Goes on with the expression that now holds the value. */
  follow(node: SyntaxNode, flow: Flow): void;
  followName(name: SyntaxNode, flow: Flow): void;
}

/** The value becomes part of a text. */
export function followText(
  node: SyntaxNode,
  conversion: string,
  flow: Flow,
  { use, follow }: Follower,
): void {
  if (flow.path.length === 0 && flow.fields.length === 0) return;
  if (flow.converted !== undefined) {
    follow(node, flow);
    return;
  }
  use(flow, 'converted', node, { conversion, encoding: 'utf8' });
  follow(node, { ...flow, converted: 'utf8' });
}

/** Into the names of a pattern, each with the part that it takes. */
export function followPatternOf(pattern: SyntaxNode, flow: Flow, follower: Follower): void {
  if (is(pattern, 'Identifier')) {
    follower.followName(pattern, flow);
    return;
  }
  for (const name of namesIn(pattern)) {
    const steps = stepsTo(name, pattern) ?? [];
    let taken: Flow | undefined = flow;
    for (const step of steps) {
      if (step.kind !== 'field' || taken === undefined) continue;
      const [field, ...rest]: readonly string[] = taken.fields;
      if (/^\d+$/.test(step.name)) continue;
      if (field === undefined) taken = { ...taken, path: [...taken.path, step.name] };
      else taken = field === step.name || field === '*' ? { ...taken, fields: rest } : undefined;
    }
    if (taken !== undefined) follower.followName(name, taken);
  }
}

function namesIn(pattern: SyntaxNode): readonly SyntaxNode[] {
  if (is(pattern, 'Identifier')) return [pattern];
  if (is(pattern, 'AssignmentPattern')) return namesIn(pattern.left);
  if (is(pattern, 'RestElement')) return namesIn(pattern.argument);
  if (is(pattern, 'ArrayPattern'))
    return pattern.elements.flatMap((one) => (one ? namesIn(one) : []));
  if (!is(pattern, 'ObjectPattern')) return [];
  return pattern.properties.flatMap((one) => namesIn(is(one, 'Property') ? one.value : one));
}
