import { distance } from 'fastest-levenshtein';
import type { Diagnostic, Entry, Mapping, Span } from '../source/index.js';

export type TopElement = 'Version' | 'Id' | 'Statement';

export const topElements: readonly TopElement[] = ['Version', 'Id', 'Statement'];

export type StatementElement =
  | 'Sid'
  | 'Effect'
  | 'Principal'
  | 'NotPrincipal'
  | 'Action'
  | 'NotAction'
  | 'Resource'
  | 'NotResource'
  | 'Condition';

export const statementElements: readonly StatementElement[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

export const principalTypes: readonly PrincipalType[] = [
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
];

/** The entries of a mapping, each key once: of a repeated key the last one counts. */
export function effectiveEntries(mapping: Mapping): readonly Entry[] {
  const last = new Map(mapping.entries.map((entry) => [entry.key, entry]));
  return last.size === mapping.entries.length ? mapping.entries : [...last.values()];
}

/** The known name that was most likely meant. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let fewest = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

/** The hint for a name that is not known, with the nearest one that is. */
export function hintFor(name: string, known: readonly string[], otherwise: string): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? otherwise : `write \`${nearest}\``;
}

export function problem(
  code: string,
  message: string,
  span: Span,
  hint: string,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  return { code, severity, message, span, hint };
}
