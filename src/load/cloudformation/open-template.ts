import type { Comment, Node, Source } from '../../source/index.js';
import { parseDocuments } from '../documents.js';
import { expandServerless } from './sam/expand-serverless.js';
import { readTemplate, type Report, type Template } from './template.js';

export interface Opened {
  readonly template: Template;
  readonly root: Node;
  readonly comments: readonly Comment[];
}

/** Parses a template in JSON or YAML; `undefined` where nothing could be read, which is reported. */
export function openTemplate(source: Source, report: Report): Opened | undefined {
  const { value, diagnostics } = parseDocuments(source);
  diagnostics.forEach(report);
  const [root] = value.nodes;
  if (root === undefined) return undefined;
  const template = expandServerless(readTemplate(source, root, report));
  return { template, root, comments: value.comments };
}
