import type { Node, Span } from '../../../source/index.js';
import { derivedHole, spell, warn, type Stack } from '../stack.js';
import { unresolved } from '../value.js';

/** Works one intrinsic function out; `undefined` means `AWS::NoValue`. */
export type IntrinsicFunction = (argument: Node, span: Span, stack: Stack) => Node | undefined;

/** What stands for a function whose argument has the wrong shape; a warning says so. */
export function wrongArgument(name: string, argument: Node, span: Span, stack: Stack): Node {
  const message = `the argument of \`${name}\` is not of the form that the function takes`;
  const hint = 'see the function in the CloudFormation guide';
  warn(stack, 'cloudformation-function', message, argument.span, hint);
  return unresolved(derivedHole(stack, `${name}(${spell(argument)})`), span);
}
