import { nearestName } from '../../../policy/index.js';
import type { Diagnostic, Span } from '../../../source/index.js';
import type { Module } from './module.js';
import type { Block, Body, Expression, TemplatePart } from './syntax.js';

/**
 * References to what no file of the module declares. For modules of which all files are there; where much
 * is missing, the module is a part of something, and one diagnostic says so.
 */
export function checkReferences(module: Module): readonly Diagnostic[] {
  const known = namesOf(module);
  const missing = new Map<string, Reference>();
  for (const reference of referencesIn(module)) {
    const spelling = prefixes[reference.kind] + reference.name;
    const isDeclared = known[reference.kind].has(reference.name);
    if (!isDeclared && !missing.has(spelling)) missing.set(spelling, reference);
  }
  const [first] = missing.values();
  if (first && missing.size > LISTED_MAX) return [manyMissing(missing.size, first)];
  return [...missing].map(([spelling, { kind, name, span }]) => {
    const nearest = nearestName(name, [...known[kind]]);
    return warning(
      `this module declares no ${what[kind]} \`${spelling}\`, so what refers to it is unknown`,
      span,
      nearest === undefined
        ? 'declare it, or correct the name'
        : `did you mean \`${prefixes[kind]}${nearest}\`?`,
    );
  });
}

const LISTED_MAX = 8;

function manyMissing(count: number, { kind, name, span }: Reference): Diagnostic {
  return warning(
    `this module declares none of ${String(count)} things that it refers to, such as \`${prefixes[kind]}${name}\`, so they are unknown`,
    span,
    'lint the folder with all of its files',
  );
}

function warning(message: string, span: Span, hint: string): Diagnostic {
  return { code: 'terraform-reference', severity: 'warning', message, span, hint };
}

type Kind = 'variable' | 'local' | 'module' | 'resource' | 'data';

const what: Readonly<Record<Kind, string>> = {
  variable: 'variable',
  local: 'local value',
  module: 'module',
  resource: 'resource',
  data: 'data source',
};

const prefixes: Readonly<Record<Kind, string>> = {
  variable: 'var.',
  local: 'local.',
  module: 'module.',
  resource: '',
  data: 'data.',
};

function namesOf(module: Module): Readonly<Record<Kind, ReadonlySet<string>>> {
  const addresses = (blocks: readonly Block[]): ReadonlySet<string> =>
    new Set(blocks.map(({ labels }) => labels.join('.')));
  return {
    variable: new Set(module.variables.keys()),
    local: new Set(module.locals.keys()),
    module: new Set(module.calls.keys()),
    resource: addresses(module.resources),
    data: addresses(module.data),
  };
}

interface Reference {
  readonly kind: Kind;
  readonly name: string;
  readonly span: Span;
}

function* referencesIn(module: Module): Generator<Reference> {
  for (const { body } of module.files) {
    for (const block of body.blocks) {
      // What these speak of is gone, or not there yet, or the name of a type.
      if (/^(?:moved|removed|import|terraform|variable|provider|check)$/.test(block.type)) continue;
      yield* inBody(block.body, new Set());
    }
  }
}

/** Arguments of the language that name things in a way of their own. */
const named: ReadonlySet<string> = new Set(['provider', 'providers', 'depends_on', 'iterator']);

function* inBody(body: Body, names: ReadonlySet<string>): Generator<Reference> {
  for (const { name, value } of body.attributes) {
    if (!named.has(name)) yield* inExpression(value, names);
  }
  for (const block of body.blocks) {
    if (block.type === 'lifecycle') continue;
    const own = block.type === 'dynamic' ? iteratorsOf(block) : [];
    yield* inBody(block.body, new Set([...names, ...own]));
  }
}

function iteratorsOf({ labels, body }: Block): readonly string[] {
  const iterator = body.attributes.find(({ name }) => name === 'iterator')?.value;
  return iterator?.kind === 'name' ? [iterator.name] : labels;
}

/** Names that mean something everywhere. */
const builtIn: ReadonlySet<string> = new Set(['each', 'count', 'self', 'path', 'terraform']);

function* inExpression(expression: Expression, names: ReadonlySet<string>): Generator<Reference> {
  const reference = referenceOf(expression, names);
  if (reference) {
    yield reference;
    return;
  }
  if (expression.kind === 'template') {
    yield* inParts(expression.parts, names);
  } else if (expression.kind === 'for') {
    yield* inExpression(expression.over, names);
    const inside = new Set([...names, expression.keyName ?? '', expression.valueName]);
    const parts = [expression.key, expression.value, expression.condition];
    for (const part of parts) if (part) yield* inExpression(part, inside);
  } else {
    for (const part of partsOf(expression)) yield* inExpression(part, names);
  }
}

function* inParts(
  parts: readonly TemplatePart[],
  names: ReadonlySet<string>,
): Generator<Reference> {
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        break;
      case 'value':
        yield* inExpression(part.value, names);
        break;
      case 'if':
        yield* inExpression(part.condition, names);
        yield* inParts([...part.then, ...part.otherwise], names);
        break;
      case 'for': {
        yield* inExpression(part.over, names);
        yield* inParts(part.body, new Set([...names, part.keyName ?? '', part.valueName]));
        break;
      }
    }
  }
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'list':
      return expression.items;
    case 'object':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'index':
      return [expression.of, expression.key];
    case 'splat':
    case 'attribute':
      return [expression.of];
    case 'call':
      return expression.arguments;
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'operation':
      return expression.left ? [expression.left, expression.right] : [expression.right];
    case 'literal':
    case 'name':
    case 'broken':
    case 'for':
    case 'template':
      return [];
  }
}

/** What `var.x`, `data.t.n` or `t.n` refers to. */
function referenceOf(expression: Expression, names: ReadonlySet<string>): Reference | undefined {
  if (expression.kind !== 'attribute') return undefined;
  const { of, name, span } = expression;
  if (of.kind === 'attribute' && of.of.kind === 'name' && of.of.name === 'data') {
    return names.has('data') ? undefined : { kind: 'data', name: `${of.name}.${name}`, span };
  }
  if (of.kind !== 'name' || names.has(of.name) || builtIn.has(of.name) || of.name === 'data') {
    return undefined;
  }
  switch (of.name) {
    case 'var':
      return { kind: 'variable', name, span };
    case 'local':
      return { kind: 'local', name, span };
    case 'module':
      return { kind: 'module', name, span };
  }
  // A bare word with a dot that is no type of a provider is something else.
  return of.name.includes('_') ? { kind: 'resource', name: `${of.name}.${name}`, span } : undefined;
}
