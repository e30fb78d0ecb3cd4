import { find, hasHole, type Mapping, type Node, type Text } from '../source/index.js';
import type {
  Broken,
  PatternElement,
  PrincipalElement,
  PrincipalEntry,
  Statement,
} from './document.js';
import {
  effectiveEntries,
  hintFor,
  principalTypes,
  problem,
  statementElements,
  type PrincipalType,
} from './elements.js';
import { parseConditions } from './parse-condition.js';
import { parsePrincipal } from './parse-principal.js';
import { describe, parseItems, scalarText, unknownShape, type Report } from './values.js';

/** What is known of a statement before its elements are read. */
export interface Place {
  readonly index: number;
  readonly presence?: Text;
}

/** Reads one statement. One whose meaning cannot be trusted comes out broken, and is reported. */
export function parseStatement(node: Mapping, place: Place, report: Report): Statement | Broken {
  const faults: string[] = [];
  const fault = (reason: string): void => {
    faults.push(reason);
  };
  reportUnknownElements(node, fault, report);
  const sid = parseSid(find(node, 'Sid'), report);
  const effect = parseEffect(node, fault, report);
  const principal = parsePrincipals(node, fault, report);
  const action = parsePatterns(node, 'Action', 'NotAction', fault, report);
  const resource = parsePatterns(node, 'Resource', 'NotResource', fault, report);
  const conditionNode = find(node, 'Condition');
  const block = conditionNode && parseConditions(conditionNode, report);
  if (block?.fault !== undefined) fault(block.fault);
  const [reason] = faults;
  const common = { index: place.index, span: node.span, ...(sid === undefined ? {} : { sid }) };
  if (reason !== undefined || effect === undefined) {
    return {
      kind: 'broken',
      ...common,
      ...(effect === undefined ? {} : { effect }),
      reason: reason ?? 'its Effect is known only at deployment',
    };
  }
  // Under a condition that hides in a hole, whether the statement counts is what is unknown.
  const presence = (place.presence ?? '') + (block?.unknown.join('') ?? '');
  return {
    kind: 'statement',
    ...common,
    effect,
    ...(principal === undefined ? {} : { principal }),
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
    conditions: block?.conditions ?? [],
    ...(presence === '' ? {} : { presence }),
  };
}

type Fault = (reason: string) => void;

function reportUnknownElements(node: Mapping, fault: Fault, report: Report): void {
  for (const { key, keySpan } of effectiveEntries(node)) {
    if (statementElements.some((element) => element === key)) continue;
    const message = `a statement has no element \`${key}\``;
    fault(message);
    report(
      problem(
        'policy-unknown-element',
        message,
        keySpan,
        hintFor(key, statementElements, `remove it, or use one of ${statementElements.join(', ')}`),
      ),
    );
  }
}

function parseSid(node: Node | undefined, report: Report): Text | undefined {
  if (node === undefined) return undefined;
  const text = unknownShape(node) ?? scalarText(node);
  if (text === undefined) {
    const message = `the Sid is ${describe(node)}, not a string`;
    report(
      problem('policy-wrong-type', message, node.span, 'write a string, or leave the Sid out'),
    );
  }
  return text;
}

function parseEffect(node: Mapping, fault: Fault, report: Report): 'Allow' | 'Deny' | undefined {
  const effect = find(node, 'Effect');
  if (effect === undefined) {
    const message = 'the statement has no Effect, so it neither allows nor denies';
    fault(message);
    report(problem('policy-missing-effect', message, node.span, EFFECT_HINT));
    return undefined;
  }
  const text = unknownShape(effect) ?? scalarText(effect);
  // SOURCE: facts evaluation 2.3
  if (text === 'Allow' || text === 'Deny') return text;
  if (text !== undefined && hasHole(text)) {
    fault('its Effect is known only at deployment');
    return undefined;
  }
  const message =
    text === undefined
      ? `the Effect is ${describe(effect)}, not \`Allow\` or \`Deny\``
      : `the Effect \`${text}\` is neither \`Allow\` nor \`Deny\``;
  fault(message);
  const hint = text === undefined ? EFFECT_HINT : hintFor(text, ['Allow', 'Deny'], EFFECT_HINT);
  report(problem('policy-invalid-effect', message, effect.span, hint));
  return undefined;
}

