import type { Diagnostic } from '../../source/index.js';

/** Takes what is wrong with the input. */
export type Report = (diagnostic: Diagnostic) => void;
