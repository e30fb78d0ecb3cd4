import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../policy/index.js';
import { decodeText, find, hasHole, textOf } from '../../source/index.js';
import type { Files, Node, Source, Span } from '../../source/index.js';
import { parseDocuments } from '../documents.js';
import { folderOf, inFolder, normalPath } from '../paths.js';
import { readFields, wrongType, type Report } from './fields.js';

/** Reads the policies that an inventory file holds or points to. */
export interface PolicyReader {
  read(node: Node | undefined, kind: PolicyKind): PolicyDocument | undefined;
  /** One policy, or a list of them; `undefined` too where one of them cannot be read. */
  readAll(node: Node | undefined, kind: PolicyKind): readonly PolicyDocument[] | undefined;
}

export function createPolicyReader(entry: Source, files: Files, report: Report): PolicyReader {
  const opened = new Map<string, Node | undefined>();
  const shared = new Map<string, PolicyDocument>();

  const parse = (node: Node, kind: PolicyKind): PolicyDocument => {
    const { value, diagnostics } = parsePolicy(node, kind);
    diagnostics.forEach(report);
    return value;
  };

  const open = (written: string, span: Span): Node | undefined => {
    const path = normalPath(
      written.startsWith('/') ? written : inFolder(folderOf(entry.path), written),
    );
    if (!opened.has(path)) opened.set(path, openFile(path, span, files, report));
    return opened.get(path);
  };

  const readFile = (path: string, span: Span, kind: PolicyKind): PolicyDocument | undefined => {
    const node = open(path, span);
    if (node === undefined) return undefined;
    const before = shared.get(`${kind} ${path}`);
    if (before !== undefined) return before;
    const document = parse(node, kind);
    shared.set(`${kind} ${path}`, document);
    return document;
  };

  const read: PolicyReader['read'] = (node, kind) => {
    if (node === undefined) return undefined;
    const text = textOf(node);
    if (text !== undefined && isPath(text)) return readFile(text, node.span, kind);
    const isWrapped = find(node, 'policy') !== undefined || find(node, 'document') !== undefined;
    if (isWrapped) {
      const fields = readFields(node, 'a policy', ['name', 'arn', 'policy', 'document'], report);
      const document = read(fields?.node('policy') ?? fields?.node('document'), kind);
      const name = fields?.text('name');
      const arn = fields?.text('arn');
      return (
        document && {
          ...document,
          ...(name === undefined ? {} : { name }),
          ...(arn === undefined ? {} : { arn }),
        }
      );
    }
    if (node.kind === 'sequence') {
      const hint = 'write the document, a path to it, or `{ name, policy }` around either';
      report(wrongType(node, 'a policy is one document, not a list', hint));
      return undefined;
    }
    return parse(node, kind);
  };

  return {
    read,
    readAll: (node, kind) => {
      if (node === undefined) return undefined;
      const items = node.kind === 'sequence' ? node.items : [node];
      const documents = items.map((item) => read(item, kind));
      // A list that lacks one that could not be read would claim to be complete.
      return documents.every((document) => document !== undefined) ? documents : undefined;
    },
  };
}

/** A string is a path, unless it is a document or stands for an unknown one. */
function isPath(text: string): boolean {
  return !/^\s*[{[]/.test(text) && !hasHole(text);
}

function openFile(path: string, span: Span, files: Files, report: Report): Node | undefined {
  const fail = (message: string, hint: string): void => {
    report({ code: 'inventory-policy-file', severity: 'error', message, span, hint });
  };
  const bytes = files.read(path);
  if (bytes === undefined) {
    if (!path.includes('arn:')) {
      fail(`there is no policy file \`${path}\``, 'paths are relative to the inventory file');
    } else fail('a policy cannot be given by its ARN', 'save its document and name that file');
    return undefined;
  }
  if ('unreadable' in bytes) {
    fail(`\`${path}\` cannot be read: ${bytes.unreadable}`, 'allow reading it');
    return undefined;
  }
  const { value: source, diagnostics } = decodeText(path, bytes);
  diagnostics.forEach(report);
  if (source === undefined) return undefined;
  const documents = parseDocuments(source);
  documents.diagnostics.forEach(report);
  const [node, ...others] = documents.value.nodes;
  if (others.length === 0) return node;
  fail(`\`${path}\` holds several documents`, 'keep one policy in a file');
  return undefined;
}
