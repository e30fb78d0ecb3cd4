import {
  find,
  hasHole,
  parseJsonText,
  type Diagnostic,
  type Mapping,
  type Node,
  type Parsed,
  type Text,
  type Unresolved,
} from '../source/index.js';
import type { Broken, PolicyDocument, PolicyKind, Statement } from './document.js';
import { effectiveEntries, hintFor, nearestName, problem, topElements } from './elements.js';
import { alternativesOf, hasAlternatives, statementForms } from './expand.js';
import { parseStatement, type Place } from './parse-statement.js';
import { describe, scalarText, unknownShape, type Report } from './values.js';

/**
 * Reads a policy document: an object, or a string that holds one as JSON. A statement that cannot be
 * understood stays in place as {@link Broken}, with a diagnostic, and does not touch its neighbours; a
 * document of which nothing can be read has one broken statement. A statement that is there only under
 * a condition known at deployment appears once for each form it may take, see `presence`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(node: Node, kind: PolicyKind): Parsed<PolicyDocument> {
  const diagnostics: Diagnostic[] = [];
  const value = parseDocument(node, kind, (diagnostic) => {
    diagnostics.push(diagnostic);
  });
  return { value, diagnostics };
}

function parseDocument(node: Node, kind: PolicyKind, report: Report): PolicyDocument {
  if (hasAlternatives(node)) return parseForms(node, kind, report);
  const hidden = unknownShape(node);
  if (hidden !== undefined) return unresolvedDocument(node, kind, hidden);
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    return parseEmbedded(node, node.value, kind, report);
  }
  if (node.kind !== 'mapping') {
    const message = `the policy is ${describe(node)}, not an object with statements`;
    report(problem('policy-wrong-type', message, node.span, POLICY_SHAPE));
    return unreadableDocument(node, kind, message);
  }
  reportUnknownElements(node, report);
  const id = find(node, 'Id');
  const idText = id === undefined ? undefined : (unknownShape(id) ?? scalarText(id));
  const version = find(node, 'Version');
  const statements = find(node, 'Statement');
  const unresolved =
    statements === undefined || hasAlternatives(statements) ? undefined : unknownShape(statements);
  return {
    kind,
    ...(idText === undefined ? {} : { id: idText }),
    version: parseVersion(version, report),
    ...(version === undefined ? {} : { versionSpan: version.span }),
    statements: unresolved === undefined ? parseStatements(node, statements, report) : [],
    ...(unresolved === undefined ? {} : { unresolved }),
    span: node.span,
  };
}

/** A document of which one of several forms comes true: the statements of all of them. */
function parseForms(node: Unresolved, kind: PolicyKind, report: Report): PolicyDocument {
  const forms = alternativesOf(node).map(({ node: form, presence }) => ({
    document: form && parseDocument(form, kind, report),
    presence,
  }));
  const [first] = forms;
  const isKnown = forms.every(
    ({ document }) =>
      document !== undefined &&
      document.unresolved === undefined &&
      document.version === first?.document?.version,
  );
  if (first?.document === undefined || !isKnown) return unresolvedDocument(node, kind, node.text);
  const statements = forms.flatMap(({ document, presence }) =>
    (document?.statements ?? []).map((statement) =>
      statement.kind === 'broken'
        ? statement
        : { ...statement, presence: presence + (statement.presence ?? '') },
    ),
  );
  return { ...first.document, statements, span: node.span };
}

const POLICY_SHAPE = 'write `{"Version": "2012-10-17", "Statement": [ … ]}`';

function unresolvedDocument(node: Node, kind: PolicyKind, unresolved: Text): PolicyDocument {
  return { kind, version: '2012-10-17', statements: [], unresolved, span: node.span };
}

function unreadableDocument(node: Node, kind: PolicyKind, reason: string): PolicyDocument {
  const broken: Broken = { kind: 'broken', index: 0, reason, span: node.span };
  return { kind, version: '2012-10-17', statements: [broken], span: node.span };
}

