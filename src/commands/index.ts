import { DecideCommand } from './decide.js';
import { ExplainCommand } from './explain.js';
import { InventoryCommand } from './inventory.js';
import { LintCommand } from './lint.js';
import { RulesCommand } from './rules.js';
import { TestCommand } from './test.js';

export { main } from './main.js';

/** The commands, by name. */
export const commands = {
  lint: LintCommand,
  decide: DecideCommand,
  test: TestCommand,
  inventory: InventoryCommand,
  rules: RulesCommand,
  explain: ExplainCommand,
};
