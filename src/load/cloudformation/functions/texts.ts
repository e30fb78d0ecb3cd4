import {
  find,
  hasHole,
  itemsOf,
  showText,
  textOf,
  type Node,
  type Span,
  type Text,
} from '../../../source/index.js';
import { passedText } from '../../passed.js';
import { textNode } from '../../make-node.js';
import { derivedHole, ownHole, spell, type Stack } from '../stack.js';
import { wrongArgument, type IntrinsicFunction } from './function.js';
import { splitAtDot } from './references.js';

/** `Fn::Sub` in both forms. `${!Literal}` becomes `${Literal}`, a policy variable for example. */
export const sub: IntrinsicFunction = (argument, span, stack) => {
  const [first, map] = argument.kind === 'sequence' ? argument.items : [argument];
  const template = first && textOf(stack.evaluate(first));
  if (template === undefined) return wrongArgument('Fn::Sub', argument, span, stack);
  const replaced = template.replaceAll(/\$\{([^}]*)\}/g, (_, inside: string) => {
    if (inside.startsWith('!')) return `\${${inside.slice(1)}}`;
    const name = inside.trim();
    const local = find(map, name);
    return placed(local ? stack.evaluate(local) : named(name, span, stack), name, stack);
  });
  return bounded(replaced, span, stack);
};

function named(name: string, span: Span, stack: Stack): Node | undefined {
  const [id, attribute] = splitAtDot(name);
  return id === undefined ? stack.refer(name, span) : stack.attribute(id, attribute, span);
}

/** The text of a part of a longer text. What is no text makes the longer one unknown there. */
function placed(node: Node | undefined, name: string, stack: Stack): Text {
  if (node === undefined) return '';
  return passedText(node) ?? ownHole(stack, name);
}

export const join: IntrinsicFunction = (argument, span, stack) => {
  const [delimiterNode, list] = argument.kind === 'sequence' ? argument.items : [];
  const delimiter = delimiterNode && passedText(stack.evaluate(delimiterNode));
  const value = list && stack.evaluate(list);
  if (delimiter === undefined || value?.kind === 'unresolved' || value === undefined) {
    const parts = [delimiterNode, value].map(spell).join(', ');
    return textNode(derivedHole(stack, `Join(${parts})`), span);
  }
  const texts = itemsOf(value).map(
    (item) => passedText(item) ?? derivedHole(stack, `Join(${spell(item)})`),
  );
  return bounded(texts.join(delimiter), span, stack);
};

// Far more than AWS accepts. Names that double each other would fill the memory.
const CHARACTERS_MAX = 1_000_000;

function bounded(text: Text, span: Span, stack: Stack): Node {
  const isBounded = text.length <= CHARACTERS_MAX;
  return textNode(isBounded ? text : derivedHole(stack, showText(text)), span);
}

export const base64: IntrinsicFunction = (argument, span, stack) => {
  const value = stack.evaluate(argument);
  const text = passedText(value);
  if (text === undefined || hasHole(text)) {
    return textNode(derivedHole(stack, `Base64(${spell(value)})`), span);
  }
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return textNode(btoa(binary), span);
};

/** JSON text of a value, its holes kept inside the strings. */
export const toJsonString: IntrinsicFunction = (argument, span, stack) => {
  const value = stack.evaluate(argument);
  const plain = plainOf(value);
  return plain === UNKNOWN
    ? textNode(derivedHole(stack, `ToJsonString(${spell(value)})`), span)
    : textNode(JSON.stringify(plain), span);
};

const UNKNOWN = Symbol('known only at deployment');

function plainOf(node: Node | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return null;
    case 'scalar':
      return node.value;
    case 'sequence': {
      const items = node.items.map(plainOf);
      return items.includes(UNKNOWN) ? UNKNOWN : items;
    }
    case 'mapping': {
      const entries = node.entries.map(({ key, value }) => [key, plainOf(value)] as const);
      return entries.some(([, value]) => value === UNKNOWN) ? UNKNOWN : Object.fromEntries(entries);
    }
    case 'unresolved':
      return UNKNOWN;
  }
}
