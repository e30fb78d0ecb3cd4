import { actionNames } from '../facts/index.js';
import {
  createContext,
  findCaller,
  findKeys,
  type Context,
  type Inventory,
  type Request,
} from '../inventory/index.js';
import { showText } from '../source/index.js';
import { parsePairs } from './estate.js';
import { mistake, type Mistake } from './mistake.js';
import { didYouMean } from './nearest.js';

/** A request as the command line spells it. */
export interface RequestInput {
  readonly principal: string;
  readonly action: string;
  readonly key: string;
  /** `key=value` each; a key given several times has a list. */
  readonly context: readonly string[];
}

/** The request that the words of a command line mean in an inventory. */
export function requestOf(input: RequestInput, inventory: Inventory): Request | Mistake {
  const caller = findCaller(inventory, input.principal);
  if (caller === undefined) return unknownPrincipal(input.principal, inventory);
  const action = actionOf(input.action);
  if (typeof action !== 'string') return action;
  const context = contextOf(input.context);
  if ('kind' in context) return context;
  return (
    unknownKey(input.key, action, inventory) ?? { caller, action, resource: input.key, context }
  );
}

/** What to say of a text that names no caller. */
export function unknownPrincipal(text: string, inventory: Inventory): Mistake {
  const known = inventory.principals.flatMap(({ arn, address }) => [showText(arn), address]);
  return mistake(
    `\`${text}\` is not a principal that can make a request`,
    didYouMean(text, known) ??
      'give the ARN of a user, role, session or account root, a service principal, or `anonymous`',
  );
}

/** `Decrypt` is short for `kms:Decrypt`; a KMS action must exist, those of other services are taken as given. */
export function actionOf(text: string): string | Mistake {
  const full = text.includes(':') ? text : `kms:${text}`;
  if (!full.toLowerCase().startsWith('kms:')) return full;
  const name = actionNames.find((known) => known.toLowerCase() === full.toLowerCase());
  if (name !== undefined) return name;
  return mistake(`there is no action \`${full}\``, hintForAction(full));
}

function hintForAction(full: string): string | undefined {
  if (/[*?]/.test(full)) return 'a request has one action, without wildcards';
  // SOURCE: https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html: two permissions
  if (full.toLowerCase() === 'kms:reencrypt') {
    return 'ReEncrypt needs `kms:ReEncryptFrom` on one key and `kms:ReEncryptTo` on the other';
  }
  return didYouMean(full, actionNames);
}

/** What to say of a key that nothing in the inventory is called. */
export function unknownKey(
  text: string,
  action: string,
  inventory: Inventory,
): Mistake | undefined {
  const isKms = action.startsWith('kms:');
  if (!isKms || text === '*' || text.startsWith('arn:')) return undefined;
  if (findKeys(inventory, text).length > 0) return undefined;
  const known = inventory.keys.flatMap(({ arn, address, aliases = [] }) => [
    arn,
    address,
    ...aliases,
  ]);
  return mistake(
    `no key that was read is called \`${text}\``,
    didYouMean(text, known.map(showText)) ?? 'give its ARN, id, alias or logical id',
  );
}

function contextOf(texts: readonly string[]): Context | Mistake {
  const pairs = parsePairs(texts);
  if (typeof pairs === 'string') return mistake(`\`--context ${pairs}\` is not \`<key>=<value>\``);
  const values = new Map<string, readonly string[]>();
  for (const [key, value] of pairs) values.set(key, [...(values.get(key) ?? []), value]);
  return createContext(
    Object.fromEntries(
      [...values].map(([key, list]) => [key, list.length === 1 ? (list[0] ?? '') : list]),
    ),
  );
}
