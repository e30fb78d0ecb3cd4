import { hasHole, nameOfCall, parseArn, rule, showText, type CallClaim } from '../../src/rule.js';
import { aliasScenario, aliasesRefused } from './alias.js';
import { accountScenario, foreignKeyOf, usersIn, type UserClaim } from './account.js';

/** An operation is given an alias that it does not take, or somebody names a key where it is not. */
type Claim = ({ readonly kind: 'alias' } & CallClaim) | ({ readonly kind: 'account' } & UserClaim);

export const keyReferenceNeedsArn = rule<Claim>({
  meta: {
    id: 'key-reference-needs-arn',
    title: 'KMS key named in a way that does not find it',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id',
      'https://docs.aws.amazon.com/kms/latest/developerguide/alias-using.html',
      'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory, expectations }) {
    for (const { call, key } of aliasesRefused(inventory)) {
      const error = key.text.startsWith('alias/') ? 'NotFoundException' : 'InvalidArnException';
      yield {
        claim: { kind: 'alias', call: call.address, unit: call.unit },
        message: `${nameOfCall(call)} is given the alias \`${showText(key.text)}\`, and takes none`,
        why: `only cryptographic operations, \`DescribeKey\` and \`GetPublicKey\` look an alias up; others fail with \`${error}\``,
        fix: `pass the key ARN in \`${key.field}\`; \`DescribeKey\` tells it for an alias`,
        span: key.span,
        address: call.address,
        subject: key.field,
        kind: 'alias',
      };
    }
    const accountOfCode = (path: string): string | undefined =>
      parseArn(expectations.code?.get(path) ?? '')?.account;
    for (const user of usersIn(inventory, accountOfCode)) {
      const key = foreignKeyOf(inventory, user);
      if (key === undefined) continue;
      const { address, unit, field, account, reference } = user;
      const form = reference.startsWith('alias/') ? 'alias' : 'id';
      yield {
        claim: { kind: 'account', address, unit, field, account },
        message: `${user.name} in account \`${account}\` names a key of account \`${key.account}\` by its ${form} alone`,
        why: `${form === 'id' ? 'a key id' : 'an alias name'} is looked up in the account that asks, and \`${account}\` has no such key: the call fails with \`NotFoundException\``,
        fix: hasHole(key.arn)
          ? 'name the key by its ARN'
          : `name the key by its ARN, \`${key.arn}\``,
        span: user.span,
        related: [{ span: key.span, message: `the key, in account \`${key.account}\`` }],
        address,
        subject: showText(reference),
        kind: 'account',
      };
    }
  },

  scenario(claim, inventory) {
    return claim.kind === 'alias'
      ? aliasScenario(claim, inventory)
      : accountScenario(claim, inventory);
  },
});
