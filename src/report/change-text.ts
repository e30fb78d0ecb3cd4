import type { AccessChange, Turnover, UnknownChange } from '../graph/index.js';
import type { Text } from '../source/index.js';
import type { Comparison, Side } from './change.js';
import type { AccessGroup } from './group-access.js';
import { callerText, describeCondition, spellKey } from './names.js';

/** What is compared with what. */
export function sidesText({ before, after }: Comparison): Text {
  if (before.kind === 'plan') return 'from before the plan to after it';
  return `from ${sideText(before)} to ${sideText(after)}`;
}

const COMMIT_SHOWN = 12;

function sideText({ name, kind, commit }: Side): string {
  const at = commit === undefined ? '' : ` (${commit.slice(0, COMMIT_SHOWN)})`;
  switch (kind) {
    case 'path':
    case 'reference':
      return `${name}${at}`;
    case 'merge-base':
      return `the merge base with ${name}${at}`;
    case 'working-tree':
      return 'the working tree';
    case 'plan':
      return 'what there was before the plan';
  }
}

/** Keys or principals that came, went, or have another name now, one line each. */
export function turnoverLines(
  what: string,
  { added, removed, renamed }: Turnover,
): readonly Text[] {
  return [
    ...added.map((name) => `new ${what}: ${name}`),
    ...removed.map((name) => `removed ${what}: ${name}`),
    ...renamed.map(({ before, after }) => `renamed ${what}: ${before}, now ${after}`),
  ];
}

/** Who may do what on which keys, in one clause; `verb` stands between them: `may`, `may no longer`. */
export function accessText(
  { principals, actions, keys, sample }: AccessGroup<AccessChange | UnknownChange>,
  verb = 'may',
): Text {
  const who = listText(principals.map(({ name }) => shortName(name, sample)));
  const what = listText([...actions].sort((a, b) => rankOf(a) - rankOf(b)));
  const on = keys.length === 1 && keys[0] === '*' ? what : `${what} on ${listText(keys)}`;
  return `${who} ${verb} ${on}`;
}

// In the key's own account a name says enough.
function shortName(name: Text, { reach }: AccessChange | UnknownChange): Text {
  const own = /^arn:[^:]*:iam::[^:]*:((?:user|role)\/.+)$/.exec(name);
  return reach === 'same-account' ? (own?.[1] ?? name) : name;
}

/** What a reader looks for first. */
const prominent: readonly string[] = [
  'kms:Decrypt',
  'kms:PutKeyPolicy',
  'kms:CreateGrant',
  'kms:ScheduleKeyDeletion',
  'kms:GenerateDataKey',
  'kms:Encrypt',
];

function rankOf(action: string): number {
  const rank = prominent.indexOf(action);
  return rank < 0 ? prominent.length : rank;
}

/** Of a longer list, so many are named. */
const NAMES_SHOWN = 4;

function listText(names: readonly string[]): string {
  if (names.length <= NAMES_SHOWN + 1) return names.join(', ');
  return `${names.slice(0, NAMES_SHOWN).join(', ')} and ${names.length - NAMES_SHOWN} more`;
}

/** When access is gained or lost: what holds together, of which one must hold; nothing where it always is. */
export function whenTexts({ conditions }: AccessChange): readonly Text[] {
  if (conditions.length === 0) return ['a condition holds that is too long to show'];
  return conditions
    .filter((term) => term.length > 0)
    .map((term) => term.map(describeCondition).join(' and '));
}

/** A request that a change lets through or refuses, with the condition keys that it has. */
export function witnessText(direction: 'gained' | 'lost', { witness }: AccessChange): Text {
  const sides =
    direction === 'gained' ? 'refused before, allowed after' : 'allowed before, refused after';
  const context = [...witness.context].flatMap(([key, value]) => {
    if (typeof value === 'string') return [`${spellKey(key)}: ${value}`];
    return 'unknown' in value ? [] : [`${spellKey(key)}: ${value.join(', ')}`];
  });
  const request = `${callerText(witness.caller)} calls ${witness.action} on ${witness.resource}`;
  return `${sides}: ${[request, ...context].join(', ')}`;
}
