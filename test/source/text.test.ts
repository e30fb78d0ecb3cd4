import { describe, expect, test } from 'vitest';
import { equalTexts, hasHole, hole, holesOf, partsOf, showText } from '../../src/source/index.js';

const a = hole('unit', 'A');
const b = hole('unit', 'B');
const elsewhere = hole('other', 'A');

describe('a text with holes', () => {
  test('is its stretches and its holes', () => {
    expect(partsOf(`x${a}y`)).toEqual(['x', { unit: 'unit', expression: 'A' }, 'y']);
    expect(showText(`x${a}y`)).toBe('x${A}y');
  });

  test('has holes that do not nest', () => {
    const inner = hole(`stack of ${a}`, `Join(${b})`);
    expect(holesOf(`x${inner}`)).toEqual([
      { unit: 'stack of ${A@unit}', expression: 'Join(${B})' },
    ]);
    expect(hasHole(inner.slice(1))).toBe(false);
  });

  test.each([
    ['x', 'x', true],
    ['x', 'y', false],
    [`x${a}`, `x${a}`, true],
    [`x${a}`, `x${b}`, undefined],
    [`x${a}`, `x${elsewhere}`, undefined],
    [`x${a}`, `y${b}`, false],
    [`${a}x`, `${b}y`, false],
    [`x${a}y`, 'xy', undefined],
    [`xx${a}`, 'x', false],
  ])('%j equals %j: %s', (left, right, equal) => {
    expect(equalTexts(left, right)).toBe(equal);
    expect(equalTexts(right, left)).toBe(equal);
  });
});
