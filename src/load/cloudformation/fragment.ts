import type { Files, Node, Source } from '../../source/index.js';
import type { LoadSettings } from '../loader.js';
import { rootStack } from './root-stack.js';
import { readTemplate } from './template.js';

/**
 * A part of a template that lies in a file of its own, such as a policy that a template includes,
 * with its intrinsic functions worked out. What they refer to is in a template that is not at hand,
 * so it stays unknown; `undefined` where the whole part is `AWS::NoValue`.
 */
export function evaluateFragment(
  node: Node,
  source: Source,
  settings: LoadSettings & { readonly unit: string },
  files: Files,
): Node | undefined {
  const report = (): void => {
    // Names that this file does not define are no mistake in it.
  };
  const nothing: Node = { kind: 'mapping', entries: [], span: node.span };
  const template = readTemplate(source, nothing, report, () => undefined);
  const { unit } = settings;
  const imported = (): undefined => undefined;
  const stack = rootStack({ unit, prefix: '', template, settings, files, report, imported });
  return stack.evaluate(node);
}
