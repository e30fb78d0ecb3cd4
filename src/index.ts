// The library: what programs may rely on beside the command line.

export { decide } from './authorization/decide/index.js';
export type { Authorization, DecideOptions, LayerOutcome } from './authorization/decide/index.js';
export type { KeyproofConfig } from './config/index.js';
export { createNodeHost } from './host/index.js';
export type { Host } from './host/index.js';
export { createContext, documentsOf, findCaller, findKey, parseCaller } from './inventory/index.js';
export type { Caller, Context, Inventory, Missing, Request } from './inventory/index.js';
export { lint } from './lint/index.js';
export type { Confirmation, Finding, LintResult, LintSettings } from './lint/index.js';
export { load, printInventory } from './load/index.js';
export type { Loaded, LoadInput, LoadSettings } from './load/index.js';
export { reporters } from './report/index.js';
export type { Format, Report, Reporter } from './report/index.js';
export type { Diagnostic, Files, Parsed, Severity, Source, Span } from './source/index.js';
export { rules } from '../rules/index.js';
