import { CanCommand } from './can.js';
import { DecideCommand } from './decide.js';
import { DiffCommand } from './diff.js';
import { ExplainCommand } from './explain.js';
import { GateCommand } from './gate.js';
import { GraphCommand } from './graph.js';
import { InitCommand } from './init.js';
import { InventoryCommand } from './inventory.js';
import { LintCommand } from './lint.js';
import { NeedsCommand } from './needs.js';
import { RulesCommand } from './rules.js';
import { TestCommand } from './test.js';
import { WhatCanCommand } from './what-can.js';
import { WhoCanCommand } from './who-can.js';

export { main } from './main.js';

/** The commands, by name. */
export const commands = {
  lint: LintCommand,
  gate: GateCommand,
  decide: DecideCommand,
  can: CanCommand,
  'who-can': WhoCanCommand,
  'what-can': WhatCanCommand,
  graph: GraphCommand,
  diff: DiffCommand,
  needs: NeedsCommand,
  test: TestCommand,
  init: InitCommand,
  inventory: InventoryCommand,
  rules: RulesCommand,
  explain: ExplainCommand,
};
