import type { Inventory, Layer } from '../../inventory/index.js';
import { parsePrincipal } from '../../policy/index.js';
import type { PolicyDocument, PrincipalElement, Statement } from '../../policy/index.js';
import type { Span } from '../../source/index.js';
import type { PartialRequest } from '../compile/index.js';

/** A policy document and the layer that it belongs to. */
export interface Place {
  readonly layer: Layer;
  readonly document: PolicyDocument;
}

/** The inventory with each of its policy documents changed. */
export function withDocuments(
  inventory: Inventory,
  change: (document: PolicyDocument) => PolicyDocument,
): Inventory {
  const all = (documents: readonly PolicyDocument[]): readonly PolicyDocument[] =>
    documents.map(change);
  return {
    ...inventory,
    accounts: inventory.accounts.map((account) => ({
      ...account,
      ...(account.scps === undefined ? {} : { scps: account.scps.map(all) }),
      ...(account.rcps === undefined ? {} : { rcps: account.rcps.map(all) }),
    })),
    keys: inventory.keys.map((key) =>
      key.policy === undefined ? key : { ...key, policy: change(key.policy) },
    ),
    principals: inventory.principals.map((principal) => ({
      ...principal,
      ...(principal.policies === undefined ? {} : { policies: all(principal.policies) }),
      ...(principal.boundary === undefined || principal.boundary === 'none'
        ? {}
        : { boundary: change(principal.boundary) }),
    })),
    endpoints: inventory.endpoints.map((endpoint) =>
      endpoint.policy === undefined ? endpoint : { ...endpoint, policy: change(endpoint.policy) },
    ),
  };
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
