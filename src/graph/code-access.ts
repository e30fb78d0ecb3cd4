import { answer, answerCall } from '../authorization/answers/index.js';
import type { Answer, PartialRequest } from '../authorization/answers/index.js';
import type { Caller, Inventory, Key } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import { equalTexts, hasHole } from '../source/index.js';
import type { Need } from './needs.js';

/** Whether a principal has a permission that code requires. */
export interface NeedAnswer {
  readonly need: Need;
  readonly answer: Answer;
}

/** Answers each need of code that runs as a principal, over all contexts that its calls may have. */
export function answerNeeds(
  inventory: Inventory,
  caller: Caller,
  needs: readonly Need[],
): readonly NeedAnswer[] {
  return needs.map((need) => ({ need, answer: answerNeed(inventory, caller, need) }));
}

function answerNeed(inventory: Inventory, caller: Caller, need: Need): Answer {
  const { action, resource, key, context, absent, through } = need;
  if (through !== undefined) {
    // The service sets `kms:ViaService` itself.
    const pairs = [...context].filter(([name]) => name !== 'kms:viaservice');
    const request = { caller, ...through, context: new Map(pairs) };
    const legs = answerCall(inventory, request)?.legs.slice(1) ?? [];
    const leg = legs.find(
      (one) => one.request.action === action && one.request.resource === key?.arn,
    );
    return (
      leg?.answer ??
      answerOn(inventory, { caller, action, resource: resource ?? '*', context, absent })
    );
  }
  if (resource === undefined) return unknown('*', 'which key the code means: it names none');
  const isBare = resource === '*' || (parseArn(resource) !== undefined && !hasHole(resource));
  if (!isBare && key === undefined) return unknown(resource, 'what the code names here');
  return answerOn(inventory, { caller, action, resource, context, absent });
}

function answerOn(inventory: Inventory, request: PartialRequest): Answer {
  return answerCall(inventory, request)?.legs[0]?.answer ?? answer(inventory, request);
}

function unknown(of: string, detail: string): Answer {
  return {
    kind: 'unknown',
    missing: [{ layer: 'attribute', of, detail }],
    layers: [],
    assumed: [],
  };
}

/**
 * The keys that a principal may decrypt with although none of its code does; empty where some code
 * decrypts with a key that is not known, since that may be any of them.
 */
export function unusedDecrypt(
  inventory: Inventory,
  caller: Caller,
  needs: readonly Need[],
): readonly { readonly key: Key; readonly answer: Extract<Answer, { kind: 'always' | 'when' }> }[] {
  const used = needs.filter(({ action }) => action === 'kms:Decrypt');
  const isOpen = used.some(
    ({ resource, key }) =>
      key === undefined &&
      (resource === undefined || hasHole(resource) || parseArn(resource) === undefined),
  );
  if (isOpen) return [];
  return inventory.keys.flatMap((key) => {
    const mayBeUsed = used.some(({ resource = '' }) => equalTexts(resource, key.arn) !== false);
    if (mayBeUsed) return [];
    const found = answer(inventory, {
      caller,
      action: 'kms:Decrypt',
      resource: key.arn,
      context: new Map(),
    });
    return found.kind === 'always' || found.kind === 'when' ? [{ key, answer: found }] : [];
  });
}
