import { findConditionKey } from '../../facts/index.js';
import { findPrincipal } from '../../inventory/index.js';
import type { Inventory, Principal } from '../../inventory/index.js';
import { atomsOf, createFormulas, solve } from '../../logic/index.js';
import type { Formula, Formulas } from '../../logic/index.js';
import type { Broken, PolicyDocument, PrincipalForm, Statement } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import { identityOf, variablesOf } from './atoms.js';
import type { RequestAtom, Variable } from './atoms.js';
import type { Compiling } from './compiling.js';
import { undecidedLayer } from './layers.js';
import { stringEquals, stringEqualsIgnoreCase } from './operators.js';
import type { PartialRequest, Question } from './question.js';
import { compileBroken, compileStatement } from './statement.js';
import { requestTheory } from './theory.js';
import { tagOf } from './caller-keys.js';
import type { KeyValue } from './key-value.js';

const tagPrefix = 'aws:principaltag/';
const casesMax = 2_000;

/** Beyond this many tags that policies look at, every combination of them counts as possible. */
const tagsMax = 5;

/**
 * Which tags sessions of the caller's role can have together, as far as the formula looks at them: those
 * that the role's trust policy lets somebody pass, and for the rest those of the role. Always true where
 * the trust policy was not supplied, as then nothing is open.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function possibleSessions(
  formulas: Formulas<RequestAtom>,
  inventory: Inventory,
  { caller }: PartialRequest,
  formula: Formula<RequestAtom>,
): Formula<RequestAtom> {
  if (caller.kind !== 'role-session') return formulas.always;
  const role = findPrincipal(inventory, caller);
  if (role?.trust === undefined) return formulas.always;
  const tags = openTagsIn(formula);
  if (tags.length === 0 || tags.length > tagsMax) return formulas.always;
  const { trust } = role;
  const sessions = subsetsOf(tags).map((passed) => {
    const others = tags.filter((tag) => !passed.includes(tag));
    const given = passed.map((tag) => formulas.atom({ kind: 'exists', variable: tag }));
    const kept = others.map((tag) => roleTag(formulas, role, tag));
    const may = maySession(formulas, inventory, trust, passed, others);
    return formulas.all([...given, ...kept, may]);
  });
  return formulas.any(sessions);
}

/** Whether the trust policy lets anybody pass the tag. */
export function mayPassTag(inventory: Inventory, trust: PolicyDocument, tag: string): boolean {
  const known = passable.get(trust) ?? new Map<string, boolean>();
  passable.set(trust, known);
  const name = tag.toLowerCase();
  let may = known.get(name);
  if (may === undefined) {
    const formulas = createFormulas<RequestAtom>(identityOf);
    const formula = maySession(formulas, inventory, trust, [tagVariable(tag)], []);
    may = isPossible(formulas, formula);
    known.set(name, may);
  }
  return may;
}

// A policy never changes, so what it lets pass stays true.
const passable = new WeakMap<PolicyDocument, Map<string, boolean>>();

function isPossible(formulas: Formulas<RequestAtom>, formula: Formula<RequestAtom>): boolean {
  const variables = [...atomsOf(formula).values()].flatMap(variablesOf);
  return solve(formulas, formula, requestTheory(variables), casesMax).kind !== 'unsatisfiable';
}

function openTagsIn(formula: Formula<RequestAtom>): readonly Variable[] {
  const tags = new Map<string, Variable>();
  for (const atom of atomsOf(formula).values())
    for (const variable of variablesOf(atom))
      if (variable.name.startsWith(tagPrefix) && variable.missing === undefined)
        tags.set(variable.name, variable);
  return [...tags.values()];
}

function subsetsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  const others = subsetsOf(rest);
  return [...others, ...others.map((subset) => [first, ...subset])];
}

/** The value of a principal's tag in a session that may have brought another. */
function tagVariable(tag: string): Variable {
  const spelling = `aws:PrincipalTag/${tag}`;
  const domain = { always: false, mayBeEmpty: true };
  return { name: spelling.toLowerCase(), spelling, multivalued: false, domain };
}

