import type { PartialRequest } from '../../authorization/answers/index.js';
import type { CallContext } from '../../engine/index.js';
import { parseCaller } from '../../inventory/index.js';
import { invariant } from '../../source/index.js';
import { contextOf } from './circumstances.js';
import type { Try } from './tries.js';

/** Which requests a question is about, beside who makes them and what for. */
interface Range {
  /** What is settled of every such request, as who calls has or lacks it. */
  readonly context?: CallContext;
  /** What no such request has, in lower case. */
  readonly absent?: readonly string[];
  /** What may have any value, in lower case, although it follows from who calls, who then stands for all of a kind. */
  readonly chosen?: readonly string[];
}

/** Whether a try is ever allowed: over all circumstances that such a request can have. */
export function questionOf(
  { caller: arn, action, key }: Pick<Try, 'caller' | 'action' | 'key'>,
  { context = {}, ...range }: Range = {},
): PartialRequest {
  const caller = parseCaller(arn);
  invariant(caller !== undefined, 'only who can make a request is asked about');
  return {
    caller,
    action,
    resource: key,
    context: contextOf({ context, encryptionContext: {} }),
    ...range,
  };
}
