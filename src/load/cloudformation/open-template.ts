import type { Comment, Node, Source } from '../../source/index.js';
import { parseDocuments } from '../documents.js';
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
  return root && { template: readTemplate(source, root, report), root, comments: value.comments };
}
