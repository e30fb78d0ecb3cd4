import type { Defined, LooseDocument } from '../inventory/index.js';
import type { PolicyDocument, PolicyKind } from '../policy/index.js';
import type { Text } from '../source/index.js';

/** Policies that are resources of their own. */
export interface ResourcePolicies {
  /** The policy for a thing that goes by any of these names. */
  of(names: readonly Text[]): PolicyDocument | undefined;
  /** Policies for things that the input does not have, or that belong to none. */
  readonly loose: readonly LooseDocument[];
}

/** What a type of resources says that are policies. */
export interface PolicyType {
  readonly kind: PolicyKind;
  /** The property that holds the document. */
  readonly document: string;
  /** The property that says whose policy it is. */
  readonly target?: string;
}

/** The type of a resource-based policy. */
export function resourcePolicy(document: string, target?: string): PolicyType {
  return { kind: 'resource', document, ...(target !== undefined && { target }) };
}

/** A policy that is a resource of its own, with what it says that it is for. */
export interface SeparatePolicy {
  readonly at: Defined;
  readonly account: Text;
  readonly document: PolicyDocument;
  readonly targets: readonly Text[];
}

/** Gives policies to the things that they name, as far as those go by one of `names`. */
export function givenTo(
  names: ReadonlySet<Text>,
  policies: readonly SeparatePolicy[],
): ResourcePolicies {
  const byTarget = new Map<Text, PolicyDocument>();
  const loose: LooseDocument[] = [];
  for (const { at, account, document, targets } of policies) {
    const here = targets.filter((target) => names.has(target));
    for (const target of here) byTarget.set(target, document);
    if (here.length === 0) loose.push({ ...at, document, account });
  }
  return {
    of: (wanted) => wanted.map((name) => byTarget.get(name)).find((found) => found !== undefined),
    loose,
  };
}
