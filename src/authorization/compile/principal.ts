import type { Formula } from '../../logic/index.js';
import type { PrincipalElement, PrincipalForm } from '../../policy/index.js';
import { equalTexts } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { RequestAtom, Variable } from './atoms.js';
import type { Compiling } from './compiling.js';
import { entriesFor } from './documents.js';
import { stringEquals } from './operators.js';
import { anySessionName } from './caller-keys.js';

/**
 * How a resource-based policy names the caller, which decides what may still limit it:
 * `direct`: nothing does in the same account; `role`: permissions boundary and session policies do;
 * `account`: identity-based policies must allow as well.
 */
export type Naming = 'direct' | 'role' | 'account';

/** When, and how, a `Principal` names the caller. */
export type Named = Readonly<Record<Naming, Formula<RequestAtom>>>;

// SOURCE: facts evaluation 7 and the table of 9
export function compilePrincipal(at: Compiling, element: PrincipalElement | undefined): Named {
  const { formulas } = at;
  // SOURCE: facts evaluation 2.5: without a principal a statement never applies
  if (element === undefined)
    return { direct: formulas.never, role: formulas.never, account: formulas.never };
  if (element.negated) {
    return { direct: exceptListed(at, element), role: formulas.never, account: formulas.never };
  }
  const parts: Record<Naming, Formula<RequestAtom>[]> = { direct: [], role: [], account: [] };
  for (const { form } of entriesFor(at.question, element)) {
    for (const naming of ['direct', 'role', 'account'] as const) {
      parts[naming].push(names(at, form, naming));
    }
  }
  return {
    direct: formulas.any(parts.direct),
    role: formulas.any(parts.role),
    account: formulas.any(parts.account),
  };
}

/** When a `Principal` or `NotPrincipal` of a Deny covers the caller. */
export function compileDenied(
  at: Compiling,
  element: PrincipalElement | undefined,
): Formula<RequestAtom> {
  const { formulas, question } = at;
  if (element?.negated === true) {
    // SOURCE: facts evaluation 8.4
    const boundary = question.principal?.boundary;
    if (boundary !== undefined && boundary !== 'none') return formulas.always;
    return exceptListedWithAccount(at, element);
  }
  const { direct, role, account } = compilePrincipal(at, element);
  return formulas.any([direct, role, account]);
}

// SOURCE: facts evaluation 8.1
function exceptListed(at: Compiling, element: PrincipalElement): Formula<RequestAtom> {
  const entries = entriesFor(at.question, element);
  return at.formulas.not(
    at.formulas.any(
      entries.flatMap(({ form }) => namings.map((naming) => names(at, form, naming))),
    ),
  );
}

const namings: readonly Naming[] = ['direct', 'role', 'account'];

// SOURCE: facts evaluation 8.3: an exemption needs the account as well; the account alone exempts its root user
function exceptListedWithAccount(at: Compiling, element: PrincipalElement): Formula<RequestAtom> {
  const { formulas, question } = at;
  const { caller } = question.request;
  const entries = entriesFor(question, element);
  const itself = formulas.any(
    entries.flatMap(({ form }) => [names(at, form, 'direct'), names(at, form, 'role')]),
  );
  if (caller.kind === 'service' || caller.kind === 'anonymous' || caller.kind === 'root')
    return formulas.not(itself);
  const everyone = formulas.any(
    entries.map(({ form }) => (form.kind === 'everyone' ? formulas.always : formulas.never)),
  );
  const account = formulas.any(entries.map(({ form }) => names(at, form, 'account')));
  return formulas.not(formulas.any([everyone, formulas.all([itself, account])]));
}

function names(at: Compiling, form: PrincipalForm, naming: Naming): Formula<RequestAtom> {
  const { formulas, question } = at;
  const { caller } = question.request;
  const { never } = formulas;
  switch (form.kind) {
    case 'everyone':
      return naming === 'direct' ? formulas.always : never;
    case 'account':
      if (!('account' in caller)) return never;
      // SOURCE: facts evaluation 13.4: the account's root user is named by its account
      if ((caller.kind === 'root') !== (naming === 'direct') || naming === 'role') return never;
      return same(at, form.account, caller.account);
    case 'user':
      if (caller.kind === 'user' && naming === 'direct') return same(at, form.arn, caller.arn);
      if (caller.kind === 'federated-user' && naming === 'role') {
        if (
          caller.federatingUser === undefined &&
          equalTexts(form.account, caller.account) === false
        ) {
          return never;
        }
        return caller.federatingUser === undefined
          ? unknown(at, `which user made the session ${caller.arn}`)
          : same(at, form.arn, caller.federatingUser);
      }
      return never;
    case 'role':
      return caller.kind === 'role-session' && naming === 'role'
        ? formulas.all([same(at, form.account, caller.account), same(at, form.name, caller.role)])
        : never;
    case 'role-session':
      return caller.kind === 'role-session' && naming === 'direct'
        ? formulas.all([
            same(at, form.account, caller.account),
            same(at, form.role, caller.role),
            session(at, form.session, caller.session),
          ])
        : never;
    case 'federated-user':
      return caller.kind === 'federated-user' && naming === 'direct'
        ? same(at, form.arn, caller.arn)
        : never;
    case 'service':
      return caller.kind === 'service' && naming === 'direct'
        ? same(at, form.name, caller.name)
        : never;
    case 'unique-id':
      return uniqueId(at, form.id, naming);
    case 'unresolved':
      return naming === 'account' ? unknown(at, `the principal ${form.text}`) : never;
    case 'provider':
      return caller.kind === 'provider' && naming === 'direct'
        ? same(at, form.provider, caller.provider)
        : never;
    case 'canonical-user':
    case 'invalid':
      return never;
  }
}

// SOURCE: facts evaluation 7.10
function uniqueId(at: Compiling, id: Text, naming: Naming): Formula<RequestAtom> {
  const { principal, request } = at.question;
  const { caller } = request;
  if (principal?.uniqueId === undefined || principal.uniqueId !== id) return at.formulas.never;
  const named: Naming = caller.kind === 'user' ? 'direct' : 'role';
  return naming === named ? at.formulas.always : at.formulas.never;
}

/** The name of a role session, which its caller chooses. */
const sessionName: Variable = {
  name: '=session',
  spelling: 'the role session name',
  multivalued: false,
  domain: { always: true, mayBeEmpty: false, pattern: anySessionName },
};

// The session's name is the end of `aws:userid`: one variable stands for both where the rest is known.
function session(at: Compiling, wanted: Text, given: Text | undefined): Formula<RequestAtom> {
  if (given !== undefined) return same(at, wanted, given);
  const userId = at.valueOf('aws:userid');
  const roleId = at.question.principal?.uniqueId;
  const isOpen = userId.kind === 'open' && roleId !== undefined;
  return at.formulas.atom({
    kind: 'test',
    variable: isOpen ? userId.variable : sessionName,
    comparison: { operator: stringEquals, text: isOpen ? `${roleId}:${wanted}` : wanted },
  });
}

/** Whether two texts are equal; undecidable where holes leave it open. */
export function same(at: Compiling, a: Text, b: Text): Formula<RequestAtom> {
  const { formulas } = at;
  const equal = equalTexts(a, b);
  if (equal === undefined) return unknown(at, `whether \`${a}\` is \`${b}\``);
  return equal ? formulas.always : formulas.never;
}

function unknown({ formulas }: Compiling, detail: string): Formula<RequestAtom> {
  return formulas.atom({
    kind: 'undecidable',
    identity: detail,
    missing: { layer: 'attribute', of: '', detail },
  });
}
