import type { Node, Span, Text } from '../../source/index.js';
import { lookup } from '../lookup.js';
import { textNode } from '../make-node.js';
import { attributeHole, type Resource } from './resource.js';
import { findResourceType, type ResourceType } from './types/index.js';
import { textAt, valueAt } from './values.js';

/**
 * What a reference to an attribute of a resource gives: the argument of that name, or else what its
 * type tells, as far as the parts of it are known.
 */
export function attributeOf(resource: Resource, name: string, span: Span): Node {
  const given = valueAt(resource.body, name);
  if (given !== undefined) return given;
  const type = findResourceType(resource.type);
  const template = type && templateOf(type, name);
  if (type === undefined || template === undefined) {
    return textNode(attributeHole(resource, name), span);
  }
  return textNode(write(template, resource, type), span);
}

/** The ARN of a resource; a hole where its type is not known. */
export function arnOf(resource: Resource): Text {
  const given = textAt(resource, 'arn');
  if (given !== undefined) return given;
  const type = findResourceType(resource.type);
  return type ? write('{arn}', resource, type) : attributeHole(resource, 'arn');
}

/** What the attribute `id` gives. */
export function idOf(resource: Resource): Text {
  const given = textAt(resource, 'id');
  if (given !== undefined) return given;
  const type = findResourceType(resource.type);
  return type ? write(type.id ?? '{name}', resource, type) : attributeHole(resource, 'id');
}

/** The name of a resource, a hole where AWS or the provider makes it up. */
export function nameOf(resource: Resource): Text {
  const type = findResourceType(resource.type);
  return type ? write('{name}', resource, type) : attributeHole(resource, 'name');
}

/** Whether the configuration itself names the resource, so that a recreated one has the same name. */
export function isNamed(resource: Resource): boolean {
  const name = findResourceType(resource.type)?.name;
  return name !== undefined && textAt(resource, name) !== undefined;
}

function templateOf(type: ResourceType, name: string): string | undefined {
  if (name === 'arn') return '{arn}';
  if (name === 'id') return type.id ?? '{name}';
  if (name === type.name) return '{name}';
  return lookup(type.attributes ?? {}, name);
}

function write(template: string, resource: Resource, type: ResourceType): Text {
  return template.replaceAll(/\{(\w+)\}/g, (_, part: string) => partOf(part, resource, type));
}

function partOf(part: string, resource: Resource, type: ResourceType): Text {
  switch (part) {
    case 'name': {
      const name = type.name === undefined ? undefined : textAt(resource, type.name);
      return name ?? knownName(resource, type) ?? attributeHole(resource, madeUpName(type));
    }
    case 'arn':
      return textAt(resource, 'arn') ?? write(`arn:{partition}:${type.arn}`, resource, type);
    case 'path':
      return textAt(resource, 'path') ?? '/';
    case 'bucket':
      return textAt(resource, 'bucket') ?? attributeHole(resource, 'bucket');
    case 'account':
    case 'region':
    case 'partition':
      return resource.place[part];
  }
  return attributeHole(resource, part === 'id' ? 'unique_id' : part);
}

/** The name of a thing that exists already, out of the attribute that gives it. */
function knownName(resource: Resource, type: ResourceType): Text | undefined {
  const name = madeUpName(type);
  return name === 'id' && type.id !== undefined ? undefined : textAt(resource, name);
}

/** The attribute that gives a name which AWS makes up. */
function madeUpName({ name, attributes = {} }: ResourceType): string {
  const named = Object.entries(attributes).find(([, template]) => template === '{name}');
  return name ?? named?.[0] ?? 'id';
}
