import type { Estate } from './estate.js';
import { expectationsOf } from './expectations.js';
import { isExcluded } from '../config/index.js';
import type { Host } from '../host/index.js';
import { documentsOf } from '../inventory/index.js';
import { candidatesOf } from '../load/index.js';
import type { FormatCount } from '../report/index.js';

/** What a first set-up has to know of a repository. */
export interface Survey {
  readonly formats: readonly FormatCount[];
  /** What the configuration is to include; empty: everything, since something lies in the working directory itself. */
  readonly include: readonly string[];
  /** Accounts that own something here. */
  readonly accounts: readonly string[];
  /** Other accounts that policies name. */
  readonly others: readonly string[];
  /** Files with policy documents whose kind nothing tells. */
  readonly kindless: readonly string[];
  /** Folders with samples and the like, in which policies were found. */
  readonly samples: readonly string[];
  /** Folders with a CDK app that was not synthesized. */
  readonly unsynthesized: readonly string[];
}

export function survey(estate: Estate, host: Host): Survey {
  const { inventory, loaded, formats } = estate;
  const { accounts, trustZone } = expectationsOf(inventory);
  const unsynthesized = unsynthesizedIn(estate, host);
  // What a CDK app is going to make is to be read as well.
  const folders = foldersOf([...loaded, ...unsynthesized.map((app) => `${app}/cdk.out`)]);
  const kindless = [...documentsOf(inventory)]
    .filter(({ document }) => document.kind === 'unknown')
    .map(({ document }) => document.span.source.path);
  return {
    formats: countFormats(formats),
    include: folders.includes('.') ? [] : folders.map(globOf),
    accounts,
    others: trustZone.accounts.filter((id) => !accounts.includes(id)),
    kindless: [...new Set(kindless)].sort(),
    samples: samplesIn(loaded),
    unsynthesized,
  };
}

/** All that is in a folder; one whose name would be taken for a glob stands for itself. */
function globOf(folder: string): string {
  return /[*?[\]{}()!+@]/.test(folder) ? folder : `${folder}/**`;
}

function countFormats(formats: Estate['formats']): readonly FormatCount[] {
  const paths = new Map<string, string[]>();
  for (const [path, format] of formats) {
    paths.set(format, [...(paths.get(format) ?? []), path]);
  }
  return [...paths]
    .map(([format, of]) => ({ format, files: of.length, folders: foldersOf(of) }))
    .sort((a, b) => b.files - a.files || (a.format < b.format ? -1 : 1));
}

/** The folders right below the working directory that files are in; `.` for files in itself. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = paths.map((path) => {
    const slash = path.indexOf('/');
    return slash < 0 ? '.' : path.slice(0, slash);
  });
  return [...new Set(folders)].sort();
}

const SAMPLES =
  /^(?:.*?\/)?(?:tests?|__tests__|fixtures|__fixtures__|testdata|examples?|samples?)(?=\/)/;

function samplesIn(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => SAMPLES.exec(path)?.[0] ?? []))].sort();
}

/** What a CDK app is told by. */
const CDK = 'cdk.json';

function unsynthesizedIn({ config, loaded }: Estate, { files }: Host): readonly string[] {
  const { value: candidates } = candidatesOf(['.'], files, (path) => isExcluded(config, path));
  return candidates
    .filter(({ path }) => path === CDK || path.endsWith(`/${CDK}`))
    .map(({ path }) => path.slice(0, -CDK.length))
    .filter((folder) => !loaded.some((path) => path.startsWith(`${folder}cdk.out/`)))
    .map((folder) => (folder === '' ? '.' : folder.slice(0, -1)));
}
