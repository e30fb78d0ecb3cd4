import type { ReportingConfiguration, ReportingDescriptor } from 'sarif';
import type { RuleMeta } from '../../lint/index.js';
import type { Severity } from '../../source/index.js';
import type { RuleDescription } from '../report.js';

/** SARIF's words for severities. */
export const levels = {
  error: 'error',
  warning: 'warning',
  info: 'note',
} as const satisfies Readonly<Record<Severity, ReportingConfiguration.level>>;

/** A rule as code scanning shows it beside its alerts. */
export function ruleDescriptor({ meta, page }: RuleDescription): ReportingDescriptor {
  const { id, title, severity, category, sources } = meta;
  const [source] = sources;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(summaryOf(page) ?? title) },
    ...(source === undefined ? {} : { helpUri: source }),
    help: { text: sentence(title), markdown: page },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: tagsOf(meta),
      precision: 'high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
      ...securitySeverity(category, severity),
    },
  };
}

/** The first paragraph of a page, without Markdown. */
function summaryOf(page: string): string | undefined {
  const paragraph = page
    .split(/\n\s*\n/)
    .find((part) => part.trim() !== '' && !/^\s*[#<>|`-]/.test(part));
  return paragraph
    ?.replaceAll('`', '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function tagsOf({ category }: RuleMeta): string[] {
  const isSecurity = category in scores;
  return ['aws', 'kms', category, ...(isSecurity ? ['security'] : [])];
}

/**
 * How bad it is where a rule of a category is broken, as a CVSS score: above 9 is critical to code scanning,
 * from 7 high, from 4 medium. What is no matter of security has no score, and is shown by its level.
 */
const scores: Readonly<Partial<Record<RuleMeta['category'], Readonly<Record<Severity, string>>>>> =
  {
    'least-privilege': { error: '9.1', warning: '6.5', info: '3.1' },
    'confused-deputy': { error: '8.1', warning: '5.9', info: '3.1' },
    lockout: { error: '7.5', warning: '5.3', info: '2.3' },
    audit: { error: '7.1', warning: '4.3', info: '2.1' },
  };

function securitySeverity(
  category: RuleMeta['category'],
  severity: Severity,
): { readonly 'security-severity'?: string } {
  const score = scores[category]?.[severity];
  return score === undefined ? {} : { 'security-severity': score };
}
