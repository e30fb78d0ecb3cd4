import { passedText } from '../passed.js';
import { decodeText, find, findPath, hasHole, textOf } from '../../source/index.js';
import type { Files } from '../../source/index.js';
import { folderOf, inFolder, normalPath } from '../paths.js';
import { openTemplate } from './open-template.js';
import type { Given } from './parameters.js';
import { warn, type Stack } from './stack.js';
import type { Resource, Template } from './template.js';

/** A template to be created with some values. */
export interface Nested {
  readonly template: Template;
  readonly given: Given;
}

/** The template of a nested stack, where it is a file beside the one that creates it. */
export function readNested(resource: Resource, from: Stack, files: Files): Nested | undefined {
  const path = nestedPath(resource, from);
  if (path === undefined) return undefined;
  const bytes = files.read(path);
  if (!(bytes instanceof Uint8Array)) {
    const message = `the template \`${path}\` of the nested stack \`${resource.id}\` cannot be read, so that stack is not analysed`;
    const hint = 'add the file, or correct the path';
    warn(from, 'cloudformation-nested', message, resource.idSpan, hint);
    return undefined;
  }
  const { value: source, diagnostics } = decodeText(path, bytes);
  diagnostics.forEach(from.report);
  const given = givenTo(resource, from);
  const template = source && openTemplate(source, given, from.report);
  return template && { template, given };
}

function givenTo(resource: Resource, from: Stack): Given {
  const parameters = find(resource.properties, 'Parameters');
  const value = parameters && from.evaluate(parameters);
  if (value?.kind !== 'mapping') return new Map();
  return new Map(value.entries.map((entry) => [entry.key, entry.value]));
}

/** The local path of a nested stack's template; `undefined` where it is fetched from elsewhere. */
export function nestedPath(resource: Resource, from: Stack): string | undefined {
  if (resource.type !== 'AWS::CloudFormation::Stack') return undefined;
  const folder = folderOf(from.template.source.path);
  // The AWS CDK says where the template is before it is uploaded.
  if (textOf(findPath(resource.metadata, 'aws:asset:property')) === 'TemplateURL') {
    const asset = textOf(findPath(resource.metadata, 'aws:asset:path'));
    if (asset !== undefined) return pathFrom(folder, asset);
  }
  const url = find(resource.properties, 'TemplateURL');
  const location = passedText(url && from.evaluate(url));
  if (location === undefined || hasHole(location) || /^[a-z][a-z0-9+.-]*:/i.test(location)) {
    return undefined;
  }
  return pathFrom(folder, location);
}

function pathFrom(folder: string, path: string): string {
  return normalPath(path.startsWith('/') ? path : inFolder(folder, path));
}
