import type { Node } from '../../../../source/index.js';
import { isUnknown } from '../value.js';
import { itemsIn, known, knownNumber, open, refused, type TerraformFunction } from './function.js';

/** Functions of numbers. */
export const numbers: Readonly<Record<string, TerraformFunction>> = {
  abs: ofNumbers((number = 0) => Math.abs(number)),
  ceil: ofNumbers((number = 0) => Math.ceil(number)),
  floor: ofNumbers((number = 0) => Math.floor(number)),
  signum: ofNumbers((number = 0) => Math.sign(number)),
  pow: ofNumbers((base = 0, exponent = 0) => base ** exponent),
  log: ofNumbers((number = 0, base = 0) => Math.log(number) / Math.log(base)),
  max: ofNumbers((...all) => Math.max(...all)),
  min: ofNumbers((...all) => Math.min(...all)),
  sum: ([list], call) => {
    const items = itemsIn(list);
    return items ? ofNumbers((...all) => all.reduce((a, b) => a + b, 0))(items, call) : open(call);
  },
  parseint: (values, call) => {
    const [text, base] = [known(values[0]), knownNumber(values[1])];
    if (text === undefined || base === undefined) return open(call);
    const value = Number.parseInt(text, base);
    return Number.isNaN(value) ? refused(call) : { kind: 'scalar', value, span: call.span };
  },
};

function ofNumbers(work: (...all: readonly number[]) => number): TerraformFunction {
  return (values: readonly Node[], call) => {
    const all = values.map(knownNumber).filter((number) => number !== undefined);
    if (all.length < values.length) return values.some(isUnknown) ? open(call) : refused(call);
    const value = work(...all);
    return Number.isFinite(value) ? { kind: 'scalar', value, span: call.span } : refused(call);
  };
}