function parseEmbedded(node: Node, text: Text, kind: PolicyKind, report: Report): PolicyDocument {
  const { value, diagnostics } = parseJsonText(text, node.span);
  // What a hole holds may be the very syntax that is missing.
  if (hasHole(text) && diagnostics.some(({ severity }) => severity === 'error')) {
    return unresolvedDocument(node, kind, text);
  }
  diagnostics.forEach(report);
  if (value === undefined || value.kind === 'unresolved') {
    return unreadableDocument(node, kind, 'the policy is a string that holds no JSON');
  }
  return parseDocument(value, kind, report);
}

function reportUnknownElements(node: Mapping, report: Report): void {
  for (const { key, keySpan } of effectiveEntries(node)) {
    if (topElements.some((element) => element === key)) continue;
    report(
      problem(
        'policy-unknown-element',
        `a policy has no element \`${key}\`, so AWS refuses it`,
        keySpan,
        hintFor(key, topElements, `remove it, or use one of ${topElements.join(', ')}`),
        'warning',
      ),
    );
  }
}

function parseVersion(node: Node | undefined, report: Report): PolicyDocument['version'] {
  // SOURCE: facts evaluation 2.4
  if (node === undefined) return '2008-10-17';
  const text = unknownShape(node) ?? scalarText(node);
  if (text === '2012-10-17' || text === '2008-10-17') return text;
  if (text !== undefined && hasHole(text)) return '2012-10-17';
  report(
    problem(
      'policy-invalid-version',
      text === undefined
        ? `the Version is ${describe(node)}, not a string`
        : `there is no Version \`${text}\` of the policy language`,
      node.span,
      'write `"Version": "2012-10-17"`, whatever the date of the policy',
    ),
  );
  return '2012-10-17';
}

function parseStatements(
  document: Mapping,
  node: Node | undefined,
  report: Report,
): readonly (Statement | Broken)[] {
  if (node === undefined) {
    const message = 'the policy has no Statement, so it says nothing';
    const isMisspelled = document.entries.some(
      ({ key }) => nearestName(key, topElements) === 'Statement',
    );
    // Nothing of it is unread, unless the statements stand under another name.
    const severity = isMisspelled ? 'error' : 'warning';
    report(problem('policy-missing-statement', message, document.span, POLICY_SHAPE, severity));
    return isMisspelled ? [{ kind: 'broken', index: 0, reason: message, span: document.span }] : [];
  }
  if (node.kind === 'sequence' && node.items.length === 0) {
    const message = 'Statement lists nothing, which AWS refuses';
    report(problem('policy-empty-element', message, node.span, POLICY_SHAPE, 'warning'));
  }
  return alternativesOf(node).flatMap(({ node: list, presence }) => {
    const items = list === undefined ? [] : list.kind === 'sequence' ? list.items : [list];
    return items.flatMap((item, index) =>
      parseVariants(item, { index, ...presenceOf(presence) }, report),
    );
  });
}

function presenceOf(presence: Text): { readonly presence?: Text } {
  return presence === '' ? {} : { presence };
}

/** All forms that one item of `Statement` may take once deployed. */
function parseVariants(node: Node, place: Place, report: Report): readonly (Statement | Broken)[] {
  return alternativesOf(node).flatMap(({ node: variant, presence }) => {
    if (variant === undefined) return [];
    const nested = { index: place.index, ...presenceOf((place.presence ?? '') + presence) };
    if (variant.kind === 'mapping') {
      return statementForms(variant).map((form) => {
        const presences = presenceOf((nested.presence ?? '') + form.presence);
        return parseStatement(form.mapping, { index: place.index, ...presences }, report);
      });
    }
    // An unresolved list among the statements stands for its items.
    if (variant.kind === 'sequence' && presence !== '') {
      return variant.items.flatMap((item) => parseVariants(item, nested, report));
    }
    return [parseOther(variant, place, report)];
  });
}

function parseOther(node: Node, { index }: Place, report: Report): Broken {
  const isHidden = unknownShape(node) !== undefined;
  const reason = isHidden
    ? 'it is known only at deployment'
    : `a statement is ${describe(node)}, not an object`;
  if (!isHidden) report(problem('policy-wrong-type', reason, node.span, STATEMENT_SHAPE));
  return { kind: 'broken', index, reason, span: node.span };
}

const STATEMENT_SHAPE =
  'write an object with Effect, Action and Resource, and with Principal where the policy has one';
