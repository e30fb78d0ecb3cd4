import type { Files, Node, Span } from '../../../source/index.js';
import type { Report } from '../resource.js';

/** What the names in a module mean: the module at the place where it is called. */
export interface Scope {
  readonly unit: string;
  /** Empty for the root, else with a final dot: `module.kms["a"].`. */
  readonly prefix: string;
  /** The folder of the module. */
  readonly folder: string;
  readonly rootFolder: string;
  readonly files: Files;
  readonly report: Report;
  /** Shared by all modules of a root, so that no configuration takes for ever. */
  readonly budget: Budget;
  variable(name: string, span: Span): Node;
  local(name: string, span: Span): Node;
  module(name: string, span: Span): Node;
  resource(mode: 'managed' | 'data', type: string, name: string, span: Span): Node;
}

export interface Budget {
  steps: number;
  depth: number;
  isTold: boolean;
}

// A configuration that needs more does not end, or overflows.
const STEPS_MAX = 1_000_000;
const DEPTH_MAX = 500;

/** Whether no more is to be worked out, since it takes too long already, which is told once. */
export function isExhausted({ budget, report }: Scope, span: Span): boolean {
  if (budget.steps <= STEPS_MAX && budget.depth <= DEPTH_MAX) return false;
  if (!budget.isTold) {
    budget.isTold = true;
    report({
      code: 'terraform-limit',
      severity: 'warning',
      message: 'this configuration takes too long to work out, so from here on values are unknown',
      span,
      hint: 'check for loops in loops; a plan (`terraform show -json`) has all values worked out',
    });
  }
  return true;
}

/** Where an expression stands: its module, and the names that are defined around it. */
export interface Context {
  readonly scope: Scope;
  /** `each`, `count`, iterators and the names of `for`. */
  readonly names: ReadonlyMap<string, Node>;
}

export function withNames(
  context: Context,
  names: Readonly<Record<string, Node | undefined>>,
): Context {
  const all = new Map(context.names);
  for (const [name, node] of Object.entries(names)) if (node) all.set(name, node);
  return { ...context, names: all };
}
