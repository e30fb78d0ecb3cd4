import { rules as registry } from '../../rules/index.js';
import type { RulesReport } from '../report/index.js';

/** The catalogue. */
export function rules(): RulesReport {
  return { kind: 'rules', rules: registry.map(({ meta }) => meta) };
}
