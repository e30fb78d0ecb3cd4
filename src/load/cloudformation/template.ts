import { find, type Diagnostic, type Entry, type Mapping, type Node } from '../../source/index.js';
import type { Source, Span } from '../../source/index.js';
import { expandLoops, isLoop } from './for-each.js';

/** A template, its sections indexed and its loops unrolled; nothing in it is evaluated yet. */
export interface Template {
  readonly source: Source;
  readonly parameters: ReadonlyMap<string, Entry>;
  readonly mappings: ReadonlyMap<string, Entry>;
  readonly conditions: ReadonlyMap<string, Entry>;
  readonly outputs: ReadonlyMap<string, Entry>;
  readonly resources: ReadonlyMap<string, Resource>;
  /** Names of macros that rewrite the whole template at deployment. */
  readonly transforms: readonly string[];
  readonly globals?: Node;
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

export interface Report {
  (diagnostic: Diagnostic): void;
}

/** Indexes the sections of a template. What has a wrong shape is reported and left out. */
export function readTemplate(source: Source, root: Mapping, report: Report): Template {
  const section = (name: string): ReadonlyMap<string, Entry> =>
    new Map(entriesOf(find(root, name), name, report).map((entry) => [entry.key, entry]));
  const globals = find(root, 'Globals');
  return {
    source,
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    outputs: section('Outputs'),
    resources: readResources(find(root, 'Resources'), report),
    transforms: transformsOf(find(root, 'Transform')),
    ...(globals && { globals }),
  };
}

function entriesOf(node: Node | undefined, name: string, report: Report): readonly Entry[] {
  if (node === undefined || isNothing(node)) return [];
  if (node.kind === 'mapping') {
    const { entries } = expandLoops(node);
    for (const { key, keySpan } of entries.filter(isLoop)) {
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

function readResources(node: Node | undefined, report: Report): ReadonlyMap<string, Resource> {
  const resources = new Map<string, Resource>();
  for (const entry of entriesOf(node, 'Resources', report)) {
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

function transformsOf(node: Node | undefined): readonly string[] {
  const nodes = node?.kind === 'sequence' ? node.items : node ? [node] : [];
  return nodes.flatMap((item) => {
    const name = item.kind === 'mapping' ? find(item, 'Name') : item;
    return name?.kind === 'scalar' && typeof name.value === 'string' ? [name.value] : [];
  });
}

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && (node.value === null || node.value === '');
}

function shape(span: Span, message: string, hint: string): Diagnostic {
  return { code: 'cloudformation-shape', severity: 'error', message, span, hint };
}
