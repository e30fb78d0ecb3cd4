import { decodeText, type Diagnostic, type Files, type Source } from '../../../source/index.js';
import { inFolder, normalPath } from '../../paths.js';
import { readFile, type HclFile } from './read-file.js';
import { attributeIn, type Block, type BodyAttribute } from './syntax.js';

/** What the files of one folder declare. */
export interface Module {
  readonly folder: string;
  readonly files: readonly HclFile[];
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, BodyAttribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  /** In the order of the files; a second one of the same address stays, which is reported. */
  readonly resources: readonly Block[];
  readonly data: readonly Block[];
  readonly calls: ReadonlyMap<string, Block>;
  readonly providers: readonly Block[];
  /** What is wrong with the files, and what is declared twice. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `aws_kms_key.orders`, or `data.aws_iam_role.app`: the address inside of a module. */
export function addressOf({ type, labels }: Block): string {
  const name = labels.join('.');
  return type === 'data' ? `data.${name}` : name;
}

/** Whether Terraform reads a file as a part of the module of its folder. */
export function isConfiguration(path: string): boolean {
  return /\.tf(?:\.json)?$/.test(path);
}

/** The module that a folder is; `undefined` where it holds no configuration. */
export function readModule(folder: string, files: Files): Module | undefined {
  const names = files.list(folder);
  if ('unreadable' in names) return undefined;
  const sources = names
    .filter(isConfiguration)
    .sort()
    .flatMap((name) => {
      const path = normalPath(inFolder(folder, name));
      return sourceAt(path, files) ?? [];
    });
  return sources.length === 0 ? undefined : moduleOf(folder, sources);
}

/** The text of a file; `undefined` where there is none. */
export function sourceAt(path: string, files: Files): Source | undefined {
  const bytes = files.read(path);
  return bytes instanceof Uint8Array ? decodeText(path, bytes).value : undefined;
}

/** The module that files of one folder make together. */
export function moduleOf(folder: string, sources: readonly Source[]): Module {
  const isOverride = ({ path }: Source): boolean => /(?:^|[/_])override\.tf(?:\.json)?$/.test(path);
  const files = sources.map(readFile);
  const diagnostics = files.flatMap((file) => file.diagnostics);
  const base = files.filter(({ source }) => !isOverride(source)).flatMap(({ body }) => body.blocks);
  const overrides = files.filter(({ source }) => isOverride(source));
  const blocks = overrides.flatMap(({ body }) => body.blocks).reduce(withOverride, base);
  const of = (type: string): readonly Block[] => blocks.filter((block) => block.type === type);
  const report = (type: string, declared: readonly Block[]): void => {
    diagnostics.push(...repeated(type, declared));
  };
  const byName = (type: string): ReadonlyMap<string, Block> => {
    report(type, of(type));
    return new Map(
      of(type)
        .toReversed()
        .map((block) => [block.labels[0] ?? '', block]),
    );
  };
  report('resource', of('resource'));
  report('data source', of('data'));
  const locals = of('locals').flatMap(({ body }) => body.attributes);
  return {
    folder,
    files,
    variables: byName('variable'),
    locals: new Map(locals.toReversed().map((attribute) => [attribute.name, attribute])),
    outputs: byName('output'),
    resources: of('resource'),
    data: of('data'),
    calls: byName('module'),
    providers: of('provider'),
    diagnostics,
  };
}

/** An override takes the place of arguments and blocks of the same names. */
function withOverride(blocks: readonly Block[], override: Block): readonly Block[] {
  const mark = markOf(override);
  const at = blocks.findIndex((block) => markOf(block) === mark);
  const base = blocks[at];
  if (base === undefined || override.type === 'locals') return [...blocks, override];
  const replaced = new Set(override.body.blocks.map(({ type }) => type));
  const body = {
    ...base.body,
    attributes: [...base.body.attributes, ...override.body.attributes],
    blocks: [
      ...base.body.blocks.filter(({ type }) => !replaced.has(type)),
      ...override.body.blocks,
    ],
  };
  return blocks.with(at, { ...base, body });
}

function markOf({ type, labels, body }: Block): string {
  const alias = type === 'provider' ? attributeIn(body, 'alias')?.value : undefined;
  return [type, ...labels, alias?.kind === 'literal' ? String(alias.value) : ''].join(' ');
}

function repeated(what: string, blocks: readonly Block[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return blocks.flatMap((block): readonly Diagnostic[] => {
    const name = block.labels.join('.');
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        code: 'terraform-duplicate',
        severity: 'warning',
        message: `the ${what} \`${name}\` is declared twice in this module, which Terraform refuses`,
        span: { ...block.span, end: block.body.span.start },
        hint: 'rename one of the two, or lint configurations that do not belong together one by one',
      },
    ];
  });
}
