import type { Answer } from '../../authorization/answers/index.js';
import { escapeText } from '../escape.js';
import { describeCondition } from '../names.js';

/** The conditions of an answer, one line for each term. */
export function conditionLines(answer: Answer, indent: string): readonly string[] {
  if (answer.kind !== 'when') return [];
  return answer.conditions.map(
    (term, index) =>
      `${indent}${index === 0 ? 'if' : 'or'} ${escapeText(term.map(describeCondition).join(' and '))}`,
  );
}
