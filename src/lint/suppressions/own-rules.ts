import type { RuleMeta } from '../rule.js';

/** What lint itself finds in the exceptions that people make from its rules. They are not in the registry. */
export const ownRules: readonly RuleMeta[] = [
  ownRule('suppression-expired', 'A suppression that is past its date'),
  ownRule('suppression-without-reason', 'A suppression that gives no reason'),
  ownRule('unknown-directive', 'A directive that keyproof does not understand'),
  ownRule('unused-suppression', 'A suppression of something that is not found'),
];

function ownRule(id: OwnRuleId, title: string): RuleMeta {
  return {
    id,
    title,
    severity: 'warning',
    category: 'hygiene',
    since: '0.1.0',
    sources: [],
    presets: ['recommended', 'strict'],
  };
}

export type OwnRuleId =
  'suppression-expired' | 'suppression-without-reason' | 'unknown-directive' | 'unused-suppression';
