import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../src/policy/index.js';
import {
  parseJson,
  startOf,
  type Diagnostic,
  type Node,
  type Parsed,
} from '../../src/source/index.js';

/** Reads JSON that a test states to be well-formed. */
export function nodeOf(text: string): Node {
  const { value, diagnostics } = parseJson({ path: 'policy.json', text });
  if (value === undefined || diagnostics.some(({ severity }) => severity === 'error')) {
    throw new Error(`the test's JSON is broken: ${diagnostics.map(showDiagnostic).join()}`);
  }
  return value;
}

export function policyOf(value: unknown, kind: PolicyKind = 'unknown'): Parsed<PolicyDocument> {
  return parsePolicy(nodeOf(JSON.stringify(value)), kind);
}

/** A diagnostic as one line of an expectation. */
export function showDiagnostic({ code, severity, message, span, hint }: Diagnostic): string {
  const { line, column } = startOf(span);
  const text = span.source.text.slice(span.start, span.end).split('\n')[0] ?? '';
  const action = hint === undefined ? '' : `\n    ${hint}`;
  return `${String(line)}:${String(column)} ${severity} ${code} at ${text}\n    ${message}${action}`;
}
