import { keysNamed, requestOf, resourceNamed, type RequestInput } from '../app/index.js';
import { answer, answerCall, type Answer } from '../authorization/answers/index.js';
import {
  diffAccess,
  whoCan as findWhoCan,
  type AccessDifference,
  type KeyAccess,
} from '../graph/index.js';
import { createContext, type Inventory } from '../inventory/index.js';
import { demand } from './demand.js';

export interface QuestionOptions {
  /**
   * Values of condition keys, by name; all others are open. A list is the value of a multivalued key. What
   * follows from principal, action and key need not be given.
   */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * How layers that only limit, and grants, count where they were not supplied: `absent`, the default, and
   * listed under `assumed`; or `nothing`, so that an answer which hangs on them is `unknown`.
   */
  readonly assume?: 'absent' | 'nothing';
}

/**
 * Whether a principal may do something with a key, over all contexts of the request: `always`, `never`,
 * `when` or `unknown`, the first three of which are proofs.
 *
 * @param principal the ARN of a user, role, session or account root; a service principal; `anonymous`
 * @param action such as `kms:Decrypt`, or `Decrypt` for short; a call of another service, such as
 *   `s3:GetObject`, is followed to the KMS key of its resource
 * @param key its ARN, id, alias or logical id; of another service, the ARN, name or logical id of the resource
 * @throws Error if the inventory has no such key, or there is no such principal or action
 */
export function can(
  inventory: Inventory,
  principal: string,
  action: string,
  key: string,
  { context = {}, assume = 'absent' }: QuestionOptions = {},
): Answer {
  const asked: RequestInput = { principal, action, key, context: [] };
  const given = demand(requestOf(asked, inventory));
  const { resource } = demand(resourceNamed(given.resource, given.action, inventory));
  const request = { ...given, resource, context: createContext(context), assume };
  return answerCall(inventory, request) ?? answer(inventory, request);
}

/**
 * Who may do something with a key, or with every key of the inventory: named principals, and classes of
 * those that the policies do not tell apart. Who never may is not listed.
 *
 * @param key its ARN, id, alias or logical id, or `all`
 * @throws Error if the inventory has no such key, or there is no such action
 */
export function whoCan(inventory: Inventory, action: string, key: string): readonly KeyAccess[] {
  const asked = demand(keysNamed(key, action, inventory));
  return findWhoCan(inventory, asked.action, asked.keys);
}

/**
 * Which access two states of an estate do not have in common, with a request for each as a witness.
 * `equivalent` is a proof that there is none.
 */
export function diff(before: Inventory, after: Inventory): AccessDifference {
  return diffAccess(before, after);
}
