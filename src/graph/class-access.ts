import type { Answer } from '../authorization/answers/index.js';
import type { Caller, Inventory, Key } from '../inventory/index.js';
import type { Ask } from './asking.js';
import type { Candidate } from './callers.js';
import { withBrought } from './classes.js';
import { facesOf, requestOf } from './faces.js';
import type { Face, Tells } from './faces.js';
import { underItsName } from './under-its-name.js';

/** What those of a class may do who are treated alike. */
export interface ClassAccess {
  readonly name: string;
  readonly caller: Caller;
  readonly answer: Answer;
}

/** What a class may do, in as few parts as the policies make of it; the last one stands for those who never may. */
export function classAccess(
  ask: Ask,
  inventory: Inventory,
  action: string,
  key: Key,
  candidate: Candidate,
  tells: Tells,
): readonly ClassAccess[] {
  const alike = new Map<string, { readonly answer: Answer; readonly faces: Face[] }>();
  const all = facesOf(inventory, key, candidate, tells);
  for (const face of all) {
    const answer = ask(withBrought(inventory, [face]), requestOf(face, action, key.arn));
    const id = sayingOf(answer);
    const before = alike.get(id);
    if (before === undefined)
      alike.set(id, { answer: shownBy(inventory, face, answer), faces: [face] });
    else before.faces.push(face);
  }
  return [...alike.values()].map(({ answer, faces }) => ({
    name: faces.length === all.length ? candidate.name : nameOf(faces, all),
    caller: faces[0]?.caller ?? candidate.caller,
    answer,
  }));
}

/** The answer of one face, its examples made by those of whom they hold. */
export function shownBy(inventory: Inventory, face: Face, answer: Answer): Answer {
  switch (answer.kind) {
    case 'always':
      return { ...answer, example: underItsName(inventory, face, answer.example) };
    case 'never':
      return { ...answer, counterexample: underItsName(inventory, face, answer.counterexample) };
    case 'when':
      return {
        ...answer,
        example: underItsName(inventory, face, answer.example),
        counterexample: underItsName(inventory, face, answer.counterexample),
      };
    case 'unknown':
      return answer;
  }
}

// Equal for answers that say the same of two kinds of principals.
function sayingOf(answer: Answer): string {
  switch (answer.kind) {
    case 'always':
    case 'never':
      return answer.kind;
    case 'when':
      return `when ${JSON.stringify(answer.conditions)}`;
    case 'unknown':
      return `unknown ${JSON.stringify(answer.missing.map(({ layer, detail }) => [layer, detail]))}`;
  }
}

function nameOf(faces: readonly Face[], all: readonly Face[]): string {
  const classes = new Set(faces.map((face) => face.class));
  return [...classes]
    .map((name) => {
      const isOf = (face: Face): boolean => face.class === name;
      const kinds = faces.filter(isOf).map(({ kind }) => kind);
      return kinds.length === all.filter(isOf).length
        ? name
        : name.replace('principals', listed(kinds));
    })
    .join(', ');
}

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
