import type { Evaluator } from '../evaluator.js';
import type { LibraryCall } from '../library-call.js';
import { serviceOfClass, serviceOfModule } from '../services.js';
import { is, type CallNode } from '../syntax.js';
import { fieldOf, type SymbolValue, type Value } from '../value.js';
import { calledMethod, operationOf, type Library } from './library.js';

/** Commands that are sent or made, methods of the classes that have one for each operation, and paginators. */
export const sdkV3: Library = (node, evaluator) =>
  is(node, 'NewExpression')
    ? commandMade(node, evaluator)
    : (commandSent(node, evaluator) ?? methodCalled(node, evaluator) ?? paginated(node, evaluator));

function commandMade(node: CallNode, evaluator: Evaluator): LibraryCall | undefined {
  const symbol = symbolCalled(node, evaluator);
  const operation = /^(\w+)Command$/.exec(symbol?.path.at(-1) ?? '')?.[1];
  if (symbol === undefined || operation === undefined) return undefined;
  return callOf(symbol, operation, node.arguments.slice(0, 1));
}

function commandSent(node: CallNode, evaluator: Evaluator): LibraryCall | undefined {
  const method = calledMethod(node, evaluator);
  if (method?.name !== 'send') return undefined;
  const command = evaluator.evaluate(node.arguments[0]);
  if (command.kind !== 'output' || command.path.length > 0) return undefined;
  const made = evaluator.libraryCall(command.node);
  if (made?.api !== 'aws-sdk-v3' || !is(command.node, 'NewExpression')) return undefined;
  return { ...made, client: method.on, alias: command.node };
}

function methodCalled(node: CallNode, evaluator: Evaluator): LibraryCall | undefined {
  const method = calledMethod(node, evaluator);
  if (method?.on.kind !== 'instance' || notOperations.has(method.name)) return undefined;
  const { of } = method.on;
  if (serviceOfModule(of.module) !== serviceOfClass(of.path.at(-1))) return undefined;
  if (serviceOfModule(of.module) === undefined) return undefined;
  return {
    ...callOf(of, operationOf(method.name), node.arguments.slice(0, 1)),
    client: method.on,
  };
}

const notOperations = new Set(['send', 'destroy', 'config', 'middlewareStack']);

function paginated(node: CallNode, evaluator: Evaluator): LibraryCall | undefined {
  const symbol = symbolCalled(node, evaluator);
  const operation = /^paginate(\w+)$/.exec(symbol?.path.at(-1) ?? '')?.[1];
  if (symbol === undefined || operation === undefined) return undefined;
  const settings: Value = evaluator.evaluate(node.arguments[0]);
  const client = fieldOf(settings, 'client')?.value;
  return {
    ...callOf(symbol, operation, node.arguments.slice(1, 2)),
    ...(client === undefined ? {} : { client }),
  };
}

function symbolCalled({ callee }: CallNode, { evaluate }: Evaluator): SymbolValue | undefined {
  if (!is(callee, 'Identifier', 'MemberExpression')) return undefined;
  const value = evaluate(callee);
  return value.kind === 'symbol' && serviceOfModule(value.module) !== undefined ? value : undefined;
}

function callOf(
  { module }: SymbolValue,
  operation: string,
  given: LibraryCall['arguments'],
): LibraryCall {
  return {
    api: 'aws-sdk-v3',
    service: serviceOfModule(module) ?? '',
    operation,
    arguments: given,
  };
}
