import type { Text } from '../source/index.js';

/** Who makes a request. A role stands for one of its sessions. */
export type Caller =
  | { readonly kind: 'root'; readonly account: Text; readonly arn: Text }
  | { readonly kind: 'user'; readonly account: Text; readonly arn: Text; readonly name: Text }
  | RoleSession
  | {
      readonly kind: 'federated-user';
      readonly account: Text;
      readonly arn: Text;
      readonly name: Text;
      /** The ARN of the IAM user who called GetFederationToken; absent: unknown. */
      readonly federatingUser?: Text;
    }
  | { readonly kind: 'service'; readonly name: Text }
  | { readonly kind: 'anonymous' };

export interface RoleSession {
  readonly kind: 'role-session';
  readonly account: Text;
  /** The role's ARN, with its path where known. */
  readonly roleArn: Text;
  readonly role: Text;
  /** Absent: any session name. */
  readonly session?: Text;
}
