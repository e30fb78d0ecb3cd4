import { escalationsTo, whoCan as findWhoCan } from '../graph/index.js';
import type { Host } from '../host/index.js';
import { findKeys, type Inventory, type Key } from '../inventory/index.js';
import type { AccessReport } from '../report/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import { mistake, type Mistake } from './mistake.js';
import { actionOf, unknownKey } from './request.js';

export interface WhoCanInput {
  readonly estate: EstateInput;
  readonly action: string;
  /** A key, or `all`. */
  readonly key: string;
  /** Whether ways are looked for as well by which somebody could come to be allowed. */
  readonly escalation: 'looked-for' | 'ignored';
}

/** Who may do something with a key, or with each key of an estate. */
export async function whoCan(input: WhoCanInput, host: Host): Promise<AccessReport | Mistake> {
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const asked = keysNamed(input.key, input.action, inventory);
  if ('kind' in asked) return asked;
  const { action, keys } = asked;
  const escalations =
    input.escalation === 'ignored'
      ? {}
      : {
          escalations: new Map(keys.map((key) => [key.arn, escalationsTo(inventory, action, key)])),
        };
  return {
    kind: 'access',
    question: { action, key: input.key },
    keys: findWhoCan(inventory, action, keys),
    ...escalations,
    diagnostics,
  };
}

/** The action that a text names, and the keys that another one does: a key by any of its names, or `all`. */
export function keysNamed(
  text: string,
  actionText: string,
  inventory: Inventory,
): { readonly action: string; readonly keys: readonly Key[] } | Mistake {
  const action = actionOf(actionText);
  if (typeof action !== 'string') return action;
  const keys = text === 'all' ? inventory.keys : findKeys(inventory, text);
  if (keys.length > 0) return { action, keys };
  return unknownKey(text, action, inventory) ?? mistake(`no key that was read is \`${text}\``);
}
