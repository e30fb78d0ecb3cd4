import type { Layer } from '../../inventory/index.js';
import { parsePrincipal } from '../../policy/index.js';
import type { PolicyDocument, PrincipalElement, Statement } from '../../policy/index.js';
import type { Span } from '../../source/index.js';
import type { PartialRequest } from '../compile/index.js';

/** A policy document and the layer that it belongs to. */
export interface Place {
  readonly layer: Layer;
  readonly document: PolicyDocument;
}

/** The document with one more statement that allows the request, for a principal where the kind has one. */
export function addStatement(
  document: PolicyDocument,
  request: PartialRequest,
  principal: string | undefined,
): PolicyDocument {
  const { span } = document;
  const statement: Statement = {
    kind: 'statement',
    index: document.statements.length,
    effect: 'Allow',
    action: { negated: false, patterns: [{ text: request.action, span }], span },
    resource: {
      negated: false,
      patterns: [{ text: document.kind === 'key-policy' ? '*' : request.resource, span }],
      span,
    },
    conditions: [],
    span,
    ...(principal === undefined ? {} : { principal: principalElement(principal, span) }),
  };
  return { ...document, statements: [...document.statements, statement] };
}

function principalElement(text: string, span: Span): PrincipalElement {
  const type = /^(arn:|\d{12}$)/.test(text) ? 'AWS' : 'Service';
  return {
    negated: false,
    entries: [{ type, text, form: parsePrincipal(type, text), span }],
    span,
  };
}
