import { nearestName } from '../policy/index.js';
import { findEntry, wholeOf, type Diagnostic, type Node, type Span } from '../source/index.js';
import type { SchemaError } from './validate.js';

/** Something that was checked by a schema: its text as a tree, or only its path where it is code. */
export type Checked =
  { readonly kind: 'text'; readonly node: Node } | { readonly kind: 'code'; readonly path: string };

/** What a schema finds wrong, said for people, each at its place. */
export function schemaProblems(
  errors: readonly SchemaError[],
  checked: Checked,
): readonly Diagnostic[] {
  return errors
    .flatMap((error) => problemOf(error, checked) ?? [])
    .sort((a, b) => a.span.start - b.span.start);
}

function problemOf(error: SchemaError, checked: Checked): Diagnostic | undefined {
  const { keyword, instancePath, params, parentSchema, data } = error;
  const steps = stepsOf(instancePath);
  const name = nameOf(steps);
  const at = placeOf(checked, steps);
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const place = placeOf(checked, steps, key);
      return unknownKey(key, name, Object.keys(parentSchema.properties ?? {}), place);
    }
    case 'required': {
      const key = String(params['missingProperty']);
      return problem('missing-key', `${calledOf(name)} has no \`${key}\``, at, `add \`${key}\``);
    }
    case 'type':
      return wrongType(name, String(params['type']), data, at);
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
      return wrongWord(name, data, allowed, at);
    }
    case 'pattern': {
      const what = parentSchema.description ?? `text like ${String(params['pattern'])}`;
      return problem('wrong-value', `${valueOf(name, data)} is not ${what}`, at);
    }
    // Says once more that what stands under `then` or `else` is wrong.
    case 'if':
      return undefined;
    default:
      return problem('wrong-value', `${calledOf(name)} ${error.message ?? 'is wrong'}`, at);
  }
}

function unknownKey(
  key: string,
  where: string | undefined,
  known: readonly string[],
  at: Span,
): Diagnostic {
  if (where === 'rules' || where?.endsWith('.rules') === true) {
    const nearest = nearestName(key, known);
    const hint =
      nearest === undefined ? '`keyproof rules` lists them' : `did you mean \`${nearest}\`?`;
    return problem('unknown-key', `there is no rule \`${key}\``, at, hint);
  }
  const inside = where === undefined ? '' : ` in \`${where}\``;
  return problem('unknown-key', `unknown key \`${key}\`${inside}`, at, hintFor(key, known));
}

function hintFor(word: string, known: readonly string[]): string {
  const nearest = nearestName(word, known);
  if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
  return `known here: ${known.map((each) => `\`${each}\``).join(', ')}`;
}

function wrongType(name: string | undefined, wanted: string, data: unknown, at: Span): Diagnostic {
  const what = typeNames[wanted] ?? wanted;
  const message = `${valueOf(name, data)} is not ${what}`;
  const isUnquoted = wanted === 'string' && (typeof data === 'number' || typeof data === 'boolean');
  return problem('wrong-value', message, at, isUnquoted ? 'put it in quotes' : undefined);
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a mapping of keys to values',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  'integer,null': 'a whole number or `null`',
};

function wrongWord(
  name: string | undefined,
  data: unknown,
  allowed: readonly string[],
  at: Span,
): Diagnostic {
  const words = allowed.map((each) => `\`${each}\``).join(', ');
  const nearest = typeof data === 'string' ? nearestName(data, allowed) : undefined;
  const hint = nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
  return problem('wrong-value', `${valueOf(name, data)} is not one of ${words}`, at, hint);
}

/** How a message calls a value: by its key, and as it stands there if that is short. */
function valueOf(name: string | undefined, data: unknown): string {
  const key = calledOf(name);
  return typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean'
    ? `${key}: \`${String(data)}\``
    : key;
}

function calledOf(name: string | undefined): string {
  return name === undefined ? 'the whole of it' : `\`${name}\``;
}

function problem(code: string, message: string, span: Span, hint?: string): Diagnostic {
  return { code, severity: 'error', message, span, ...(hint === undefined ? {} : { hint }) };
}

/** The keys and indices of a JSON pointer. */
function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function nameOf(steps: readonly string[]): string | undefined {
  if (steps.length === 0) return undefined;
  return steps
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}

/** Where a value stands, or a key in it. */
function placeOf(checked: Checked, steps: readonly string[], key?: string): Span {
  if (checked.kind === 'code') return wholeOf({ path: checked.path, text: '' });
  let { node } = checked;
  for (const step of steps) node = insideOf(node, step) ?? node;
  return key === undefined ? node.span : (findEntry(node, key)?.keySpan ?? node.span);
}

function insideOf(node: Node, step: string): Node | undefined {
  return node.kind === 'sequence' ? node.items[Number(step)] : findEntry(node, step)?.value;
}
