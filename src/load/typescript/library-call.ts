import type { CodeApi } from '../../inventory/index.js';
import type { CallNode, SyntaxNode } from './syntax.js';
import type { Value } from './value.js';

/** A call to a library that is known, before its values are told. */
export interface LibraryCall {
  readonly api: CodeApi;
  readonly service: string;
  readonly operation: string;
  /** What it is given: the input of an operation, or arguments in order. */
  readonly arguments: readonly SyntaxNode[];
  /** The client that an SDK's operation is called on, or its configuration. */
  readonly client?: Value;
  /** The value that a method of a construct is called on. */
  readonly receiver?: Value;
  /** Another node that stands for the same call, such as the command that is sent. */
  readonly alias?: CallNode;
}
