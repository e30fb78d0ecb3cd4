import type { Formula } from '../../logic/index.js';
import type { Broken, PatternElement, PolicyDocument, Statement } from '../../policy/index.js';
import { expandResource, matchesAction, matchesResource } from '../../policy/index.js';
import type { Span, Text } from '../../source/index.js';
import type { RequestAtom, Variable } from './atoms.js';
import { compileCondition } from './condition.js';
import { expandKnown, openIn } from './policy-values.js';
import type { Compiling } from './compiling.js';
import type { KeyValue } from './key-value.js';
import { arnLike } from './operators.js';

/**
 * When a statement speaks of the request, leaving out who makes it: its actions, resources and
 * conditions match, and it exists.
 */
export function compileStatement(
  given: Compiling,
  document: PolicyDocument,
  statement: Statement,
): Formula<RequestAtom> {
  const { formulas } = given;
  const at = document.kind === 'key-policy' ? inKeyPolicy(given, statement.effect) : given;
  const action = compileAction(at, statement);
  if (action === formulas.never) return action;
  const resource = compileResource(at, document, statement);
  if (resource === formulas.never) return resource;
  const parts = [action, resource];
  for (const condition of statement.conditions) {
    const compiled = compileCondition(at, condition, document.version);
    if (compiled === formulas.never) return compiled;
    parts.push(compiled);
  }
  if (statement.presence !== undefined) {
    parts.push(
      unknownAt(
        at,
        statement.span,
        `whether the statement exists: \`${statement.presence}\``,
        statement.presence,
      ),
    );
  }
  return formulas.all(parts);
}

/** A broken statement may allow or deny anything. */
export function compileBroken(at: Compiling, { span, reason }: Broken): Formula<RequestAtom> {
  const said = span.source.text.slice(span.start, span.end);
  return unknownAt(at, span, `a statement that could not be read: ${reason}`, said);
}

/**
 * A fact that the document hides, as an atom that no request decides: the same one wherever the same is
 * said, so that a policy can be compared with itself in another order or file.
 */
function unknownAt(
  { formulas }: Compiling,
  span: Span,
  detail: string,
  said: Text,
): Formula<RequestAtom> {
  return formulas.atom({
    kind: 'undecidable',
    identity: `${detail} ${said}`,
    missing: { layer: 'attribute', of: span.source.path, detail },
  });
}

// SOURCE: facts evaluation 13.21: these keys are documented for IAM policies only. In an Allow of a
// key policy they count as absent, in a Deny as unknown.
function inKeyPolicy(at: Compiling, effect: Statement['effect']): Compiling {
  return {
    ...at,
    valueOf: (spelling) => {
      const value = at.valueOf(spelling);
      const name = spelling.toLowerCase();
      if (name !== 'kms:resourcealiases' && !name.startsWith('aws:resourcetag/')) return value;
      return effect === 'Allow'
        ? { kind: 'absent' }
        : unknownHere(spelling, at.question.request.resource);
    },
  };
}

function unknownHere(spelling: string, of: Text): KeyValue {
  return {
    kind: 'open',
    variable: {
      // A variable of its own: what an identity policy says of the key is another matter.
      name: `${spelling.toLowerCase()} in a key policy`,
      spelling,
      multivalued: spelling.toLowerCase() === 'kms:resourcealiases',
      domain: { always: false, mayBeEmpty: true },
      missing: { layer: 'attribute', of, detail: `whether \`${spelling}\` exists in a key policy` },
    },
  };
}

// SOURCE: facts evaluation 3.1, 3.2; a statement without an action has no effect
function compileAction(at: Compiling, { action, span }: Statement): Formula<RequestAtom> {
  const { formulas, question } = at;
  if (action === undefined) return formulas.never;
  const matched = action.patterns.map(({ text }) => matchesAction(text, question.request.action));
  return threeValued(at, matched, action, span, 'the action');
}

function threeValued(
  at: Compiling,
  matched: readonly (boolean | undefined)[],
  { negated, patterns }: PatternElement,
  span: Span,
  what: string,
): Formula<RequestAtom> {
  const { formulas } = at;
  if (matched.includes(true)) return negated ? formulas.never : formulas.always;
  if (matched.includes(undefined)) {
    const unknown = patterns.filter((_, index) => matched[index] === undefined);
    const said = unknown.map(({ text }) => text.toLowerCase()).sort();
    const match = unknownAt(at, span, `whether ${what} matches`, JSON.stringify(said));
    return negated ? formulas.not(match) : match;
  }
  return negated ? formulas.always : formulas.never;
}

// SOURCE: facts evaluation 2.6, 4.5 to 4.8
function compileResource(
  at: Compiling,
  document: PolicyDocument,
  statement: Statement,
): Formula<RequestAtom> {
  const { formulas, question } = at;
  const { resource } = statement;
  if (resource === undefined) return document.kind === 'trust' ? formulas.always : formulas.never;
  const parts: Formula<RequestAtom>[] = [];
  for (const { text, span } of resource.patterns) {
    const open = document.version === '2008-10-17' ? [] : openIn(at, text);
    if (open.length > 0) {
      const partly = expandKnown(at, text, document.version);
      if (partly !== undefined) parts.push(linkedResource(at, document, partly, open));
      continue;
    }
    const expanded = expandResource(text, document.version, (key) => {
      const value = at.valueOf(key);
      return value.kind === 'constant' ? value.value : undefined;
    });
    // SOURCE: facts evaluation 4.6: without a value it matches nothing, and voids a NotResource
    if (expanded.kind === 'no-value') {
      if (resource.negated) return formulas.never;
      continue;
    }
    if (expanded.kind === 'unknown') {
      parts.push(unknownMatch(at, span, text));
      continue;
    }
    const outcome = matchesResource(
      expanded.text,
      question.request.resource,
      document.kind,
      resource.negated ? 'NotResource' : 'Resource',
    );
    if (outcome === 'void') return formulas.never;
    if (outcome === 'unknown') parts.push(unknownMatch(at, span, text));
    if (outcome === 'match') parts.push(formulas.always);
  }
  const matched = formulas.any(parts);
  return resource.negated ? formulas.not(matched) : matched;
}

function unknownMatch(at: Compiling, span: Span, pattern: Text): Formula<RequestAtom> {
  const said = JSON.stringify([pattern, at.question.request.resource]);
  return unknownAt(at, span, 'whether the resource matches', said);
}

function linkedResource(
  { formulas, question }: Compiling,
  { version }: PolicyDocument,
  text: Text,
  others: readonly Variable[],
): Formula<RequestAtom> {
  const { resource } = question.request;
  return formulas.atom({
    kind: 'linked',
    variable: {
      name: '=resource',
      spelling: 'the resource',
      multivalued: false,
      domain: { always: true, mayBeEmpty: false, values: [resource] },
    },
    operator: arnLike,
    text,
    version,
    others,
  });
}
