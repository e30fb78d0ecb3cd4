import { find, itemsOf, textOf, type Node } from '../../../source/index.js';
import type { Resource } from '../template.js';

/**
 * The properties of a serverless resource with those of `Globals` added: values of the resource win,
 * lists are joined, mappings are merged.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(resource: Resource, globals: Node | undefined): Node | undefined {
  const section = resource.type.replace('AWS::Serverless::', '');
  const shared = find(globals, section);
  if (shared?.kind !== 'mapping') return resource.properties;
  const ignored = itemsOf(resource.ignoredGlobals).map(textOf);
  if (ignored.includes('*')) return resource.properties;
  const kept = { ...shared, entries: shared.entries.filter(({ key }) => !ignored.includes(key)) };
  return resource.properties ? mergedNode(kept, resource.properties) : kept;
}

function mergedNode(shared: Node, own: Node): Node {
  if (shared.kind === 'sequence' && own.kind === 'sequence') {
    return { ...own, items: [...shared.items, ...own.items] };
  }
  if (shared.kind !== 'mapping' || own.kind !== 'mapping') return own;
  if (isFunction(shared) || isFunction(own)) return own;
  const added = shared.entries.filter(({ key }) => find(own, key) === undefined);
  const merged = own.entries.map((entry) => {
    const global = find(shared, entry.key);
    return global ? { ...entry, value: mergedNode(global, entry.value) } : entry;
  });
  return { ...own, entries: [...added, ...merged] };
}

/** Whether a mapping is an intrinsic function rather than data. */
export function isFunction(node: Node): boolean {
  const [only] = node.kind === 'mapping' ? node.entries : [];
  return (
    node.kind === 'mapping' &&
    node.entries.length === 1 &&
    only !== undefined &&
    (only.key === 'Ref' || only.key.startsWith('Fn::'))
  );
}
