import type fc from 'fast-check';
import { parsePolicy, type PolicyDocument, type PolicyKind } from '../../src/policy/index.js';
import { invariant, parseJson } from '../../src/source/index.js';
import { policyJson } from './policy-json.js';

/** A policy of a kind, read from JSON as a user's would be. */
export function policy(kind: PolicyKind): fc.Arbitrary<PolicyDocument> {
  return policyJson(kind).map((json) => {
    const source = { path: `${kind}.json`, text: JSON.stringify(json, undefined, 2) };
    const node = parseJson(source).value;
    invariant(node !== undefined, 'a generated policy is JSON');
    return parsePolicy(node, kind).value;
  });
}
