// ESLint takes a plugin by its default export.
export { plugin as default } from './plugin.js';
export { readConfig } from './read-config.js';
export type { KeyproofSettings } from './config-of.js';
