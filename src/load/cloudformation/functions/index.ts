import { choose, findInMap } from './choices.js';
import type { IntrinsicFunction } from './function.js';
import { cidr, getAZs, length, select, split } from './lists.js';
import { getAtt, importValue, ref, transform } from './references.js';
import { base64, join, sub, toJsonString } from './texts.js';

const functions: ReadonlyMap<string, IntrinsicFunction> = new Map([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::ImportValue', importValue],
  ['Fn::Transform', transform],
  ['Fn::Sub', sub],
  ['Fn::Join', join],
  ['Fn::Base64', base64],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Length', length],
  ['Fn::Cidr', cidr],
  ['Fn::GetAZs', getAZs],
  ['Fn::If', choose],
  ['Fn::FindInMap', findInMap],
]);

/** The intrinsic function of a name as templates spell it: `Fn::Sub`. */
export function findFunction(name: string): IntrinsicFunction | undefined {
  return functions.get(name);
}
