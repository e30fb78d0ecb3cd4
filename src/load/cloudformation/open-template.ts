import { find, type Entry, type Node, type Source } from '../../source/index.js';
import { commentDirectives } from '../directives.js';
import { parseDocuments } from '../documents.js';
import { knownValue, type Given } from './parameters.js';
import type { Report } from './report.js';
import { expandServerless } from './sam/expand-serverless.js';
import { readTemplate, type Template } from './template.js';

/**
 * Parses a template in JSON or YAML, also inside of what `cloudformation get-template` prints;
 * `undefined` for what has no resources, such as a file that could not be parsed, which is reported.
 */
export function openTemplate(source: Source, given: Given, report: Report): Template | undefined {
  const { value, diagnostics } = parseDocuments(source);
  diagnostics.forEach(report);
  const [document] = value.nodes;
  const root = find(document, 'TemplateBody') ?? document;
  if (root?.kind !== 'mapping' || !find(root, 'Resources')) return undefined;
  const listOf = (parameter: Entry): Node | undefined => knownValue(parameter, given);
  const template = expandServerless(readTemplate(source, root, report, listOf));
  return { ...template, directives: commentDirectives(value.comments, [root]) };
}
