import type { Evaluator } from '../evaluator.js';
import type { LibraryCall } from '../library-call.js';
import { is, type CallNode } from '../syntax.js';
import { calledMethod, calledSymbol, type Library } from './library.js';

/** Constructs of KMS and IAM, functions that import them, and their methods. */
export const cdk: Library = (node, evaluator) =>
  constructed(node, evaluator) ?? methodCalled(node, evaluator);

const services: ReadonlyMap<string, string> = new Map([
  ['aws_kms', 'kms'],
  ['aws_iam', 'iam'],
]);

function constructed(node: CallNode, evaluator: Evaluator): LibraryCall | undefined {
  const symbol = calledSymbol(node, evaluator, 'aws-cdk-lib');
  const [module = '', ...path] = symbol?.path ?? [];
  const service = services.get(module);
  // A function stands in a class: `Key.fromKeyArn`.
  if (service === undefined || path.length < (is(node, 'NewExpression') ? 1 : 2)) return undefined;
  return { api: 'aws-cdk-lib', service, operation: path.join('.'), arguments: node.arguments };
}

function methodCalled(node: CallNode, evaluator: Evaluator): LibraryCall | undefined {
  const method = calledMethod(node, evaluator);
  if (method === undefined) return undefined;
  const { name, on } = method;
  const service = serviceOf(on, evaluator);
  if (service === undefined) return undefined;
  return { api: 'aws-cdk-lib', service, operation: name, arguments: node.arguments, receiver: on };
}

function serviceOf(
  on: NonNullable<LibraryCall['receiver']>,
  evaluator: Evaluator,
): string | undefined {
  if (on.kind === 'instance') {
    return on.of.module === 'aws-cdk-lib' ? services.get(on.of.path[0] ?? '') : undefined;
  }
  const made = on.kind === 'output' ? evaluator.libraryCall(on.node) : undefined;
  return made?.api === 'aws-cdk-lib' ? made.service : undefined;
}
