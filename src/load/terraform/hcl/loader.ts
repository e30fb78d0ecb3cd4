import { invariant } from '../../../source/index.js';
import type { Loader } from '../../loader.js';
import type * as LoadModules from './load-modules.js';

let modules: typeof LoadModules | undefined;

/** Terraform configurations, and those of OpenTofu: all files of a folder are one module. */
export const terraformHcl: Loader = {
  name: 'Terraform configuration',
  recognizes: (path, text) => isOurs(path) && (!path.endsWith('.json') || /^\s*\{/.test(text)),
  // Few runs need the evaluator, and it takes time to load as well.
  prepare: async (paths) => {
    if (!paths.some(isOurs)) return;
    modules ??= await import('./load-modules.js');
    await modules.prepareGrammar();
  },
  load: (source, files, settings) => prepared().loadModules([{ source, settings }], files),
  loadAll: (entries, files) => prepared().loadModules(entries, files),
};

function isOurs(path: string): boolean {
  return /\.tf(?:vars)?(?:\.json)?$/.test(path);
}

function prepared(): typeof LoadModules {
  invariant(modules !== undefined, 'loaders are prepared before HCL is loaded');
  return modules;
}
