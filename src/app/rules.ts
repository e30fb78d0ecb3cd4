import type { RulesReport } from '../report/index.js';
import { allRules } from './judge.js';

/** The catalogue, with what lint finds in suppressions. */
export function rules(): RulesReport {
  return { kind: 'rules', rules: allRules };
}
