import { hasHole, type Files, type Node, type Span, type Text } from '../../../../source/index.js';
import { passedText } from '../../../passed.js';
import { derived, failure, isUnknown, nullNode, spell, unknown, asText } from '../value.js';

/** Works a function of Terraform out. Arguments are no failures, and have no alternatives unless it takes them. */
export type TerraformFunction = (values: readonly Node[], call: CallSite) => Node;

/** Where and of what a function is called. */
export interface CallSite {
  readonly name: string;
  readonly values: readonly Node[];
  readonly span: Span;
  readonly unit: string;
  readonly files: Files;
  /** The folder that paths are relative to. */
  readonly folder: string;
  /** Works out a text that is a template, with these names. */
  renderTemplate(path: string, text: string, names: ReadonlyMap<string, Node>): Node;
}

/** The result where it is known only at deployment. */
export function open(call: CallSite): Node {
  return unknown(textOfOpen(call), call.span);
}

/** The hole that stands for the result. */
export function textOfOpen({ name, values, unit }: CallSite): Text {
  return derived(unit, `${name}(${values.map(spell).join(', ')})`);
}

/** The result where Terraform refuses the arguments. */
export function refused(call: CallSite): Node {
  return failure(textOfOpen(call), call.span);
}

/** The text of a value, where it is known to the last character. */
export function known(node: Node | undefined): string | undefined {
  const text = node && asText(node);
  return text === undefined || hasHole(text) ? undefined : text;
}

export function knownNumber(node: Node | undefined): number | undefined {
  const number = Number(passedText(node) ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}

/** The items of a list of which is known how many it has; each may be unknown. */
export function itemsIn(node: Node | undefined): readonly Node[] | undefined {
  return node?.kind === 'sequence' && node.items.every((item) => !mayBeAbsent(item))
    ? node.items
    : undefined;
}

/** Whether an item of a list is there only under a condition that is not known. */
export function mayBeAbsent(node: Node): boolean {
  return node.kind === 'unresolved' && (node.alternatives?.includes(undefined) ?? false);
}

/** What an alternative is as a value. */
export function orNull(node: Node | undefined, span: Span): Node {
  return node ?? nullNode(span);
}

/** A function of known texts alone. */
export function ofTexts(
  work: (...texts: readonly string[]) => string | number | boolean | undefined,
): TerraformFunction {
  return (values, call) => {
    const texts = values.map(known);
    if (values.some(isUnknown)) return open(call);
    const all = texts.filter((text) => text !== undefined);
    if (all.length < texts.length)
      return values.every((value) => asText(value) !== undefined) ? open(call) : refused(call);
    const value = work(...all);
    return value === undefined ? refused(call) : { kind: 'scalar', value, span: call.span };
  };
}
