import { parsePolicy } from '../policy/index.js';
import type { PolicyDocument, PolicyKind } from '../policy/index.js';
import { invariant, parseJson } from '../source/index.js';

/** A policy that somebody could write, as no input has it. */
export function writtenPolicy(
  kind: PolicyKind,
  statement: Readonly<Record<string, unknown>>,
): PolicyDocument {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const node = parseJson({ path: 'a policy that is written on the way', text }).value;
  invariant(node !== undefined, 'what JSON.stringify makes is JSON');
  return parsePolicy(node, kind).value;
}

/** A policy that is written in the place of another and keeps what that one allows, but nothing that it denies. */
export function withAllowOf(
  written: PolicyDocument,
  before: PolicyDocument | undefined,
): PolicyDocument {
  const kept = before?.statements.filter(({ effect }) => effect !== 'Deny') ?? [];
  return { ...written, statements: [...kept, ...written.statements] };
}

/** What an administrator may do: everything. */
export const allowEverything = writtenPolicy('identity', {
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
});
