// The library: what programs may rely on beside the command line.

export {
  can,
  defineConfig,
  diff,
  gate,
  lint,
  loadInventory,
  render,
  whoCan,
} from './library/index.js';
export type {
  GateOptions,
  LintOptions,
  LoadedInventory,
  LoadOptions,
  QuestionOptions,
  ReadOptions,
  RenderOptions,
  TryOptions,
} from './library/index.js';

export type { Answer, AnswerCondition } from './authorization/answers/index.js';
export { decide } from './authorization/decide/index.js';
export type { Authorization, DecideOptions, LayerOutcome } from './authorization/decide/index.js';
export type { Config, GateThreshold, KeyproofConfig } from './config/index.js';
export type { AccessDifference, KeyAccess, PrincipalAccess } from './graph/index.js';
export { createContext, documentsOf, findCaller, findKey, parseCaller } from './inventory/index.js';
export type { Caller, Context, Inventory, Missing, Request } from './inventory/index.js';
export type { Confirmation, Finding, RuleMeta } from './lint/index.js';
export { printInventory } from './load/index.js';
export type { Format, GateReport, LintReport, Report } from './report/index.js';
export { endOf, showText, startOf } from './source/index.js';
export type { Diagnostic, Parsed, Severity, Source, Span, Text } from './source/index.js';
export { rules } from '../rules/index.js';