function nameOfTag({ spelling }: Variable): string {
  return spelling.slice(tagPrefix.length);
}

// SOURCE: facts evaluation 12.5: without a session tag of that name, the role's own counts
function roleTag(
  formulas: Formulas<RequestAtom>,
  { tags }: Principal,
  variable: Variable,
): Formula<RequestAtom> {
  if (tags === undefined) return formulas.always;
  const value = tagOf(tags, nameOfTag(variable));
  return value === undefined
    ? formulas.not(formulas.atom({ kind: 'exists', variable }))
    : formulas.atom({
        kind: 'test',
        variable,
        comparison: { operator: stringEquals, text: value },
      });
}

/** A way to take on a role, and who goes it. */
interface Entrance {
  readonly action: string;
  readonly isFor: (form: PrincipalForm) => boolean;
}

// SOURCE: facts evaluation 7.8, 12.3: identity providers vouch for callers that have no principal yet
const entrances: readonly Entrance[] = [
  { action: 'sts:AssumeRole', isFor: ({ kind }) => kind !== 'provider' },
  { action: 'sts:AssumeRoleWithSAML', isFor: isProvider },
  { action: 'sts:AssumeRoleWithWebIdentity', isFor: isProvider },
];

function isProvider({ kind }: PrincipalForm): boolean {
  return kind === 'provider' || kind === 'everyone' || kind === 'unresolved';
}

// Somebody may take on the role, passing some of the tags and not the others.
function maySession(
  formulas: Formulas<RequestAtom>,
  inventory: Inventory,
  trust: PolicyDocument,
  passed: readonly Variable[],
  others: readonly Variable[],
): Formula<RequestAtom> {
  const open = entrances.filter((entrance) => {
    const at = compilingTrust(formulas, inventory, entrance.action, [], [], 'some');
    return allowedBy(at, trust, entrance) !== formulas.never;
  });
  const named = formulas.all([
    ...passed.map((tag) => listsTag(formulas, tag)),
    ...others.map((tag) => formulas.not(listsTag(formulas, tag))),
  ]);
  // A trust policy that lets nobody in says nothing of those who are in.
  const ways = open.length === 0 ? entrances : open;
  const may = (entrance: Entrance, action: string, tagging: 'some' | 'none') =>
    open.length === 0 && action === entrance.action
      ? formulas.always
      : allowedBy(
          compilingTrust(formulas, inventory, action, passed, others, tagging),
          trust,
          entrance,
        );
  return formulas.any(
    ways.flatMap((entrance) => {
      const { action } = entrance;
      const enters = may(entrance, action, 'some');
      const tagged = formulas.all([named, may(entrance, 'sts:TagSession', 'some'), enters]);
      return passed.length > 0 ? [tagged] : [tagged, may(entrance, action, 'none')];
    }),
  );
}

const tagKeys: Variable = {
  name: '=session tags',
  spelling: '=session tags',
  multivalued: true,
  domain: { always: false, mayBeEmpty: false },
};

function listsTag(formulas: Formulas<RequestAtom>, tag: Variable): Formula<RequestAtom> {
  const comparison = { operator: stringEqualsIgnoreCase, text: nameOfTag(tag) };
  return formulas.atom({
    kind: 'member',
    variable: tagKeys,
    comparisons: [{ comparison, wanted: true }],
  });
}

