import type { Node, Span } from '../../../source/index.js';
import type { LoadSettings } from '../../loader.js';
import type { Resource } from '../resource.js';
import type { Expansion, Instance } from './expansion.js';
import type { Module } from './module.js';
import type { Providers } from './providers.js';
import type { Scope } from './scope.js';
import type { Block } from './syntax.js';
import type { Given } from './variables.js';

/** A module at one place where it is called, or the root. */
export interface ModuleInstance extends Scope {
  output(name: string, span: Span): Node;
  readonly outputs: readonly string[];
  /** Its resources and those of the modules that it calls. */
  resources(): readonly Resource[];
}

/** What a module needs to be tied to its place. */
export interface ModuleParts extends Pick<
  Scope,
  'unit' | 'prefix' | 'rootFolder' | 'files' | 'report' | 'budget'
> {
  readonly module: Module;
  readonly settings: LoadSettings;
  /** The values of its variables; those of a called module are worked out by its caller. */
  readonly given: (scope: Scope) => Given;
  readonly passed: Providers;
  /** The folders of the modules that lead to this one. */
  readonly within: readonly string[];
  /** The module of a folder; `undefined` where there is none. */
  readonly open: (folder: string) => Module | undefined;
}

/** What the parts of a module share while it is worked out. */
export interface Inside {
  readonly parts: ModuleParts;
  /** How often a block is there. */
  readonly expanded: (block: Block) => Expansion<Instance>;
  readonly providers: () => Providers;
}