const EFFECT_HINT = 'write `"Effect": "Allow"` or `"Effect": "Deny"`';

/** The one of an element and its negation that is there; both at once are a fault. */
function oneOf(
  node: Mapping,
  name: string,
  negatedName: string,
  fault: Fault,
  report: Report,
): { readonly value: Node; readonly name: string; readonly negated: boolean } | undefined {
  const plain = find(node, name);
  const negated = find(node, negatedName);
  if (plain !== undefined && negated !== undefined) {
    const message = `the statement has both ${name} and ${negatedName}`;
    fault(message);
    report(
      problem(
        'policy-contradicting-elements',
        message,
        negated.span,
        'keep one of them, or split the statement in two',
      ),
    );
  }
  if (plain !== undefined) return { value: plain, name, negated: false };
  return negated === undefined ? undefined : { value: negated, name: negatedName, negated: true };
}

function parsePatterns(
  node: Mapping,
  name: string,
  negatedName: string,
  fault: Fault,
  report: Report,
): PatternElement | undefined {
  const found = oneOf(node, name, negatedName, fault, report);
  if (found === undefined) return undefined;
  const items = parseItems(found.value, found.name, 'strings', report);
  if (items === undefined) {
    fault(`its ${found.name} is not a string or a list of strings`);
    return undefined;
  }
  if (items.length === 0) reportEmpty(found.name, found.value, report);
  const patterns = items.map(({ text, span }) => ({ text, span }));
  return { negated: found.negated, patterns, span: found.value.span };
}

function reportEmpty(name: string, node: Node, report: Report): void {
  report(
    problem(
      'policy-empty-element',
      `${name} lists nothing, which AWS refuses`,
      node.span,
      `name at least one entry, or remove the statement`,
      'warning',
    ),
  );
}

function parsePrincipals(
  node: Mapping,
  fault: Fault,
  report: Report,
): PrincipalElement | undefined {
  const found = oneOf(node, 'Principal', 'NotPrincipal', fault, report);
  if (found === undefined) return undefined;
  const entries = parseEntries(found.value, found.name, report);
  if (entries === undefined) {
    fault(`its ${found.name} cannot be read`);
    return undefined;
  }
  if (entries.length === 0) reportEmpty(found.name, found.value, report);
  return { negated: found.negated, entries, span: found.value.span };
}

function parseEntries(
  node: Node,
  name: string,
  report: Report,
): readonly PrincipalEntry[] | undefined {
  const bare = unknownShape(node) ?? scalarText(node);
  if (bare !== undefined) return [entryOf('*', bare, node.span)];
  if (node.kind !== 'mapping') {
    const message = `${name} is ${describe(node)}, not \`*\` or an object`;
    report(problem('policy-wrong-type', message, node.span, PRINCIPAL_SHAPE));
    return undefined;
  }
  const entries: PrincipalEntry[] = [];
  let isSound = true;
  for (const { key, keySpan, value } of effectiveEntries(node)) {
    // An account id is often written as a number, in YAML above all.
    const accepts = key === 'AWS' ? 'scalars' : 'strings';
    const items = isPrincipalType(key)
      ? parseItems(value, `${name}.${key}`, accepts, report)
      : undefined;
    if (items === undefined) isSound = false;
    if (isPrincipalType(key)) {
      for (const { text, span } of items ?? []) entries.push(entryOf(key, text, span));
    } else {
      const message = `\`${key}\` is not a type of principal`;
      const hint = hintFor(key, principalTypes, `use one of ${principalTypes.join(', ')}`);
      report(problem('policy-unknown-principal-type', message, keySpan, hint));
    }
  }
  return isSound ? entries : undefined;
}

const PRINCIPAL_SHAPE = 'write `"*"` or `{"AWS": "arn:aws:iam::111122223333:role/app"}`';

function isPrincipalType(text: string): text is PrincipalType {
  return principalTypes.some((type) => type === text);
}

function entryOf(
  type: PrincipalEntry['type'],
  text: Text,
  span: PrincipalEntry['span'],
): PrincipalEntry {
  return { type, text, form: parsePrincipal(type, text), span };
}
