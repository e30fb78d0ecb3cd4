export type { BaselineInput } from './baseline.js';
export type { EstateInput } from './estate.js';
export type { Mistake } from './mistake.js';
export { checkFile } from './check-file.js';
export type { FileCheck } from './check-file.js';
export { didYouMean } from './nearest.js';
export { requestOf } from './request.js';
export type { RequestInput } from './request.js';
export { resourceNamed } from './resource.js';
export { keysNamed } from './who-can.js';

// Each command's parts are loaded when it runs, so that none pays for the others.

/** Finds what is wrong with the policies of an estate, and tries each finding on the engine. */
export const lint = lazily(async () => (await import('./lint.js')).lint);

/** Finds what is wrong with an estate that was loaded, and tries each finding on the engine. */
export const lintEstate = lazily(async () => (await import('./lint.js')).lintEstate);

/** Loads the estate that a command is about, by the configuration of the run. */
export const loadEstate = lazily(async () => (await import('./estate.js')).loadEstate);

/** Decides one concrete request. */
export const decide = lazily(async () => (await import('./decide.js')).decide);

/** Answers over all contexts whether a principal may do something with a key. */
export const can = lazily(async () => (await import('./can.js')).can);

/** Finds who may do something with keys. */
export const whoCan = lazily(async () => (await import('./who-can.js')).whoCan);

/** Finds what a principal may do with keys. */
export const whatCan = lazily(async () => (await import('./what-can.js')).whatCan);

/** Draws who may do what with keys. */
export const graph = lazily(async () => (await import('./graph.js')).graph);

/** Finds which access two states of an estate do not have in common. */
export const diff = lazily(async () => (await import('./diff.js')).diff);

/** Says whether a change may be deployed. */
export const gate = lazily(async () => (await import('./gate.js')).gate);

/** Finds which permissions code requires, and whether those that it runs as have them. */
export const needs = lazily(async () => (await import('./needs.js')).needs);

/** Runs the policy tests of some files. */
export const test = lazily(async () => (await import('./test.js')).test);

/** Shows an estate in keyproof's own format. */
export const inventory = lazily(async () => (await import('./inventory.js')).inventory);

/** Shows what the configuration comes to. */
export const config = lazily(async () => (await import('./config.js')).config);

/** Finds and reads the configuration of a run. */
export const findConfig = lazily(async () => (await import('./config.js')).findConfig);

/** Sets a repository up. */
export const init = lazily(async () => (await import('./init.js')).init);

/** Lists the rules. */
export const rules = lazily(async () => (await import('./rules.js')).rules);

/** Shows the page of a rule. */
export const explain = lazily(async () => (await import('./explain.js')).explain);

/** Says what a report may want to say of keyproof itself. */
export const describeTool = lazily(async () => (await import('./describe-tool.js')).describeTool);

function lazily<Parameters extends readonly unknown[], Result>(
  importCommand: () => Promise<(...parameters: Parameters) => Result | Promise<Result>>,
): (...parameters: Parameters) => Promise<Result> {
  return async (...parameters) => await (await importCommand())(...parameters);
}
