import type { Condition } from '../../policy/index.js';
import { showText } from '../../source/index.js';
import { outsiderFreedom } from './freedom.js';

/** Why each of some conditions lets outsiders through, in clauses for a message. */
export function explainGuards(conditions: readonly Condition[]): string {
  return conditions.map(explainGuard).join('; ');
}

function explainGuard(condition: Condition): string {
  const { operator, operatorText, key, values } = condition;
  const name = `\`${showText(key)}\``;
  const operatorName = `\`${operatorText}\``;
  const lower = key.toLowerCase();
  if (operator.family === 'Null') return `${operatorName} only asks whether ${name} is there`;
  if (operator.ifExists) return `${operatorName} also holds for requests without ${name}`;
  // SOURCE: facts evaluation 6.6
  if (operator.quantifier === 'ForAllValues') {
    return `${operatorName} also holds for requests without any ${name}`;
  }
  if (operator.negated)
    return `${operatorName} keeps out only what it lists, and outsiders have another ${name}`;
  if (lower === 'aws:principalarn' || lower === 'aws:username' || lower === 'aws:userid') {
    const [first] = values;
    return `outsiders have principals whose ${name} is like \`${showText(first?.text ?? '')}\` as well`;
  }
  if (outsiderFreedom(lower) === 'nothing') return `${name} is no different for outsiders`;
  return `callers choose ${name} themselves`;
}