/** The trust policy seen by a request that takes on the role: nothing is known of it but the tags. */
function compilingTrust(
  formulas: Formulas<RequestAtom>,
  inventory: Inventory,
  action: string,
  passed: readonly Variable[],
  others: readonly Variable[],
  tagging: 'some' | 'none',
): Compiling {
  const request: PartialRequest = {
    caller: { kind: 'anonymous' },
    action,
    resource: '*',
    context: new Map(),
  };
  const question: Question = {
    inventory,
    request,
    action: action.toLowerCase(),
    service: 'sts',
    key: undefined,
    callerAccount: undefined,
    principal: undefined,
    ownerId: undefined,
    ownerAccount: undefined,
    region: undefined,
    maySetTag: () => false,
  };
  const named = (variables: readonly Variable[], tag: string): Variable | undefined =>
    variables.find((variable) => nameOfTag(variable).toLowerCase() === tag.toLowerCase());
  const valueOf = (spelling: string): KeyValue => {
    const name = spelling.toLowerCase();
    if (name === 'aws:tagkeys')
      return tagging === 'none' ? { kind: 'absent' } : { kind: 'open', variable: tagKeys };
    if (!name.startsWith('aws:requesttag/'))
      return { kind: 'open', variable: ofAssuming(spelling) };
    const tag = spelling.slice('aws:RequestTag/'.length);
    const own = named(passed, tag);
    if (own !== undefined) return { kind: 'open', variable: own };
    if (tagging === 'none' || named(others, tag) !== undefined) return { kind: 'absent' };
    return { kind: 'open', variable: otherTag(tag) };
  };
  return { formulas, question, valueOf, asked: new Map() };
}

function otherTag(tag: string): Variable {
  const domain = { always: false, mayBeEmpty: true };
  return {
    name: `=session tag ${tag.toLowerCase()}`,
    spelling: `=session tag ${tag}`,
    multivalued: false,
    domain,
  };
}

// Whoever takes on the role, and how, is another request's matter: it may be as the policy wants it.
function ofAssuming(spelling: string): Variable {
  return {
    name: `=assuming ${spelling.toLowerCase()}`,
    spelling,
    multivalued: findConditionKey(spelling)?.multivalued ?? false,
    domain: { always: false, mayBeEmpty: true },
  };
}

// Some principal that the trust policy names is allowed, and neither it nor everybody is denied.
function allowedBy(
  at: Compiling,
  trust: PolicyDocument,
  { isFor }: Entrance,
): Formula<RequestAtom> {
  const { formulas } = at;
  if (trust.unresolved !== undefined) {
    const of = trust.unresolved;
    return undecidedLayer(at, { layer: 'trust', of, detail: 'a policy that is not in the inputs' })(
      'allows',
    );
  }
  const denials = trust.statements.filter((one) => one.effect !== 'Allow');
  const allowed = trust.statements.flatMap((statement) => {
    if (statement.kind === 'broken')
      return statement.effect === 'Deny' ? [] : [compileBroken(at, statement)];
    if (statement.effect === 'Deny') return [];
    const what = compileStatement(at, trust, statement);
    if (what === formulas.never) return [];
    return whoIn(statement)
      .filter(isFor)
      .map((form) =>
        formulas.all([what, ...denials.map((one) => formulas.not(denied(at, trust, one, form)))]),
      );
  });
  return formulas.any(allowed);
}

/** Whom an Allow names; `everyone` also for a `NotPrincipal`, which leaves somebody over. */
function whoIn({ principal }: Statement): readonly PrincipalForm[] {
  if (principal === undefined) return [];
  if (principal.negated) return [{ kind: 'everyone' }];
  return principal.entries.map(({ form }) => form).filter(({ kind }) => kind !== 'invalid');
}

function denied(
  at: Compiling,
  trust: PolicyDocument,
  statement: Statement | Broken,
  form: PrincipalForm,
): Formula<RequestAtom> {
  if (statement.kind === 'broken') return compileBroken(at, statement);
  const { principal } = statement;
  const hits = principal?.entries.some((entry) => covers(entry.form, form)) ?? false;
  const isHit = principal !== undefined && hits !== principal.negated;
  return isHit ? compileStatement(at, trust, statement) : at.formulas.never;
}

function covers(denying: PrincipalForm, form: PrincipalForm): boolean {
  if (denying.kind === 'everyone') return true;
  if (denying.kind === 'account' && 'account' in form) return denying.account === form.account;
  return nameOfForm(denying) === nameOfForm(form);
}

function nameOfForm(form: PrincipalForm): Text {
  return JSON.stringify(form);
}
