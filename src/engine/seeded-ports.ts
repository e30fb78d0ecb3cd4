import { createHash } from 'node:crypto';
import type { Clock, Entropy } from './engine.js';

/** The time at which seeded runs begin: 2026-01-01T00:00:00Z. */
const EPOCH_MS = 1_767_225_600_000;

/**
 * A clock that stands still (only a clock step moves an engine's time) and bytes that follow from the
 * seed, so that a scenario replays byte for byte. The bytes are no secret: never for keys that matter.
 * Each engine needs ports of its own, since they count what was taken.
 */
export function seededPorts(seed: number): Clock & Entropy {
  let taken = 0;
  return {
    now: () => EPOCH_MS,
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let at = 0; at < count; at += 32) {
        const block = createHash('sha256').update(`${seed}:${taken}`).digest();
        taken += 1;
        bytes.set(block.subarray(0, Math.min(32, count - at)), at);
      }
      return bytes;
    },
  };
}
