import type { CallContext, EncryptionContext } from '../../engine/index.js';
import { createContext, type Context, type ContextValue } from '../../inventory/index.js';
import type { Condition, Statement } from '../../policy/index.js';
import { failing, satisfying, type Setting } from './settings.js';

/** What a request brings along, beside who makes it and what it is for. */
export interface Circumstances {
  /** Condition keys that do not follow from the call; `null`: the request has no such key. */
  readonly context: CallContext;
  readonly encryptionContext: EncryptionContext;
}

/** A request with nothing but what follows from it. */
export const plainly: Circumstances = { context: {}, encryptionContext: {} };

/**
 * What the maker of a request chooses of a condition key: `any` value, one of a few, or nothing, where
 * the key follows from something else.
 */
export type Freedom = (key: string) => 'any' | 'nothing' | readonly string[];

/**
 * Circumstances under which policies may decide differently, the plainest first: such that all
 * conditions of an Allow hold, and those that beside keep out of the Denies. Not all that there are,
 * but every condition is seen to hold and to fail where its key is free.
 */
export function circumstancesFor(
  statements: readonly Statement[],
  freedom: Freedom,
): readonly Circumstances[] {
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  const inviting = distinct([
    plainly,
    ...allows.flatMap(({ conditions }) => combine([plainly], conditions, freedom)),
  ]).slice(0, CIRCUMSTANCES_MAX);
  const evading = denies.reduce<readonly Circumstances[]>(
    (found, { conditions }) =>
      [...found, ...evade(found, conditions, freedom)].slice(0, EVASIONS_MAX),
    inviting,
  );
  return distinct([...inviting, ...evading]).slice(0, CIRCUMSTANCES_MAX);
}

const CIRCUMSTANCES_MAX = 48;
const EVASIONS_MAX = 128;

/** The circumstances as `decide` reads them. */
export function contextOf(
  { context, encryptionContext }: Circumstances,
  parameters: Readonly<Record<string, ContextValue>> = {},
): Context {
  const given = Object.entries(context).map(([key, value]) => [key, value ?? absent(key)] as const);
  const pairs = Object.entries(encryptionContext).map(
    ([key, value]) => [`kms:EncryptionContext:${key}`, value] as const,
  );
  return createContext({ ...parameters, ...Object.fromEntries([...pairs, ...given]) });
}

/** A value that keeps a key from being derived, as it can only turn out to be absent. */
function absent(key: string): ContextValue {
  const unknown = { layer: 'attribute', of: key, detail: 'its absence' } as const;
  return { unknown, alternatives: [undefined] };
}

/** All conditions at once: each in the first way in which it holds, and then one of them in another. */
function combine(
  start: readonly Circumstances[],
  conditions: readonly Condition[],
  freedom: Freedom,
): readonly Circumstances[] {
  const ways = conditions.map((condition) => within(satisfying(condition), freedom));
  const first = ways.map((settings) => settings[0] ?? []);
  const others = ways.flatMap((settings, at) =>
    settings.slice(1).map((setting) => first.map((one, index) => (index === at ? setting : one))),
  );
  return start.flatMap((one) =>
    [first, ...others].map((settings) => settings.reduce((all, setting) => put(all, setting), one)),
  );
}

/** Each of some circumstances with one condition of a Deny made to fail. */
function evade(
  start: readonly Circumstances[],
  conditions: readonly Condition[],
  freedom: Freedom,
): readonly Circumstances[] {
  const ways = conditions.flatMap((condition) => within(failing(condition), freedom));
  return start.flatMap((one) => ways.map((setting) => put(one, setting)));
}

function within(ways: readonly Setting[], freedom: Freedom): readonly Setting[] {
  return ways.flatMap((setting) => {
    const narrowed = setting.map((entry): Setting => {
      const choice = freedom(entry.key.toLowerCase());
      if (choice === 'any') return [entry];
      if (choice === 'nothing') return [];
      return choice.map((value) => ({ ...entry, value }));
    });
    // A key of which one has only a few values to choose from gives as many ways.
    const [only] = narrowed;
    return setting.length === 1 && only !== undefined && only.length > 1
      ? only.map((entry) => [entry])
      : [narrowed.flat()];
  });
}

function put(start: Circumstances, setting: Setting): Circumstances {
  return setting.reduce<Circumstances>((all, { key, value }) => {
    const pair = /^kms:EncryptionContext:(.+)$/i.exec(key)?.[1];
    if (pair === undefined) return { ...all, context: { ...all.context, [key]: value } };
    const text = typeof value === 'string' ? value : (value[0] ?? '');
    return { ...all, encryptionContext: { ...all.encryptionContext, [pair]: text } };
  }, start);
}

function distinct(all: readonly Circumstances[]): readonly Circumstances[] {
  const seen = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}
