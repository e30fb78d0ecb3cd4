import { decodeText, find, findPath, textOf, type Files, type Node } from '../../source/index.js';
import type { Source, Span } from '../../source/index.js';
import { parseDocuments } from '../documents.js';
import type { LoadSettings } from '../loader.js';
import { folderOf, inFolder, normalPath } from '../paths.js';

/** One stack of a CDK app, as the manifest of its output folder has it. */
export interface AssemblyStack {
  readonly id: string;
  readonly stackName: string;
  readonly templatePath: string;
  /** Account and Region, each absent where the app leaves it open. */
  readonly environment: Pick<LoadSettings, 'account' | 'region'>;
  readonly span: Span;
}

export const MANIFEST = 'manifest.json';

/**
 * The stacks in the manifest of a CDK output folder.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html (cloud assembly)
 */
export function stacksOf(manifest: Source): readonly AssemblyStack[] {
  const artifacts = find(parseDocuments(manifest).value.nodes[0], 'artifacts');
  if (artifacts?.kind !== 'mapping') return [];
  const folder = folderOf(manifest.path);
  return artifacts.entries.flatMap(({ key: id, keySpan: span, value }) => {
    const file = textOf(findPath(value, 'properties', 'templateFile'));
    if (textOf(find(value, 'type')) !== 'aws:cloudformation:stack' || file === undefined) return [];
    const stackName = textOf(findPath(value, 'properties', 'stackName')) ?? id;
    const templatePath = normalPath(inFolder(folder, file));
    return [{ id, stackName, templatePath, environment: environmentIn(value), span }];
  });
}

function environmentIn(artifact: Node): AssemblyStack['environment'] {
  const named = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(textOf(find(artifact, 'environment')) ?? '');
  const [, account = 'unknown-account', region = 'unknown-region'] = named ?? [];
  return {
    ...(account !== 'unknown-account' && { account }),
    ...(region !== 'unknown-region' && { region }),
  };
}

/** What the manifest beside a template says of where it is deployed. */
export function environmentOf(templatePath: string, files: Files): AssemblyStack['environment'] {
  if (!templatePath.endsWith('.template.json')) return {};
  const path = normalPath(inFolder(folderOf(templatePath), MANIFEST));
  const bytes = files.read(path);
  const manifest = bytes instanceof Uint8Array ? decodeText(path, bytes).value : undefined;
  const stacks = manifest ? stacksOf(manifest) : [];
  return stacks.find((stack) => stack.templatePath === normalPath(templatePath))?.environment ?? {};
}
