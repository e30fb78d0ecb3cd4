import type { Node, Span } from '../../../source/index.js';
import type { Stack } from '../stack.js';

/** Works one intrinsic function out; `undefined` means `AWS::NoValue`. */
export type IntrinsicFunction = (argument: Node, span: Span, stack: Stack) => Node | undefined;
