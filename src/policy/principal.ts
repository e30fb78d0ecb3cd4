import type { Text } from '../source/index.js';

/** What an entry of a `Principal` element means. */
export type PrincipalForm =
  | { readonly kind: 'everyone' }
  /** The account principal: the root ARN or the bare account id. */
  | { readonly kind: 'account'; readonly account: Text }
  | { readonly kind: 'user'; readonly arn: Text; readonly account: Text; readonly name: Text }
  | { readonly kind: 'role'; readonly arn: Text; readonly account: Text; readonly name: Text }
  | {
      readonly kind: 'role-session';
      readonly arn: Text;
      readonly account: Text;
      readonly role: Text;
      readonly session: Text;
    }
  | {
      readonly kind: 'federated-user';
      readonly arn: Text;
      readonly account: Text;
      readonly name: Text;
    }
  | { readonly kind: 'service'; readonly name: Text }
  /** A web identity or SAML provider. */
  | { readonly kind: 'provider'; readonly provider: Text }
  | { readonly kind: 'canonical-user'; readonly id: Text }
  /** What AWS leaves in place of a deleted principal: `AIDA…` or `AROA…`. */
  | { readonly kind: 'unique-id'; readonly id: Text }
  /** Holes hide what it is; it may turn out to be any of the above. */
  | { readonly kind: 'unresolved'; readonly text: Text }
  /** AWS would refuse it. `why` completes "… is not a principal: ". */
  | { readonly kind: 'invalid'; readonly text: Text; readonly why: string };
