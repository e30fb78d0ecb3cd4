import type { Inventory } from '../inventory/index.js';
import type { Call, Exchange } from './call.js';
import type { Clock, CloudTrailEvent, Engine, Entropy } from './engine.js';
import { performIam } from './iam.js';
import { performKms, type Performed } from './perform.js';
import { performS3 } from './s3.js';
import { createState, type State } from './state.js';
import { passTime } from './time.js';
import type { World } from './world.js';

/** How an engine departs from one where everything shows at once. */
export interface EngineSettings {
  /** How long a new grant counts only for those who present its token; AWS says up to five minutes. */
  readonly grantPropagationMs?: number;
}

/**
 * An engine that starts as the inventory says, which has to be grounded: free of holes. Making one costs
 * nothing; engines of one inventory share its indexes and nothing else. The same calls on the same
 * inventory with the same ports give the same exchanges.
 */
export function createEngine(
  inventory: Inventory,
  ports: Clock & Entropy,
  settings: EngineSettings = {},
): Engine {
  let state = createState(inventory);
  const events: CloudTrailEvent[] = [];
  const worldNow = (): World => ({
    entropy: ports,
    nowMs: ports.now() + state.elapsedMs,
    grantPropagationMs: settings.grantPropagationMs ?? 0,
  });
  return {
    call: (call): Exchange => {
      if (call.kind === 'clock') {
        state = { ...state, elapsedMs: state.elapsedMs + call.advanceMs };
      }
      const world = worldNow();
      const passed = passTime(state, world.nowMs);
      const performed = perform(world, passed.state, call);
      state = performed.state;
      events.push(...passed.events, ...performed.events);
      return { call, outcome: performed.outcome, authorizations: performed.authorizations };
    },
    inventory: () => state.inventory,
    events: () => [...events],
  };
}

function perform(world: World, state: State, call: Call): Performed {
  switch (call.kind) {
    case 'kms':
      return performKms(world, state, call);
    case 's3':
      return performS3(world, state, call);
    case 'iam':
      return { ...performIam(world.entropy, state, call), authorizations: [], events: [] };
    case 'clock':
      return {
        state,
        outcome: { kind: 'succeeded', output: {} },
        authorizations: [],
        events: [],
      };
  }
}
