import { memberName } from './evaluate-member.js';
import { sinkOf } from './sinks.js';
import { is, isCall, isFunction, type CallNode, type SyntaxNode } from './syntax.js';
import { followPatternOf, followText, type Flow, type Follower } from './follow.js';

const DEPTH_MAX = 4;
const nothingGiven = new Map<never, never>();

/** What a call does with a value that it is given, or whose method it is. */
export function usedByCall(call: CallNode, node: SyntaxNode, flow: Flow, follower: Follower): void {
  if (call.callee === node) methodOf(call, flow, follower);
  else if (!givenToKnown(call, node, flow, follower)) givenToOther(call, node, flow, follower);
}

/** A method of the value itself. */
function methodOf(call: CallNode, flow: Flow, follower: Follower): void {
  const { evaluator, follow, use } = follower;
  const { callee } = call;
  const name = is(callee, 'MemberExpression')
    ? memberName(callee, nothingGiven, evaluator)
    : undefined;
  switch (name) {
    case 'then': {
      const [callback] = call.arguments;
      if (isFunction(callback) && callback.params[0])
        followPatternOf(callback.params[0], flow, follower);
      return;
    }
    case 'forEach':
    case 'map': {
      const [callback] = call.arguments;
      if (isFunction(callback) && callback.params[0])
        followPatternOf(callback.params[0], flow, follower);
      return;
    }
    case 'promise':
    case 'catch':
    case 'finally':
    case 'slice':
    case 'subarray':
    case 'trim':
    case 'transformToByteArray':
      follow(call, flow);
      return;
    case 'fill':
      use(flow, 'erased', call);
      follow(call, flow);
      return;
    case 'toString':
    case 'transformToString': {
      if (flow.path.length === 0 || flow.fields.length > 0) return;
      if (flow.converted !== undefined) {
        follow(call, flow);
        return;
      }
      const given = call.arguments.length === 0 ? undefined : evaluator.evaluate(call.arguments[0]);
      const encoding =
        given === undefined ? 'utf8' : given.kind === 'text' ? given.text.toLowerCase() : undefined;
      const conversion = flow.isBuffer ? 'Buffer.toString' : name;
      use(flow, 'converted', call, { conversion, ...(encoding === undefined ? {} : { encoding }) });
      follow(call, { ...flow, converted: encoding ?? 'unknown' });
      return;
    }
    case undefined:
      return;
    default:
      return;
  }
}

/** Calls of which it is known what they make of a value; whether this is one. */
function givenToKnown(call: CallNode, node: SyntaxNode, flow: Flow, follower: Follower): boolean {
  const { evaluator, follow, use } = follower;
  const address = follower.addressOf(call);
  if (address !== undefined) {
    const at = call.arguments.findIndex((argument) => argument === node) + 1;
    const field = flow.fields[0] === undefined ? `argument ${String(at)}` : flow.fields.join('.');
    if (call !== flow.origin && flow.path.length + flow.fields.length > 0) {
      const reached = fieldPath(flow) ?? field;
      use(flow, 'passed', call, {
        call: address,
        field: reached,
        to: evaluator.code.textOf(call.callee),
      });
    }
    return true;
  }
  const name = evaluator.code.textOf(call.callee);
  if (/^(?:Buffer\.from|Buffer|Buffer\.concat|Uint8Array|Uint8Array\.from)$/.test(name)) {
    const [, second] = call.arguments;
    // Of a text with its encoding, the bytes come back.
    const isDecoded = second !== undefined && flow.converted !== undefined;
    const { converted, ...bytes } = flow;
    const isText = converted !== undefined && !isDecoded;
    follow(call, { ...(isText ? flow : bytes), isBuffer: name.startsWith('Buffer') });
    return true;
  }
  if (/^(?:Promise\.(?:all|resolve|race|any)|Object\.freeze|structuredClone)$/.test(name)) {
    follow(call, flow);
    return true;
  }
  if (name === 'Object.assign') {
    const [target] = call.arguments;
    if (is(target, 'Identifier') && target !== node) follower.followName(target, flow);
    follow(call, flow);
    return true;
  }
  if (name === 'String' || name === 'JSON.stringify') {
    followText(call, name, flow, follower);
    return true;
  }
  if (
    /\.decode$/.test(name) &&
    is(call.callee, 'MemberExpression') &&
    isDecoder(call.callee.object, follower)
  ) {
    followText(call, 'TextDecoder', flow, follower);
    return true;
  }
  return isResolved(call, node, flow, follower);
}

/** The field of an input that a value is in: the outermost name. */
function fieldPath({ fields }: Flow): string | undefined {
  return fields.length === 0 ? undefined : fields.join('.');
}

function isDecoder(node: SyntaxNode, { evaluator: { code } }: Follower): boolean {
  if (isCall(node)) return code.textOf(node.callee) === 'TextDecoder';
  if (!is(node, 'Identifier')) return false;
  const declared = code.variableOf(node)?.defs[0]?.node;
  const init = is(declared, 'VariableDeclarator') ? declared.init : null;
  return isCall(init) && code.textOf(init.callee) === 'TextDecoder';
}

/** `resolve(…)` of a promise that is made around the call. */
function isResolved(call: CallNode, node: SyntaxNode, flow: Flow, follower: Follower): boolean {
  const { code } = follower.evaluator;
  const definition = is(call.callee, 'Identifier')
    ? code.variableOf(call.callee)?.defs[0]
    : undefined;
  const executor = definition?.node;
  if (!isFunction(executor) || !is(executor.parent, 'NewExpression')) return false;
  if (code.textOf(executor.parent.callee) !== 'Promise') return false;
  if (executor.params[0] === definition?.name) follower.follow(executor.parent, flow);
  else follower.use(flow, 'thrown', call, { to: code.textOf(call.callee) });
  return node !== call.callee;
}

/** A function of the same file is followed; what another one does its name may tell. */
function givenToOther(call: CallNode, node: SyntaxNode, flow: Flow, follower: Follower): void {
  const { evaluator, follow, use } = follower;
  const { code } = evaluator;
  if (flow.path.length + flow.fields.length === 0) return;
  const to = code.textOf(call.callee);
  const called = is(call.callee, 'Super') ? undefined : evaluator.evaluate(call.callee);
  if (called?.kind === 'function' && flow.depth < DEPTH_MAX) {
    const at = call.arguments.findIndex((argument) => argument === node);
    const parameter = called.node.params[at];
    if (parameter !== undefined)
      followPatternOf(parameter, { ...flow, depth: flow.depth + 1 }, follower);
    return;
  }
  const kind = sinkOf(to);
  use(flow, kind, call, { to: shortened(to) });
  // An error that carries it is thrown or kept, and a response that is made is returned.
  if (is(call, 'NewExpression') && kind !== 'thrown' && kind !== 'stored') follow(call, flow);
}

function shortened(name: string): string {
  const plain = name.replaceAll(/\s+/g, ' ');
  return plain.length <= 60 ? plain : `${plain.slice(0, 59)}…`;
}
