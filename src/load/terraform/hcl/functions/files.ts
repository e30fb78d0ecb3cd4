import { decodeText, wholeOf, type Source } from '../../../../source/index.js';
import { inFolder, normalPath } from '../../../paths.js';
import { spelledText } from '../value.js';
import { known, open, type CallSite, type TerraformFunction } from './function.js';

/** Functions that read files, of which those of the tree are at hand. */
export const files: Readonly<Record<string, TerraformFunction>> = {
  file: ([path], call) => {
    const source = sourceAt(known(path), call);
    if (source === undefined) return open(call);
    return spelledText([{ text: source.text, span: wholeOf(source) }], wholeOf(source));
  },
  templatefile: ([path, names], call) => {
    const source = sourceAt(known(path), call);
    if (source === undefined || names?.kind !== 'mapping') return open(call);
    const given = new Map(names.entries.map(({ key, value }) => [key, value]));
    return call.renderTemplate(source.path, source.text, given);
  },
  fileexists: ([path], call) => {
    const text = known(path);
    if (text === undefined) return open(call);
    return { kind: 'scalar', value: sourceAt(text, call) !== undefined, span: call.span };
  },
};

/** The text of a file; paths are relative to the working directory, or to the root module. */
function sourceAt(path: string | undefined, { files: tree, folder }: CallSite): Source | undefined {
  if (path === undefined) return undefined;
  for (const place of [normalPath(path), normalPath(inFolder(folder, path))]) {
    const bytes = tree.read(place);
    if (bytes instanceof Uint8Array) return decodeText(place, bytes).value;
  }
  return undefined;
}
