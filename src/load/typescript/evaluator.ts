import type { Variable } from '@typescript-eslint/scope-manager';
import type { CodeOrigin } from '../../inventory/index.js';
import type { Files } from '../../source/index.js';
import type { LibraryCall } from './library-call.js';
import type { CallNode, Code, SyntaxNode } from './syntax.js';
import type { UnknownValue, Value } from './value.js';

/** The values of the parameters of the functions that are being followed. */
export type Env = ReadonlyMap<Variable, Value>;

/** Tells what expressions of one file come to, without running anything. */
export interface Evaluator {
  readonly code: Code;
  readonly files: Files;
  evaluate(node: SyntaxNode | null | undefined, env?: Env): Value;
  unknown(node: SyntaxNode, origin?: CodeOrigin): UnknownValue;
  /** The call to a library that a node is; `undefined` for every other call. */
  libraryCall(node: CallNode): LibraryCall | undefined;
}
