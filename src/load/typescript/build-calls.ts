import type { CodeCall, CodeKey } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import { fieldOf, toCode, type Value } from './value.js';
import type { Evaluator } from './evaluator.js';
import type { LibraryCall } from './library-call.js';
import { loopAround } from './loops.js';
import { namesAround } from './names.js';
import { isCall, type CallNode } from './syntax.js';
import { unknownText } from './unknown.js';
import { usesOf } from './uses.js';

interface FoundCall {
  readonly node: CallNode;
  readonly call: LibraryCall;
  readonly address: string;
}

/** The calls to known libraries in a file, in the order of the code. */
export function buildCalls(evaluator: Evaluator): readonly CodeCall[] {
  const found = findCalls(evaluator);
  const addresses = new Map<CallNode, string>();
  for (const { node, call, address } of found) {
    addresses.set(node, address);
    if (call.alias !== undefined && !addresses.has(call.alias)) addresses.set(call.alias, address);
  }
  const addressOf = (node: CallNode): string | undefined => addresses.get(node);
  return found.map((one) => buildCall(one, evaluator, addressOf));
}

function findCalls(evaluator: Evaluator): readonly FoundCall[] {
  const { code } = evaluator;
  const calls = code.nodes.filter(isCall).flatMap((node) => {
    const call = evaluator.libraryCall(node);
    return call === undefined ? [] : [{ node, call }];
  });
  const aliases = new Set(calls.flatMap(({ call }) => call.alias ?? []));
  const counts = new Map<string, number>();
  return calls
    .filter(({ node }) => !aliases.has(node))
    .sort((a, b) => a.node.range[0] - b.node.range[0])
    .map(({ node, call }) => {
      const name = [...namesAround(node, code), call.operation].join('.');
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return { node, call, address: count === 1 ? name : `${name}#${String(count)}` };
    });
}

function buildCall(
  { node, call, address }: FoundCall,
  evaluator: Evaluator,
  addressOf: (node: CallNode) => string | undefined,
): CodeCall {
  const { code, evaluate } = evaluator;
  const given = call.arguments.map((argument) => evaluate(argument));
  const unknownOf = ({ span }: Value): Text =>
    unknownText(
      code.nodes.find(({ range }) => range[0] === span.start && range[1] === span.end) ?? node,
      code,
    );
  const convert = (value: Value): CodeCall['arguments'][number] =>
    toCode(value, addressOf, unknownOf);
  const loop = loopAround(node, evaluator);
  const region = regionOf(call.client);
  return {
    address,
    unit: code.source.path,
    span: code.spanOf(node),
    api: call.api,
    service: call.service,
    operation: call.operation,
    arguments: given.map(convert),
    keys: keysOf(call, given),
    ...(call.receiver === undefined ? {} : { receiver: convert(call.receiver) }),
    ...(region === undefined ? {} : region),
    ...(loop === undefined ? {} : { loop }),
    within: namesAround(node, code),
    uses: usesOf(node, evaluator, addressOf),
  };
}

function regionOf(client: Value | undefined): Pick<CodeCall, 'region' | 'regionSpan'> | undefined {
  const [configuration] = client?.kind === 'instance' ? (client.arguments ?? []) : [];
  const field = fieldOf(configuration, 'region');
  const value = field?.value;
  if (value?.kind !== 'text' && value?.kind !== 'unknown') return undefined;
  return { region: value.text, regionSpan: value.span };
}

/** The fields of inputs that name keys, of the SDKs and of the Encryption SDK. */
const keyFields = [
  'KeyId',
  'TargetKeyId',
  'SourceKeyId',
  'DestinationKeyId',
  'KmsMasterKeyId',
  'SSEKMSKeyId',
  'generatorKeyId',
  'keyIds',
];

function keysOf(call: LibraryCall, given: readonly Value[]): readonly CodeKey[] {
  if (call.api === 'aws-cdk-lib') return keysImported(call, given);
  const [first] = given;
  const input = call.operation === 'Upload' ? (fieldOf(first, 'params')?.value ?? first) : first;
  return keyFields.flatMap((name) => {
    const field = fieldOf(input, name);
    if (field === undefined) return [];
    const values = field.value.kind === 'list' ? field.value.items : [field.value];
    return values.flatMap((value) => {
      const text = textOf(value);
      const span = field.value.kind === 'list' ? value.span : field.span;
      return text === undefined ? [] : [{ field: name, text, span }];
    });
  });
}

/** `Key.fromKeyArn(scope, id, arn)`, `Alias.fromAliasName(scope, id, name)` and their like. */
function keysImported({ operation }: LibraryCall, given: readonly Value[]): readonly CodeKey[] {
  if (!/\.from(?:KeyArn|AliasName|CfnKey|Lookup|AliasAttributes)$/.test(operation)) return [];
  const last = given[2];
  const named = last?.kind === 'object' ? fieldOf(last, 'aliasName')?.value : last;
  const text = named && textOf(named);
  return text === undefined || named === undefined
    ? []
    : [{ field: 'argument 3', text, span: named.span }];
}

function textOf(value: Value): Text | undefined {
  return value.kind === 'text' || value.kind === 'unknown' ? value.text : undefined;
}
