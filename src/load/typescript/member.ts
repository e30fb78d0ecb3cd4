import type { Span } from '../../source/index.js';
import { fieldOf, sizeOfText, type Value } from './value.js';

/** The part of a value that a name leads to; `undefined` where the code does not tell. */
export function memberOf(value: Value, name: string, span: Span): Value | undefined {
  switch (value.kind) {
    case 'object':
      return fieldOf(value, name)?.value ?? (value.open ? undefined : { kind: 'absent', span });
    case 'list': {
      if (/^\d+$/.test(name)) return value.items[Number(name)];
      if (name !== 'length' || value.open) return undefined;
      return { kind: 'scalar', value: value.items.length, span };
    }
    case 'symbol':
      return name === 'default' ? value : { ...value, path: [...value.path, name], span };
    case 'output':
      return { ...value, path: [...value.path, name], span };
    case 'bytes':
      if (name !== 'length' && name !== 'byteLength') return undefined;
      return value.size.atLeast === value.size.atMost
        ? { kind: 'scalar', value: value.size.atLeast, span }
        : undefined;
    case 'text': {
      const { atLeast, atMost } = sizeOfText(value.text);
      const isKnown = name === 'length' && atLeast === atMost;
      return isKnown ? { kind: 'scalar', value: value.text.length, span } : undefined;
    }
    case 'unknown':
    case 'scalar':
    case 'instance':
    case 'function':
    case 'class':
    case 'absent':
      return undefined;
  }
}
