import type { Directive } from '../../inventory/index.js';
import {
  find,
  textOf,
  type Diagnostic,
  type Entry,
  type Mapping,
  type Node,
} from '../../source/index.js';
import type { Source, Span } from '../../source/index.js';
import { expandLoops, isLoop, wordsIn, type Words } from './for-each.js';
import type { Report } from './report.js';

/** A template, its sections indexed and its loops unrolled; nothing in it is evaluated yet. */
export interface Template {
  readonly source: Source;
  readonly parameters: ReadonlyMap<string, Entry>;
  readonly mappings: ReadonlyMap<string, Entry>;
  readonly conditions: ReadonlyMap<string, Entry>;
  readonly outputs: ReadonlyMap<string, Entry>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly globals?: Node;
  /** Suppressions in comments. */
  readonly directives: readonly Directive[];
}

export interface Resource {
  readonly id: string;
  readonly idSpan: Span;
  readonly type: string;
  readonly properties?: Node;
  readonly condition?: string;
  readonly metadata?: Node;
  /** SAM's attributes `IgnoreGlobals` and `Connectors`. */
  readonly ignoredGlobals?: Node;
  readonly connectors?: Node;
  /** From the logical id to the end of its value. */
  readonly span: Span;
}

/**
 * Indexes the sections of a template. What has a wrong shape is reported and left out. `listOf` gives
 * the value of a list parameter, for loops over it.
 */
export function readTemplate(
  source: Source,
  root: Mapping,
  report: Report,
  listOf: (parameter: Entry) => Node | undefined,
): Template {
  const parameters = byName(entriesOf(find(root, 'Parameters'), 'Parameters', report));
  const words: Words = (collection) => {
    const parameter = parameters.get(textOf(find(collection, 'Ref')) ?? '');
    return wordsIn(parameter ? listOf(parameter) : collection);
  };
  const section = (name: string): ReadonlyMap<string, Entry> =>
    byName(entriesOf(find(root, name), name, report, words));
  const globals = find(root, 'Globals');
  return {
    source,
    parameters,
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    outputs: section('Outputs'),
    resources: readResources(find(root, 'Resources'), report, words),
    ...(globals && { globals }),
    directives: [],
  };
}

function entriesOf(
  node: Node | undefined,
  name: string,
  report: Report,
  words: Words = wordsIn,
): readonly Entry[] {
  if (node === undefined || isNothing(node)) return [];
  if (node.kind === 'mapping') {
    const { entries } = expandLoops(node, words);
    const loops = new Map(entries.filter(isLoop).map((entry) => [entry.keySpan.start, entry]));
    for (const { key, keySpan } of loops.values()) {
      const message = `\`${key}\` loops over values known only at deployment, so what it makes is not analysed`;
      const hint = 'write the collection out, or analyse the processed template';
      report({ code: 'cloudformation-loop', severity: 'warning', message, span: keySpan, hint });
    }
    return entries;
  }
  report(
    shape(node.span, `\`${name}\` must be a mapping of names`, `write \`${name}\` as a mapping`),
  );
  return [];
}

function byName(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}

function readResources(
  node: Node | undefined,
  report: Report,
  words: Words,
): ReadonlyMap<string, Resource> {
  const resources = new Map<string, Resource>();
  for (const entry of entriesOf(node, 'Resources', report, words)) {
    const resource = readResource(entry, report);
    if (resource) resources.set(resource.id, resource);
  }
  return resources;
}

function readResource({ key, keySpan, value }: Entry, report: Report): Resource | undefined {
  if (key.startsWith('Fn::')) return undefined;
  const type = value.kind === 'mapping' ? find(value, 'Type') : undefined;
  if (value.kind !== 'mapping' || type?.kind !== 'scalar' || typeof type.value !== 'string') {
    const what =
      value.kind === 'mapping'
        ? `the resource \`${key}\` has no \`Type\`, so nothing is known of it`
        : `the resource \`${key}\` must be a mapping with a \`Type\``;
    report({
      ...shape(value.kind === 'mapping' ? keySpan : value.span, what, 'give it a `Type`'),
      severity: 'warning',
    });
    return undefined;
  }
  return {
    id: key,
    idSpan: keySpan,
    type: type.value,
    span: { source: keySpan.source, start: keySpan.start, end: value.span.end },
    ...attributesOf(value, key, report),
  };
}

function attributesOf(
  value: Mapping,
  id: string,
  report: Report,
): Omit<Resource, 'id' | 'idSpan' | 'type' | 'span'> {
  const properties = find(value, 'Properties');
  const metadata = find(value, 'Metadata');
  const condition = find(value, 'Condition');
  const ignoredGlobals = find(value, 'IgnoreGlobals');
  const connectors = find(value, 'Connectors');
  if (properties && properties.kind !== 'mapping' && !isNothing(properties)) {
    const what = `\`Properties\` of \`${id}\` must be a mapping`;
    report({
      ...shape(properties.span, what, 'write the properties by name'),
      severity: 'warning',
    });
  }
  return {
    ...(properties && { properties }),
    ...(metadata && { metadata }),
    ...(ignoredGlobals && { ignoredGlobals }),
    ...(connectors && { connectors }),
    ...(condition?.kind === 'scalar' &&
      typeof condition.value === 'string' && { condition: condition.value }),
  };
}

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && (node.value === null || node.value === '');
}

function shape(span: Span, message: string, hint: string): Diagnostic {
  return { code: 'cloudformation-shape', severity: 'error', message, span, hint };
}
