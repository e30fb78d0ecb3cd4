import { fieldOf } from '../value.js';
import { calledSymbol, type Library } from './library.js';

/** `new Upload({ client, params })`. */
export const libStorage: Library = (node, evaluator) => {
  const symbol = calledSymbol(node, evaluator, '@aws-sdk/lib-storage');
  if (symbol?.path.at(-1) !== 'Upload') return undefined;
  const client = fieldOf(evaluator.evaluate(node.arguments[0]), 'client')?.value;
  return {
    api: 'lib-storage',
    service: 's3',
    operation: 'Upload',
    arguments: node.arguments.slice(0, 1),
    ...(client === undefined ? {} : { client }),
  };
};
