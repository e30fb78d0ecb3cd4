import type { KeyproofConfig } from '../config/index.js';

/** The configuration that a `keyproof.config.ts` exports, checked and completed as it is written. */
export function defineConfig(config: KeyproofConfig): KeyproofConfig {
  return config;
}
