import { passedText } from '../passed.js';
import { find, findPath, type Node, type Span, type Text } from '../../source/index.js';
import { lookup } from '../lookup.js';
import { textNode } from '../make-node.js';
import { parameterValue } from './parameters.js';
import { ownHole, warn, type Stack } from './stack.js';
import type { Resource } from './template.js';
import { findResourceType, type ResourceType } from './types/index.js';
import { movedTo, unresolved } from './value.js';

/** What `Ref` of a name gives: a pseudo parameter, a parameter or a resource. */
export function refer(name: string, span: Span, stack: Stack): Node | undefined {
  if (name.startsWith('AWS::')) return pseudoParameter(name, span, stack);
  const parameter = stack.template.parameters.get(name);
  if (parameter) return movedTo(parameterValue(parameter, stack), span);
  const resource = stack.template.resources.get(name);
  if (resource) return textNode(refOf(resource, stack), span);
  // SAM names what it makes for a resource after it: `Function.Alias`.
  const [owner = ''] = name.split('.');
  if (stack.template.resources.has(owner)) return textNode(ownHole(stack, name), span);
  const message = `\`${name}\` is neither a parameter nor a resource of this template`;
  warn(stack, 'cloudformation-reference', message, span, 'define it, or correct the name');
  return textNode(ownHole(stack, name), span);
}

function pseudoParameter(name: string, span: Span, stack: Stack): Node | undefined {
  const { account, region, partition, urlSuffix, stackName } = stack.place;
  switch (name) {
    case 'AWS::NoValue':
      return undefined;
    case 'AWS::AccountId':
      return textNode(account, span);
    case 'AWS::Region':
      return textNode(region, span);
    case 'AWS::Partition':
      return textNode(partition, span);
    case 'AWS::URLSuffix':
      return textNode(urlSuffix, span);
    case 'AWS::StackName':
      return textNode(stackName, span);
    case 'AWS::StackId': {
      const id = ownHole(stack, 'AWS::StackId');
      const arn = `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${id}`;
      return textNode(arn, span);
    }
    case 'AWS::NotificationARNs':
      return unresolved(ownHole(stack, name), span);
  }
  const message = `\`${name}\` is not a pseudo parameter`;
  warn(stack, 'cloudformation-reference', message, span, 'check its spelling');
  return textNode(ownHole(stack, name), span);
}

/** What `Fn::GetAtt` of a resource gives. */
export function attribute(id: string, name: string, span: Span, stack: Stack): Node | undefined {
  const resource = stack.template.resources.get(id);
  if (resource === undefined) {
    const message = `\`${id}\` is not a resource of this template`;
    warn(stack, 'cloudformation-reference', message, span, 'define it, or correct the name');
    return textNode(ownHole(stack, `${id}.${name}`), span);
  }
  if (name.startsWith('Outputs.')) {
    const nested = stack.nested(resource);
    const value = nested && outputOf(name.slice('Outputs.'.length), nested);
    if (value) return movedTo(value, span);
  }
  const type = findResourceType(resource.type);
  const own = lookup(type?.attributes ?? {}, name);
  const template = own ?? (type && name === 'Arn' ? '{arn}' : undefined);
  const text =
    type && template !== undefined
      ? write(template, resource, type, stack)
      : ownHole(stack, `${id}.${name}`);
  return textNode(text, span);
}

/** The value of an output, where the stack has it. */
export function outputOf(name: string, stack: Stack): Node | undefined {
  const { outputs } = stack.memory;
  if (outputs.has(name)) return outputs.get(name);
  outputs.set(name, undefined);
  const output = stack.template.outputs.get(name)?.value;
  const condition = find(output, 'Condition');
  const absent =
    condition?.kind === 'scalar' &&
    typeof condition.value === 'string' &&
    stack.holds(condition.value, condition.span) === false;
  const node = find(output, 'Value');
  const value = absent || node === undefined ? undefined : stack.evaluate(node);
  outputs.set(name, value);
  return value;
}

export function refOf(resource: Resource, stack: Stack): Text {
  const type = findResourceType(resource.type);
  return type ? write(type.ref ?? '{name}', resource, type, stack) : ownHole(stack, resource.id);
}

/** The ARN of a resource; a hole where its type is not known. */
export function arnOf(resource: Resource, stack: Stack): Text {
  const type = findResourceType(resource.type);
  return type ? write('{arn}', resource, type, stack) : ownHole(stack, `${resource.id}.Arn`);
}

/** The name of a resource, a hole where AWS makes it up. */
export function nameOf(resource: Resource, stack: Stack): Text {
  const type = findResourceType(resource.type);
  return type ? write('{name}', resource, type, stack) : ownHole(stack, resource.id);
}

/** Whether the template itself names the resource, so that a recreated one has the same name. */
export function isNamed(resource: Resource, stack: Stack): boolean {
  return property(findResourceType(resource.type)?.name, resource, stack) !== undefined;
}

function write(template: string, resource: Resource, type: ResourceType, stack: Stack): Text {
  const mark = `${resource.id} ${template}`;
  const { texts } = stack.memory;
  // A name that refers to itself through others is unknown, not endless.
  if (texts.has(mark)) return texts.get(mark) ?? ownHole(stack, resource.id);
  texts.set(mark, undefined);
  const text = template.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
    partOf(part, resource, type, stack),
  );
  texts.set(mark, text);
  return text;
}

function partOf(part: string, resource: Resource, type: ResourceType, stack: Stack): Text {
  switch (part) {
    case 'name': {
      const given = property(type.name, resource, stack);
      const name = given !== undefined && type.nameIn ? type.nameIn(given) : given;
      return name ?? ownHole(stack, generatedName(resource));
    }
    case 'arn':
      return write(`arn:{partition}:${type.arn}`, resource, type, stack);
    case 'path':
      return property('Path', resource, stack) ?? '/';
    case 'id':
      return ownHole(stack, `${resource.id}.Id`);
    case 'suffix': {
      const given = property(type.name, resource, stack);
      return given === undefined ? '' : `-${ownHole(stack, `${resource.id}.Suffix`)}`;
    }
    case 'account':
    case 'region':
    case 'partition':
    case 'urlSuffix':
      return stack.place[part];
  }
  return ownHole(stack, `${resource.id}.${part}`);
}

/**
 * What a name that AWS makes up is called: where `Ref` gives it, as people write it, `Role`; else as
 * the attribute that gives it, `Topic.TopicName`.
 */
export function generatedName(resource: Resource): string {
  const type = findResourceType(resource.type);
  if (type?.ref === undefined) return resource.id;
  const named = Object.entries(type.attributes ?? {}).find(([, template]) => template === '{name}');
  return `${resource.id}.${named?.[0] ?? 'Name'}`;
}

function property(path: string | undefined, resource: Resource, stack: Stack): Text | undefined {
  if (path === undefined) return undefined;
  const node = findPath(resource.properties, ...path.split('.'));
  const text = passedText(node && stack.evaluate(node));
  return text === '' ? undefined : text;
}
