import { choose, findInMap } from './choices.js';
import { wrongArgument, type IntrinsicFunction } from './function.js';
import { cidr, getAZs, length, select, split } from './lists.js';
import { getAtt, importValue, ref, transform } from './references.js';
import { base64, join, sub, toJsonString } from './texts.js';

const functions: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::ImportValue', importValue],
  ['Fn::Transform', transform],
  ['Fn::Sub', sub],
  ['Fn::Join', onList('Fn::Join', join)],
  ['Fn::Base64', base64],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::Select', onList('Fn::Select', select)],
  ['Fn::Split', onList('Fn::Split', split)],
  ['Fn::Length', length],
  ['Fn::Cidr', onList('Fn::Cidr', cidr)],
  ['Fn::GetAZs', getAZs],
  ['Fn::If', onList('Fn::If', choose)],
  ['Fn::FindInMap', onList('Fn::FindInMap', findInMap)],
]);

function onList(name: string, work: IntrinsicFunction): IntrinsicFunction {
  return (argument, span, stack) =>
    argument.kind === 'sequence'
      ? work(argument, span, stack)
      : wrongArgument(name, argument, span, stack);
}

/** The intrinsic function of a name as templates spell it: `Fn::Sub`. */
export function findFunction(name: string): IntrinsicFunction | undefined {
  return functions.get(name);
}
