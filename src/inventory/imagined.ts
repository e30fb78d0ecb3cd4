import { parsePolicy, type PolicyDocument } from '../policy/index.js';
import { invariant, parseJson, wholeOf, type Text } from '../source/index.js';
import type { Caller } from './caller.js';
import type { Defined, Principal } from './inventory.js';

/** Where something stands that no input has. */
export function imagined(address: Text): Pick<Defined, 'address' | 'unit' | 'span'> {
  return { address, unit: 'imagined', span: wholeOf({ path: address, text: '' }) };
}

/** A user or role that no input has, with all that is to be known of it: no boundary, tags or groups. */
export function imaginedPrincipal(
  caller: Extract<Caller, { readonly kind: 'user' | 'role-session' }>,
  may: 'everything' | 'nothing',
): Principal {
  const arn = caller.kind === 'user' ? caller.arn : caller.roleArn;
  return {
    kind: caller.kind === 'user' ? 'user' : 'role',
    arn,
    account: caller.account,
    name: caller.kind === 'user' ? caller.name : caller.role,
    tags: new Map<Text, Text>(),
    policies: may === 'everything' ? [allowsEverything] : [],
    groups: [],
    boundary: 'none',
    serviceLinked: false,
    fixedName: true,
    ...imagined(arn),
  };
}

const allowsEverything: PolicyDocument = written(
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }',
);

function written(text: string): PolicyDocument {
  const node = parseJson({ path: 'an IAM policy that allows everything', text }).value;
  invariant(node !== undefined, 'it is JSON');
  return parsePolicy(node, 'identity').value;
}
