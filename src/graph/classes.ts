import type { Inventory, Key, Principal } from '../inventory/index.js';
import { findPrincipal, identityPoliciesOf } from '../inventory/index.js';
import { matchesAction, matchesResource, statementText } from '../policy/index.js';
import type { PolicyDocument } from '../policy/index.js';
import { hasHole } from '../source/index.js';
import type { Candidate } from './callers.js';

/** Candidates whom no policy tells apart, so that one answer serves all of them. */
export interface CallerClass {
  readonly members: readonly Candidate[];
  /** The inventory to ask, with what the members bring. */
  readonly inventory: Inventory;
}

/**
 * Groups candidates by what matters for one action on one key: their account and kind, the statements
 * of their policies that speak of the action and the key, their boundary. Who is named by the key's
 * policy or a grant, or judged by policies that look at the caller itself, is a class of its own.
 */
export function classify(
  inventory: Inventory,
  action: string,
  key: Key,
  candidates: readonly Candidate[],
): readonly CallerClass[] {
  const looksAtCaller = documentsAbout(inventory, key).some(mentionsCaller);
  const classes = new Map<string, Candidate[]>();
  const named = namedBy(key);
  for (const candidate of candidates) {
    const signature =
      candidate.isClass || looksAtCaller || named.has(candidate.name)
        ? candidate.name
        : signatureOf(inventory, action, key, candidate, named);
    const members = classes.get(signature);
    if (members === undefined) classes.set(signature, [candidate]);
    else members.push(candidate);
  }
  return [...classes.values()].map((members) => ({
    members,
    inventory: withBrought(inventory, members),
  }));
}

/** The inventory with the accounts and principals that candidates bring. */
export function withBrought(inventory: Inventory, members: readonly Candidate[]): Inventory {
  const brought = members.flatMap(({ brings }) => (brings === undefined ? [] : [brings]));
  if (brought.length === 0) return inventory;
  const listed = new Set(inventory.accounts.map(({ id }) => id));
  return {
    ...inventory,
    principals: [...inventory.principals, ...brought.map(({ principal }) => principal)],
    accounts: [
      ...inventory.accounts,
      ...brought.map(({ account }) => account).filter(({ id }) => !listed.has(id)),
    ],
  };
}

function documentsAbout(inventory: Inventory, key: Key): readonly PolicyDocument[] {
  return [
    ...(key.policy === undefined ? [] : [key.policy]),
    ...inventory.accounts.flatMap(({ scps = [], rcps = [] }) => [...scps, ...rcps].flat()),
    ...inventory.endpoints.flatMap(({ policy }) => (policy === undefined ? [] : [policy])),
  ];
}

const aboutCaller = /^aws:(principalarn|userid|username|principaltag\/.*|principaltype)$/i;

const mentions = new WeakMap<PolicyDocument, boolean>();

// Whether a document may treat two callers of one account differently without naming them.
function mentionsCaller(document: PolicyDocument): boolean {
  let found = mentions.get(document);
  if (found === undefined) {
    found = document.statements.some(
      (statement) =>
        statement.kind === 'broken' ||
        statement.conditions.some(
          ({ key, values }) =>
            aboutCaller.test(key) || hasHole(key) || values.some(({ text }) => text.includes('${')),
        ) ||
        (statement.resource?.patterns.some(({ text }) => text.includes('${')) ?? false) ||
        (statement.principal?.negated ?? false),
    );
    mentions.set(document, found);
  }
  return found;
}

function namedBy({ policy, grants = [] }: Key): ReadonlySet<string> {
  const named = new Set<string>(grants.map(({ grantee }) => grantee));
  for (const statement of policy?.statements ?? []) {
    if (statement.kind !== 'statement') continue;
    for (const { form } of statement.principal?.entries ?? []) {
      if ('arn' in form) named.add(form.arn);
      if (form.kind === 'role-session')
        named.add(
          form.arn.replace(/:sts:/, ':iam:').replace(/:assumed-role\/([^/]*)\/.*$/, ':role/$1'),
        );
      if (form.kind === 'unique-id') named.add(form.id);
    }
  }
  return named;
}

function signatureOf(
  inventory: Inventory,
  action: string,
  key: Key,
  candidate: Candidate,
  named: ReadonlySet<string>,
): string {
  const { caller } = candidate;
  const principal = findPrincipal(inventory, caller);
  if (principal === undefined || !('account' in caller)) return candidate.name;
  if (principal.uniqueId !== undefined && named.has(principal.uniqueId)) return candidate.name;
  const policies = identityPoliciesOf(inventory, principal);
  const own = [
    ...(policies ?? []),
    ...(principal.boundary === undefined || principal.boundary === 'none'
      ? []
      : [principal.boundary]),
  ];
  if (own.some(mentionsCaller)) return candidate.name;
  return [
    caller.kind,
    caller.account,
    principal.serviceLinked ? 'service-linked' : '',
    policies === undefined ? 'not supplied' : relevant(policies, action, key),
    boundaryText(principal, action, key),
  ].join('\n');
}

function boundaryText({ boundary }: Principal, action: string, key: Key): string {
  if (boundary === undefined || boundary === 'none') return boundary ?? 'not supplied';
  return `boundary ${relevant([boundary], action, key)}`;
}

const texts = new WeakMap<PolicyDocument, Map<string, string>>();

// The statements that may speak of the action and the key; all others can be left out.
function relevant(documents: readonly PolicyDocument[], action: string, key: Key): string {
  return documents
    .map((document) => {
      const known = texts.get(document) ?? new Map<string, string>();
      texts.set(document, known);
      const name = `${action} ${key.arn}`;
      const text = known.get(name) ?? relevantText(document, action, key);
      known.set(name, text);
      return text;
    })
    .sort()
    .join('\n');
}

function relevantText(document: PolicyDocument, action: string, key: Key): string {
  if (document.unresolved !== undefined) return `unresolved ${document.unresolved}`;
  return document.statements
    .filter((statement) => {
      if (statement.kind === 'broken') return true;
      const acts =
        statement.action?.patterns.some(({ text }) => matchesAction(text, action) !== false) ??
        false;
      if (acts === (statement.action?.negated ?? false)) return false;
      const { resource } = statement;
      if (resource === undefined) return false;
      if (resource.negated) return true;
      return resource.patterns.some(
        ({ text }) =>
          text.includes('${') || matchesResource(text, key.arn, document.kind) !== 'no-match',
      );
    })
    .map(statementText)
    .sort()
    .join('\n');
}
