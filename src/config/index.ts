export type { GateThreshold, KeyproofConfig } from './keyproof-config.js';
export type { Config } from './config.js';
export { absolutePath, parentOf, relativePath } from './paths.js';
export type { ConfigPorts } from './ports.js';
export { checkValue } from './check-value.js';
export { effectiveConfig } from './effective-config.js';
export { loadConfig } from './load-config.js';
export type { ConfigChoice } from './load-config.js';
export {
  includedPaths,
  isExcluded,
  kindAt,
  matchesIn,
  principalAt,
  ruleAt,
  settingsAt,
} from './at-path.js';
