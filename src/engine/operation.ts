import type { Caller, Key } from '../inventory/index.js';
import type { Entropy } from './engine.js';
import type { Ask } from './request.js';
import type { Place } from './resolve.js';
import { succeeded, type Result } from './result.js';
import type { State } from './state.js';

/** Where an operation runs: who calls, from where, and what the engine knows. */
export interface Scene extends Place {
  readonly state: State;
  readonly callerForm: Caller;
  readonly nowMs: number;
  readonly entropy: Entropy;
}

/** What a handler works with, once its keys are found, allowed and usable. */
export type HandlerContext<K> = Scene & { readonly keys: K };

/** What a handler did: nothing has changed but the state that it returns. */
export interface Ran<O> {
  readonly output: O;
  readonly state: State;
  /** A key that did not exist before. */
  readonly madeKey?: Key;
  /** A permission that the caller must still have afterwards: the lockout safety check. */
  readonly mustKeep?: Ask;
}

export type Handler<I, O, K> = (context: HandlerContext<K>, input: I) => Result<Ran<O>>;

/** One operation: which keys it is about, which permissions it needs, and what it does. */
export interface Definition<I, O, K extends NamedKeys> {
  readonly resolve: (scene: Scene, input: I) => Result<K>;
  readonly asks: (scene: Scene, input: I, keys: K) => readonly Ask[];
  /** The keys whose state and usage must suit the operation; absent: all. */
  readonly uses?: (keys: K) => readonly Key[];
  readonly run: Handler<I, O, K>;
}

/** Keys by the part that they play; only keys, so that all can be checked alike. */
export type NamedKeys = Readonly<Record<string, Key | undefined>>;

/** A definition after its keys are found, with their names forgotten. */
export interface Prepared<O> {
  readonly keys: readonly Key[];
  readonly asks: readonly Ask[];
  readonly uses: readonly Key[];
  readonly run: () => Result<Ran<O>>;
}

export type Operation<I, O> = (scene: Scene, input: I) => Result<Prepared<O>>;

export function operation<I, O, K extends NamedKeys>(
  definition: Definition<I, O, K>,
): Operation<I, O> {
  return (scene, input) => {
    const resolved = definition.resolve(scene, input);
    if (resolved.kind === 'failed') return resolved;
    const keys = resolved.value;
    const all = Object.values(keys).filter((key) => key !== undefined);
    return succeeded({
      keys: all,
      asks: definition.asks(scene, input, keys),
      uses: definition.uses?.(keys) ?? all,
      run: () => definition.run({ ...scene, keys }, input),
    });
  };
}
