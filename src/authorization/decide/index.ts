export type { Authorization, LayerOutcome } from './authorization.js';
