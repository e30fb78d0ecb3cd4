import { printPolicy, type PolicyDocument } from '../../policy/index.js';
import { ifOf } from './unknowns.js';

/** A policy as the objects and lists of its JSON, its holes kept, its conditional statements in `!If`. */
export function printedPolicy(document: PolicyDocument): unknown {
  // Printing a policy spells holes for people, so they pass through it in disguise.
  const disguised = withTexts(document, disguise);
  const printed: unknown = withTexts(JSON.parse(printPolicy(disguised)), reveal);
  const presences = document.statements.map((statement) =>
    statement.kind === 'statement' ? statement.presence : undefined,
  );
  if (presences.every((presence) => presence === undefined)) return printed;
  const { Statement: statements, ...rest } = printed as { readonly Statement: readonly unknown[] };
  return {
    ...rest,
    Statement: statements.map((statement, index) => ifOf(presences[index] ?? '', statement)),
  };
}

const HOLE_MARKS = '\uE000\uE001\uE002';
const DISGUISES = '\uE010\uE011\uE012';

function disguise(text: string): string {
  return text.replace(/[\uE000-\uE002]/g, (mark) => DISGUISES.charAt(HOLE_MARKS.indexOf(mark)));
}

function reveal(text: string): string {
  return text.replace(/[\uE010-\uE012]/g, (mark) => HOLE_MARKS.charAt(DISGUISES.indexOf(mark)));
}

/** The same value with other texts. */
function withTexts<T>(value: T, change: (text: string) => string): T {
  const changed = (each: unknown): unknown => {
    if (typeof each === 'string') return change(each);
    if (Array.isArray(each)) return each.map(changed);
    if (typeof each !== 'object' || each === null || 'source' in each) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, changed(inner)]));
  };
  // Texts become texts and all else stays, so the type does too.
  return changed(value) as T;
}
