import { hasHole, hole, partsOf } from '../../source/index.js';
import type { Node, Text } from '../../source/index.js';

/**
 * What an inventory file writes for values known only at deployment, in CloudFormation's words:
 * `!Sub "arn:aws:iam::${AWS::AccountId}:root"` is a text with a hole, `${expression@unit}` one of
 * another unit than the file itself, and `!If [x, statement]` a node that may be there or not.
 */
export function withUnknowns(node: Node, unit: string): Node {
  switch (node.kind) {
    case 'sequence':
      return { ...node, items: node.items.map((item) => withUnknowns(item, unit)) };
    case 'mapping': {
      const [only, ...others] = node.entries;
      if (only !== undefined && others.length === 0) {
        const unknown = unknownOf(only.key, only.value, unit);
        if (unknown !== undefined) return { ...unknown, span: node.span };
      }
      const entries = node.entries.map((entry) => ({
        ...entry,
        value: withUnknowns(entry.value, unit),
      }));
      return { ...node, entries };
    }
    case 'scalar':
    case 'unresolved':
      return node;
  }
}

function unknownOf(key: string, value: Node, unit: string): Node | undefined {
  if (key === 'Fn::Sub' && value.kind === 'scalar') {
    return { kind: 'scalar', value: textOfSub(String(value.value), unit), span: value.span };
  }
  if (key !== 'Fn::If' || value.kind !== 'sequence') return undefined;
  const [condition, node] = value.items;
  if (condition?.kind !== 'scalar' || node === undefined) return undefined;
  const [, spelled = '', form] = FORM.exec(String(condition.value)) ?? [];
  // The policy parser counts the forms of a node, so this one goes where it was counted.
  const before = Array.from({ length: Number(form ?? 1) - 1 }, () => undefined);
  return {
    kind: 'unresolved',
    text: textOfSub(`\${${spelled}}`, unit),
    alternatives: [...before, withUnknowns(node, unit)],
    span: value.span,
  };
}

const FORM = /^([^]*?)(?:, form (\d{1,2}))?$/;

function textOfSub(text: string, ownUnit: string): Text {
  return text.replace(/\$\{!|\$\{([^{}]*)\}/g, (_, inside: string | undefined) => {
    if (inside === undefined) return '${';
    const [expression = '', unit] = inside.split('@');
    return hole(unit === undefined ? ownUnit : decoded(unit), decoded(expression));
  });
}

/** How a text with holes is written; a text without is written as it is. */
export function subOf(text: Text): string | { readonly 'Fn::Sub': string } {
  if (!hasHole(text)) return text;
  const spelled = partsOf(text).map((part) =>
    typeof part === 'string'
      ? part.replaceAll('${', '${!')
      : `\${${encoded(part.expression)}@${encoded(part.unit)}}`,
  );
  return { 'Fn::Sub': spelled.join('') };
}

/** How a value that is there only under a condition is written: one `!If` for each hole of it. */
export function ifOf(presence: Text, value: unknown): unknown {
  return partsOf(presence).reduceRight((inner: unknown, part) => {
    if (typeof part === 'string') return inner;
    const [, expression = '', form] = FORM.exec(part.expression) ?? [];
    const spelled = `${encoded(expression)}@${encoded(part.unit)}`;
    return { 'Fn::If': [form === undefined ? spelled : `${spelled}, form ${form}`, inner] };
  }, value);
}

// What would end an expression or a unit, or begin a literal, is escaped as in URLs.
function encoded(text: string): string {
  return text.replace(/[!%@{}]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decoded(text: string): string {
  return text.replace(/%(21|25|40|7B|7D)/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
