import type { Inventory } from '../../src/inventory/index.js';
import { parsePolicy, printPolicy, type PolicyDocument } from '../../src/policy/index.js';
import { parseJson } from '../../src/source/index.js';

type Json = Record<string, unknown>;

/** The inventory with every policy written another way that means the same. */
export function rewritten(inventory: Inventory, salt: number): Inventory {
  const other = (document: PolicyDocument): PolicyDocument => rewrittenPolicy(document, salt);
  return {
    ...inventory,
    accounts: inventory.accounts.map((account) => ({
      ...account,
      ...(account.scps && { scps: account.scps.map((level) => level.map(other)) }),
      ...(account.rcps && { rcps: account.rcps.map((level) => level.map(other)) }),
    })),
    keys: inventory.keys.map((key) => ({
      ...key,
      ...(key.policy && { policy: other(key.policy) }),
    })),
    principals: inventory.principals.map((principal) => ({
      ...principal,
      ...(principal.policies && { policies: principal.policies.map(other).reverse() }),
      ...(typeof principal.boundary === 'object' && { boundary: other(principal.boundary) }),
    })),
    endpoints: inventory.endpoints.map((endpoint) => ({
      ...endpoint,
      ...(endpoint.policy && { policy: other(endpoint.policy) }),
    })),
  };
}

/**
 * Statements in another order, one a copy of itself, those of several actions split, with other Sids; accounts
 * by their id or their root user, one value as a list of one.
 */
function rewrittenPolicy(document: PolicyDocument, salt: number): PolicyDocument {
  const json = JSON.parse(printPolicy(document)) as Json;
  const statements = (json['Statement'] as readonly Json[]).flatMap((statement, index) => {
    const parts = (salt + index) % 2 === 0 ? splitByAction(statement) : [statement, statement];
    return parts.map((part, at) => ({ ...respelled(part), Sid: `S${salt % 7}x${index}x${at}` }));
  });
  const text = JSON.stringify({ ...json, Statement: rotated(statements, salt) });
  const node = parseJson({ path: 'rewritten.json', text }).value;
  if (node === undefined) throw new Error('a rewritten policy is JSON');
  return {
    ...parsePolicy(node, document.kind).value,
    ...(document.name && { name: document.name }),
  };
}

function splitByAction(statement: Json): readonly Json[] {
  const actions = statement['Action'];
  return Array.isArray(actions)
    ? actions.map((Action: unknown) => ({ ...statement, Action }))
    : [statement];
}

function respelled(statement: Json): Json {
  const principal = statement['Principal'];
  if (typeof principal !== 'object' || principal === null || !('AWS' in principal))
    return statement;
  const listed = [principal.AWS].flat() as readonly string[];
  return {
    ...statement,
    Principal: { ...principal, AWS: [...listed].reverse().map(otherSpelling) },
  };
}

function otherSpelling(name: string): string {
  if (/^\d{12}$/.test(name)) return `arn:aws:iam::${name}:root`;
  return /^arn:aws:iam::(\d{12}):root$/.exec(name)?.[1] ?? name;
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % Math.max(items.length, 1);
  return [...items.slice(at), ...items.slice(0, at)].reverse();
}
