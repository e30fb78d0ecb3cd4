import { DecideCommand } from './decide.js';
import { ExplainCommand } from './explain.js';
import { RulesCommand } from './rules.js';
import { TestCommand } from './test.js';

export { main } from './main.js';

/** The commands, by name. */
export const commands = {
  decide: DecideCommand,
  test: TestCommand,
  rules: RulesCommand,
  explain: ExplainCommand,
};
