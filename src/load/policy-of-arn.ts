import { parseArn, parsePolicy, type PolicyDocument } from '../policy/index.js';
import { hole, partsOf, showText, type Span, type Text } from '../source/index.js';
import { awsManagedPolicy, nameOfAwsPolicy } from './aws-managed-policy.js';

/**
 * The managed policy that an ARN names, where it is not among the inputs: one of AWS's as far as it is
 * known here, else one that may hold anything. `unknown` makes the hole of an expression in the unit
 * that names it.
 */
export function policyOfArn(
  arn: Text,
  kind: 'identity' | 'boundary',
  span: Span,
  unknown: (expression: string) => Text,
): PolicyDocument {
  const name = policyNameIn(arn);
  const node = awsManagedPolicy(arn, span);
  // AWS's own policies are sound, so there are no diagnostics to pass on.
  if (node) return { ...parsePolicy(node, kind).value, name };
  // A policy of AWS's is the same in every account, so its content has one name for all inputs.
  const own = nameOfAwsPolicy(arn);
  const unresolved =
    own === undefined
      ? unknown(`${showText(arn)}.PolicyDocument`)
      : hole('AWS managed policies', own);
  return { kind, name, version: '2012-10-17', statements: [], unresolved, span };
}

/** The name that the policy has in lists of attached policies; the whole text where it is no ARN. */
export function policyNameIn(arn: Text): Text {
  const resource = parseArn(arn)?.resource ?? arn;
  const parts = partsOf(resource);
  const last = parts.findLastIndex((part) => typeof part === 'string' && part.includes('/'));
  return parts
    .slice(Math.max(last, 0))
    .map((part, index) => {
      if (typeof part !== 'string') return hole(part.unit, part.expression);
      return index === 0 && last >= 0 ? part.slice(part.lastIndexOf('/') + 1) : part;
    })
    .join('');
}
