import {
  hasHole,
  hole,
  holesOf,
  itemsOf,
  partsOf,
  textOf,
  type Text,
} from '../../../source/index.js';
import { passedText } from '../../passed.js';
import { textNode } from '../../make-node.js';
import { generatedName } from '../references.js';
import { derivedHole, spell, type Stack } from '../stack.js';
import { movedTo, unresolved } from '../value.js';
import { blocksOf } from './cidr.js';
import type { IntrinsicFunction } from './function.js';

export const select: IntrinsicFunction = (argument, span, stack) => {
  const [indexNode, listNode] = argument.kind === 'sequence' ? argument.items : [];
  const index = Number(passedText(indexNode && stack.evaluate(indexNode)) ?? Number.NaN);
  const list = listNode && stack.evaluate(listNode);
  const item = list?.kind === 'sequence' ? list.items[index] : undefined;
  if (item) return movedTo(item, span);
  const parts = [indexNode && stack.evaluate(indexNode), list].map(spell).join(', ');
  return textNode(derivedHole(stack, `Select(${parts})`), span);
};

/** Cuts a text only where no hole can hide a delimiter. */
export const split: IntrinsicFunction = (argument, span, stack) => {
  const [delimiterNode, sourceNode] = argument.kind === 'sequence' ? argument.items : [];
  const delimiter = delimiterNode && textOf(stack.evaluate(delimiterNode));
  const source = sourceNode && passedText(stack.evaluate(sourceNode));
  if (!delimiter || source === undefined || hasHole(delimiter) || !cuts(delimiter, source, stack)) {
    const parts = [delimiterNode, sourceNode && stack.evaluate(sourceNode)].map(spell).join(', ');
    return unresolved(derivedHole(stack, `Split(${parts})`), span);
  }
  const items = piecesOf(source, delimiter).map((piece) => textNode(piece, span));
  return { kind: 'sequence', items, span };
};

function cuts(delimiter: string, source: Text, stack: Stack): boolean {
  return holesOf(source).every(({ expression }) => isFreeOf(delimiter, expression, stack));
}

// A pseudo parameter is a single word, and so are the names that AWS makes up; parameters and
// attributes may hold anything.
function isFreeOf(delimiter: string, expression: string, stack: Stack): boolean {
  if (/[A-Za-z0-9-]/.test(delimiter)) return false;
  if (/^AWS::(AccountId|Region|Partition)$/.test(expression)) return true;
  const name = expression.slice(stack.prefix.length);
  const resource = stack.template.resources.get(name.replace(/\..*$/, ''));
  return resource !== undefined && generatedName(resource) === name;
}

function piecesOf(source: Text, delimiter: string): readonly Text[] {
  const pieces: Text[] = [];
  let piece = '';
  for (const part of partsOf(source)) {
    if (typeof part !== 'string') {
      piece += hole(part.unit, part.expression);
      continue;
    }
    const words = part.split(delimiter);
    const last = words.pop() ?? '';
    for (const word of words) {
      pieces.push(piece + word);
      piece = '';
    }
    piece += last;
  }
  return [...pieces, piece];
}

export const length: IntrinsicFunction = (argument, span, stack) => {
  const value = stack.evaluate(argument);
  return value?.kind === 'sequence'
    ? { kind: 'scalar', value: value.items.length, span }
    : textNode(derivedHole(stack, `Length(${spell(value)})`), span);
};

export const cidr: IntrinsicFunction = (argument, span, stack) => {
  const words = itemsOf(argument).map((item) => passedText(stack.evaluate(item)));
  const [block = '', count = '', bits = '8'] = words;
  const blocks = blocksOf(block, Number(count), Number(bits));
  return blocks
    ? { kind: 'sequence', items: blocks.map((item) => textNode(item, span)), span }
    : unresolved(derivedHole(stack, `Cidr(${words.map(show).join(', ')})`), span);

  function show(word: Text | undefined): string {
    return spell(textNode(word ?? '', span));
  }
};

/** Which zones an account has is not in any template. */
export const getAZs: IntrinsicFunction = (argument, span, stack) => {
  const region = passedText(stack.evaluate(argument));
  const named = region === undefined || region === '' ? stack.place.region : region;
  return unresolved(derivedHole(stack, `GetAZs(${spell(textNode(named, span))})`), span);
};
