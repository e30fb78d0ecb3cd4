import { answer } from '../authorization/answers/index.js';
import type { Answer, PartialRequest } from '../authorization/answers/index.js';
import { arnOfCaller, createContext } from '../inventory/index.js';
import type { Caller, ContextValue, Inventory } from '../inventory/index.js';
import type { Text } from '../source/index.js';

/** One call on the way to more access, with what it leads to. */
export interface Step {
  /** Who makes the call. */
  readonly caller: Caller;
  /** `iam:PutRolePolicy`. */
  readonly action: string;
  readonly resource: Text;
  /** What the call says beyond its resource, such as `team=red` for a tag. */
  readonly detail?: Text;
  /** What must be so and no policy tells, in words; it holds where code runs as a role. */
  readonly assumes?: string;
  readonly answer: Exclude<Answer, { kind: 'never' }>;
  /** The estate as it is before the call. */
  readonly before: Inventory;
}

/** The call in words: `iam:TagUser on arn:…:user/ann (team=red)`. */
export function stepText({ action, resource, detail }: Step): Text {
  return `${action} on ${resource}${detail === undefined ? '' : ` (${detail})`}`;
}

/** One or more calls that belong together: what they change, and whom they let the actor be. */
export interface Move {
  readonly steps: readonly Step[];
  /** What the estate is after them. */
  readonly change: (world: Inventory) => Inventory;
  readonly becomes?: Caller;
  /** What is gained, so that no path gains it twice. */
  readonly gain: string;
  /** Set where what it changes could be changed otherwise as well, so that not all such moves go together. */
  readonly isChoice?: true;
}

/** A call that is asked about. */
export interface Call {
  readonly world: Inventory;
  readonly caller: Caller;
  readonly action: string;
  readonly resource: Text;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly absent?: readonly string[];
  readonly chosen?: readonly string[];
  readonly detail?: Text;
  readonly assumes?: string;
}

/** Asks whether calls are allowed, and counts. */
export interface Asker {
  /** The call as a step; `undefined` where it is never allowed, or where nothing about its actor is known. */
  readonly step: (call: Call) => Step | undefined;
  readonly ask: (call: Call) => Answer;
  /** Whether the limit was reached, and all further questions count as never. */
  readonly isExhausted: () => boolean;
}

const answers = new WeakMap<Inventory, Map<string, Answer>>();

/** An asker that stops after `questionsMax` questions. */
export function createAsker(questionsMax: number): Asker {
  let asked = 0;
  const ask = (call: Call): Answer => {
    const { world, caller, action, resource, context = {}, absent, chosen } = call;
    const request: PartialRequest = {
      caller,
      action,
      resource,
      context: createContext(context),
      ...(absent === undefined ? {} : { absent }),
      ...(chosen === undefined ? {} : { chosen }),
    };
    const known = answers.get(world) ?? new Map<string, Answer>();
    answers.set(world, known);
    const name = JSON.stringify([caller, action, resource, context, absent, chosen]);
    const found = known.get(name) ?? answer(world, request);
    known.set(name, found);
    return found;
  };
  return {
    ask,
    isExhausted: () => asked >= questionsMax,
    step: (call) => {
      if (asked >= questionsMax) return undefined;
      asked += 1;
      const found = ask(call);
      if (found.kind === 'never' || hangsOnOwnPolicies(found, call)) return undefined;
      const { caller, action, resource, detail, assumes, world } = call;
      return {
        caller,
        action,
        resource,
        ...(detail === undefined ? {} : { detail }),
        ...(assumes === undefined ? {} : { assumes }),
        answer: found,
        before: world,
      };
    },
  };
}

// Whose IAM policies were not supplied may do anything by them; that is said once, and no path.
function hangsOnOwnPolicies(found: Answer, { caller }: Call): boolean {
  if (found.kind !== 'unknown' || found.limit !== undefined) return false;
  const own = arnOfCaller(caller);
  return found.missing.every(({ layer, of }) => layer === 'identity' && of === own);
}

/** A call that is authorized on several resources is one step, but for what hangs on conditions there. */
export function oncePerCall(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step, index) => {
    const others = steps.filter((other) => other !== step && other.action === step.action);
    if (step.answer.kind !== 'always') return true;
    const isShown = others.some(({ answer }) => answer.kind !== 'always');
    return !isShown && !others.some((other) => steps.indexOf(other) < index);
  });
}
