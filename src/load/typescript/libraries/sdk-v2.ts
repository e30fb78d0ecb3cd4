import type { Evaluator } from '../evaluator.js';
import { serviceOfClass } from '../services.js';
import { is } from '../syntax.js';
import { fieldOf, type InstanceValue, type Value } from '../value.js';
import { calledMethod, calledSymbol, operationOf, type Library } from './library.js';

/** Methods of `new AWS.KMS()` and its like, whether they are given a callback or give a promise. */
export const sdkV2: Library = (node, evaluator) => {
  if (is(node, 'NewExpression')) {
    // `new AWS.S3.ManagedUpload({ params })` is what `upload` makes.
    const symbol = calledSymbol(node, evaluator, 'aws-sdk');
    if (symbol?.path.slice(-2).join('.') !== 'S3.ManagedUpload') return undefined;
    return { api: 'aws-sdk-v2', service: 's3', operation: 'Upload', arguments: node.arguments };
  }
  const method = calledMethod(node, evaluator);
  if (method?.on.kind !== 'instance' || method.on.of.module !== 'aws-sdk') return undefined;
  const service = serviceOfClass(method.on.of.path.at(-1));
  if (service === undefined || notOperations.has(method.name)) return undefined;
  return {
    api: 'aws-sdk-v2',
    service,
    operation: operationOf(method.name),
    arguments: node.arguments.filter((argument) => !isCallback(argument)).slice(0, 1),
    client: withGlobalConfiguration(method.on, evaluator),
  };
};

const notOperations = new Set(['makeRequest', 'waitFor', 'getSignedUrl', 'getSignedUrlPromise']);

function isCallback(node: Parameters<typeof is>[0]): boolean {
  return is(node, 'ArrowFunctionExpression', 'FunctionExpression');
}

/** A client that sets no Region has the one of `AWS.config.update({ region })`, where a file calls that once. */
function withGlobalConfiguration(client: InstanceValue, evaluator: Evaluator): Value {
  const [own] = client.arguments ?? [];
  if (client.arguments === undefined || fieldOf(own, 'region') !== undefined) return client;
  const updates = evaluator.code.nodes.filter(
    (node) =>
      is(node, 'CallExpression') && /\bconfig\.update$/.test(evaluator.code.textOf(node.callee)),
  );
  const [update, ...others] = updates;
  if (!is(update, 'CallExpression') || others.length > 0) return client;
  const called = evaluator.evaluate(update.callee);
  if (called.kind !== 'symbol' || called.module !== 'aws-sdk') return client;
  const general = evaluator.evaluate(update.arguments[0]);
  if (general.kind !== 'object' || (own !== undefined && own.kind !== 'object')) return client;
  const fields = [...general.fields, ...(own?.fields ?? [])];
  return {
    ...client,
    arguments: [{ ...general, fields, open: general.open || own?.open === true }],
  };
}
