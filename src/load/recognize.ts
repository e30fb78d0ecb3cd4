import { decodeText, type Diagnostic, type Parsed, type Source } from '../source/index.js';
import { nowhere, STANDARD_INPUT, type Candidate } from './candidates.js';
import { parseDocuments } from './documents.js';
import type { LoadInput } from './load.js';
import type { LoadEntry, Loader } from './loader.js';

/** A file that shows the mark of at least one format. */
export interface Recognized {
  readonly candidate: Candidate;
  readonly entry: LoadEntry;
  /** In the order in which they are to be tried; not empty. */
  readonly loaders: readonly Loader[];
}

/**
 * Looks whether a file shows a format's mark. `undefined`: it does not, or cannot be read; a
 * diagnostic then says why, unless it is one of many that a walk came upon.
 */
export function recognize(
  { path, from }: Candidate,
  loaders: readonly Loader[],
  input: LoadInput,
): Parsed<Recognized | undefined> {
  // A walk comes upon pictures and programs; only these can hold what is looked for.
  if (from === 'walked' && !TEXT_FORMATS.test(path) && ownerOf(path, loaders) === undefined) {
    return passedOver;
  }
  const bytes = input.files.read(path);
  if (bytes === undefined) return failed(unreadable(path, 'it is gone'));
  if ('unreadable' in bytes) return failed(unreadable(path, bytes.unreadable));
  const shownAs = path === STANDARD_INPUT ? (input.stdinFilename ?? path) : path;
  const { value: source, diagnostics } = decodeText(shownAs, bytes);
  if (source === undefined) {
    const lenient = { path: shownAs, text: new TextDecoder().decode(bytes) };
    const isMeant = from === 'named' || takersOf(lenient, loaders).length > 0;
    return isMeant ? { value: undefined, diagnostics } : passedOver;
  }
  const takers = takersOf(source, loaders);
  if (takers.length === 0) return from === 'named' ? failed(...unrecognized(source)) : passedOver;
  const entry = { source, settings: input.settingsOf(shownAs) };
  return { value: { candidate: { path, from }, entry, loaders: takers }, diagnostics: [] };
}

// Values for Terraform that it does not read of itself are not meant unless they are named.
const TEXT_FORMATS =
  /(?<!\.tfvars)\.(?:json|ya?ml|template|cfn|tf)$|(?:^|\/)(?:terraform|[^/]*\.auto)\.tfvars(?:\.json)?$/i;

const passedOver: Parsed<undefined> = { value: undefined, diagnostics: [] };

function failed(...diagnostics: readonly Diagnostic[]): Parsed<undefined> {
  return { value: undefined, diagnostics };
}

/** The loaders whose mark a file shows, in the order in which they are to be tried. */
export function takersOf({ path, text }: Source, loaders: readonly Loader[]): readonly Loader[] {
  const owner = ownerOf(path, loaders);
  const asked = owner === undefined ? loaders : [owner];
  return asked.filter((loader) => loader.recognizes(path, text));
}

function ownerOf(path: string, loaders: readonly Loader[]): Loader | undefined {
  return loaders.find(({ owns }) => owns?.test(path));
}

function unreadable(path: string, why: string): Diagnostic {
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `the file \`${path}\` cannot be read: ${why}`,
    span: nowhere(path),
    hint: 'allow reading it, or exclude it',
  };
}

/** Why a file that was asked for is of no known format. */
export function unrecognized(source: Source): readonly Diagnostic[] {
  const { path, text } = source;
  const span = nowhere(path);
  if (text.trim() === '') {
    const hint = 'check how the file was made';
    return [{ code: 'empty-file', severity: 'error', message: `\`${path}\` is empty`, span, hint }];
  }
  const broken = TEXT_FORMATS.test(path)
    ? parseDocuments(source).diagnostics.filter(({ severity }) => severity === 'error')
    : [];
  if (broken.length > 0) return broken;
  return [
    {
      code: 'unrecognized-file',
      severity: 'error',
      message: `\`${path}\` is in no format that keyproof reads`,
      span: { ...span, source },
      hint: 'name a policy document, a CloudFormation template, saved AWS CLI output or an inventory file',
    },
  ];
}
