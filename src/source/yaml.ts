import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Comment } from './comments.js';
import type { Diagnostic, Parsed } from './diagnostic.js';
import { DIAGNOSTICS_MAX } from './duplicates.js';
import { NESTING_MAX } from './json.js';
import type { Node } from './node.js';
import type { Source } from './source.js';
import { createYamlReader } from './yaml-nodes.js';

/** What a YAML file holds. */
export interface YamlDocuments {
  /** One node a document; empty documents are left out. */
  readonly documents: readonly Node[];
  /** All comments, in order. */
  readonly comments: readonly Comment[];
}

/**
 * How much YAML a file may hold. Reading it takes a hundred times its size in memory, and seconds a
 * million characters; whatever is larger was written by a program, which can write JSON.
 */
export const yamlCharactersMax = 4_000_000;

/**
 * The documents of a YAML file. CloudFormation's short forms become mappings (`!Sub x` is
 * `{ 'Fn::Sub': x }`), anchors and merge keys are applied, scalars are read as YAML 1.2 core does,
 * except that what other readers see differently stays a string as spelled: `0123`, `yes`,
 * `2012-10-17`, `0x1F`. A repeated key is a warning, and both entries stay.
 */
export function parseYaml(source: Source): Parsed<YamlDocuments> {
  if (source.text.length > yamlCharactersMax) return tooLarge(source);
  const { tokens, comments, tooDeep } = tokenize(source);
  if (tooDeep !== undefined) return { value: { documents: [], comments }, diagnostics: [tooDeep] };
  const diagnostics: Diagnostic[] = [];
  const documents: Node[] = [];
  for (const { contents, problems } of compose(source, tokens)) {
    for (const problem of problems) diagnostics.push(problem);
    if (contents === null || isNothing(contents)) continue;
    const reader = createYamlReader(source, yaml());
    documents.push(reader.read(contents));
    for (const problem of reader.diagnostics) diagnostics.push(problem);
  }
  return { value: { documents, comments }, diagnostics: diagnostics.slice(0, DIAGNOSTICS_MAX) };
}

interface Composed {
  /** `null` for no content, and for text that is not YAML at all. */
  readonly contents: Yaml.ParsedNode | null;
  readonly problems: readonly Diagnostic[];
}

function* compose(source: Source, tokens: readonly Yaml.CST.Token[]): Iterable<Composed> {
  // The failsafe schema leaves every scalar as it is spelled.
  const composer = new (yaml().Composer)({
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
  });
  let problems: Diagnostic[] = [];
  // The library makes an exception with a stack trace of each problem, and of each tag that it does
  // not know, and never gives up: a megabyte of garbage takes it half a minute.
  Object.assign(composer, {
    onError: (at: ErrorPlace, code: Yaml.ErrorCode, message: string, isWarning?: boolean) => {
      if (isWarning === true) return;
      problems.push(syntaxProblem(source, at, code, message));
      if (problems.length >= ERRORS_MAX) throw TOO_MANY;
    },
  });
  try {
    for (const { contents } of composer.compose(tokens, true, source.text.length)) {
      yield { contents, problems };
      problems = [];
    }
  } catch (error) {
    if (error !== TOO_MANY) throw error;
    yield { contents: null, problems };
  }
}

// A file that breaks over and over is not YAML; more messages would not help.
const ERRORS_MAX = 10;

const TOO_MANY = new Error('too many errors to go on');

/** How the library says where a problem is. */
type ErrorPlace =
  number | readonly [number, number] | { readonly offset: number; readonly source?: string };

/** What stands for a document without content. */
function isNothing(contents: Yaml.ParsedNode): boolean {
  return yaml().isScalar(contents) && contents.type === 'PLAIN' && contents.source === '';
}

interface Tokens {
  readonly tokens: readonly Yaml.CST.Token[];
  readonly comments: readonly Comment[];
  readonly tooDeep?: Diagnostic;
}

// The library composes nodes by recursion, so depth is checked on its tokens, before.
function tokenize(source: Source): Tokens {
  const { Lexer, Parser } = yaml();
  const parser = new Parser();
  const tokens: Yaml.CST.Token[] = [];
  const comments: Comment[] = [];
  let inScalar = false;
  for (const lexeme of new Lexer().lex(source.text)) {
    const start = parser.offset;
    if (!inScalar && lexeme.startsWith('#')) {
      const span = { source, start, end: start + lexeme.length };
      comments.push({ text: lexeme.slice(1).trim(), span });
    }
    inScalar = !inScalar && lexeme === SCALAR;
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > NESTING_MAX) {
      const tooDeep: Diagnostic = {
        code: 'yaml-syntax',
        severity: 'error',
        message: `nested more than ${NESTING_MAX} levels deep`,
        span: { source, start, end: start + lexeme.length },
        hint: 'no policy or template needs this; check how the file was made',
      };
      return { tokens: [], comments, tooDeep };
    }
  }
  tokens.push(...parser.end());
  return { tokens, comments };
}

// The lexer's mark that the next lexeme is a plain or block scalar.
const SCALAR = '\u001F';

function tooLarge(source: Source): Parsed<YamlDocuments> {
  const diagnostic: Diagnostic = {
    code: 'too-large',
    severity: 'error',
    message: `the YAML file is larger than ${yamlCharactersMax / 1_000_000} million characters`,
    span: { source, start: 0, end: 0 },
    hint: 'convert it to JSON, which has no such limit, or split it',
  };
  return { value: { documents: [], comments: [] }, diagnostics: [diagnostic] };
}

function syntaxProblem(
  source: Source,
  at: ErrorPlace,
  code: Yaml.ErrorCode,
  message: string,
): Diagnostic {
  const [start, end] = rangeOf(at);
  const hint = hints[code];
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message: message.charAt(0).toLowerCase() + message.slice(1),
    span: { source, start, end: Math.min(Math.max(end, start), source.text.length) },
    ...(hint === undefined ? {} : { hint }),
  };
}

function rangeOf(at: ErrorPlace): readonly [number, number] {
  if (typeof at === 'number') return [at, at + 1];
  if ('offset' in at) return [at.offset, at.offset + (at.source?.length ?? 1)];
  return at;
}

const hints: Readonly<Partial<Record<Yaml.ErrorCode, string>>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'align this line with its neighbours',
  BAD_SCALAR_START: 'put the text in quotes',
  BLOCK_IN_FLOW: 'put the text in quotes',
  MULTILINE_IMPLICIT_KEY: 'check that the line above ends as it should, and its quotes',
  MISSING_CHAR: 'close what was opened, or put the text in quotes',
  UNEXPECTED_TOKEN: 'check the indentation and the quotes of the lines above',
};

// YAML is loaded when the first YAML file is read: it takes longer to load than most JSON inputs
// take to analyse.
let loaded: typeof Yaml | undefined;

function yaml(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}
