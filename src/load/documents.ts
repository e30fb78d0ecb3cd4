import { parseJson, parseYaml } from '../source/index.js';
import type { Comment, Node, Parsed, Source } from '../source/index.js';

/** What a JSON or YAML file holds. */
export interface Documents {
  readonly nodes: readonly Node[];
  /** Empty for JSON, which has none. */
  readonly comments: readonly Comment[];
}

/** Reads a file as JSON or YAML, whichever it is; a file is parsed once, however often it is asked for. */
export function parseDocuments(source: Source): Parsed<Documents> {
  const before = parsed.get(source);
  if (before !== undefined) return before;
  const documents = isJson(source) ? fromJson(source) : fromYaml(source);
  parsed.set(source, documents);
  return documents;
}

const parsed = new WeakMap<Source, Parsed<Documents>>();

function isJson({ path, text }: Source): boolean {
  if (/\.json$/i.test(path)) return true;
  const first = /\S/.exec(text)?.[0] ?? '';
  // YAML's flow style begins alike, and JSON is by far the faster one to read.
  return '{["'.includes(first) && !/\.ya?ml$/i.test(path);
}

function fromJson(source: Source): Parsed<Documents> {
  const { value, diagnostics } = parseJson(source);
  return { value: { nodes: value === undefined ? [] : [value], comments: [] }, diagnostics };
}

function fromYaml(source: Source): Parsed<Documents> {
  const first = /\S/.exec(source.text)?.[0];
  if (first === '{' || first === '[') {
    const json = fromJson(source);
    if (json.diagnostics.every(({ severity }) => severity !== 'error')) return json;
  }
  const { value, diagnostics } = parseYaml(source);
  return { value: { nodes: value.documents, comments: value.comments }, diagnostics };
}
