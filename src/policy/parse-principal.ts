import { hasHole, holesOf, partsOf, type Text } from '../source/index.js';
import { parseArn, splitArn, type Arn } from './arn.js';
import type { PrincipalEntry } from './document.js';
import { maskHoles } from './pattern.js';
import type { PrincipalForm } from './principal.js';

/**
 * What an entry of a `Principal` or `NotPrincipal` element means. Where holes leave open what it is,
 * `unresolved`; what AWS would refuse to store is `invalid`, with the reason.
 *
 * | type | text | kind |
 * |---|---|---|
 * | `*`, `AWS` | `*` | everyone |
 * | `AWS` | `111122223333`, `arn:aws:iam::111122223333:root` | account |
 * | `AWS` | `arn:aws:iam::111122223333:role/path/app` | role, named `app` |
 * | `AWS` | `arn:${P}:iam::${A}:role/app` | role |
 * | `AWS` | `${Role.Arn}` | unresolved |
 * | `AWS` | `AROAEXAMPLE` | unique-id |
 * | `AWS` | `arn:aws:iam::111122223333:role/*`, `arn:aws:iam::111122223333:group/dev` | invalid |
 * | `Service` | `logs.${Region}.amazonaws.com` | service |
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function parsePrincipal(type: PrincipalEntry['type'], text: Text): PrincipalForm {
  switch (type) {
    case '*':
      return parseBare(text);
    case 'AWS':
      return parseAws(text);
    case 'Service':
      return parseService(text);
    case 'Federated':
      return parseProvider(text);
    case 'CanonicalUser':
      return parseCanonicalUser(text);
  }
}

function invalid(text: Text, why: string): PrincipalForm {
  // A principal has no policy variables: this is a placeholder that some tool fills before AWS sees it.
  if (/\$\{(?![\w-]+:)[^}]*\}|\{\{[^}]*\}\}/.test(text)) return { kind: 'unresolved', text };
  return { kind: 'invalid', text, why };
}

function parseBare(text: Text): PrincipalForm {
  if (text === '*') return { kind: 'everyone' };
  if (hasHole(text)) return { kind: 'unresolved', text };
  return invalid(text, 'only `*` may stand without a type such as `AWS` or `Service`');
}

function parseAws(text: Text): PrincipalForm {
  if (text === '*') return { kind: 'everyone' };
  if (text.trim() !== text || text === '')
    return invalid(text, 'it is empty or has blanks around it');
  const literals = maskHoles(text);
  if (isAccountId(text)) return { kind: 'account', account: text };
  if (/^\d+$/.test(text)) {
    return invalid(text, `it has ${String(text.length)} digits, and an account id has 12`);
  }
  // SOURCE: facts kms-authz 58, 59
  if (/^(AIDA|AROA)[A-Z0-9]+$/.test(text)) return { kind: 'unique-id', id: text };
  if (/[*?]/.test(literals)) {
    return invalid(text, 'a principal has no wildcards, except for `*` alone');
  }
  const arn = parseArn(text);
  if (arn !== undefined) return parsePrincipalArn(text, arn);
  if (hasHole(text)) return parseHidden(text, literals);
  return invalid(text, whyNoArn(text));
}

function isAccountId(text: Text): boolean {
  return /^\d{12}$/.test(text);
}

// A text with holes that shows no whole ARN: what shows may still rule some things out.
function parseHidden(text: Text, literals: string): PrincipalForm {
  const only = partsOf(text).length === 1 ? holesOf(text)[0] : undefined;
  if (only !== undefined && ACCOUNT_EXPRESSION.test(only.expression)) {
    return { kind: 'account', account: text };
  }
  if (/\.amazonaws\.com(\.cn)?$/.test(literals)) {
    return invalid(text, 'a service stands under `Service`, not under `AWS`');
  }
  return { kind: 'unresolved', text };
}

/** `AWS::AccountId`, `data.aws_caller_identity.current.account_id`. */
const ACCOUNT_EXPRESSION = /(^|[.:])(AccountId|account_id)$/;

const PARTITIONS: readonly string[] = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
];

function parsePrincipalArn(text: Text, arn: Arn): PrincipalForm {
  if (!hasHole(arn.partition) && !PARTITIONS.includes(arn.partition)) {
    return invalid(text, `there is no partition \`${arn.partition}\``);
  }
  if (hasHole(arn.service)) return { kind: 'unresolved', text };
  if (arn.service !== 'iam' && arn.service !== 'sts') {
    return invalid(text, `an ARN of \`${arn.service}\` names no user, role or session`);
  }
  if (!hasHole(arn.region) && arn.region !== '') {
    return invalid(text, 'IAM is global: between its third and fourth colon an ARN of it is empty');
  }
  const account = arn.account;
  // SOURCE: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3-oai.html
  const isOriginAccess = arn.service === 'iam' && account === 'cloudfront';
  if (!hasHole(account) && !isAccountId(account) && !isOriginAccess) {
    return invalid(text, `\`${account}\` is not an account id of 12 digits`);
  }
  return arn.service === 'iam' ? parseIam(text, arn) : parseSts(text, arn);
}

function parseIam(text: Text, { account, resource }: Arn): PrincipalForm {
  if (resource === 'root') return { kind: 'account', account };
  const [type, ...segments] = segmentsOf(resource);
  if (type === undefined || hasHole(type)) return { kind: 'unresolved', text };
  if (type !== 'user' && type !== 'role') return invalid(text, whyNoIamType(resource, type));
  const name = segments.at(-1);
  if (name === undefined || name === '') return invalid(text, `it names no ${type}`);
  return { kind: type, arn: text, account, name };
}

function whyNoIamType(resource: Text, type: Text): string {
  if (/^(user|role|group):/.test(resource)) {
    return 'between the type and the name stands `/`, not `:`';
  }
  if (type === 'group') return 'a group is no principal; name its users, or a role';
  if (type === 'saml-provider' || type === 'oidc-provider') {
    return 'an identity provider stands under `Federated`, not under `AWS`';
  }
  if (type === 'assumed-role' || type === 'federated-user') {
    return `the ARN of a session is one of \`sts\`: \`arn:aws:sts::…:${type}/…\``;
  }
  return `\`${type}\` is none of \`root\`, \`user\` and \`role\``;
}

function parseSts(text: Text, { account, resource }: Arn): PrincipalForm {
  const [type, ...segments] = segmentsOf(resource);
  if (type === undefined || hasHole(type)) return { kind: 'unresolved', text };
  const [first = '', second] = segments;
  if (type === 'assumed-role') {
    if (segments.length === 1 && hasHole(first)) return { kind: 'unresolved', text };
    if (segments.length !== 2 || first === '' || second === undefined || second === '') {
      return invalid(text, 'the ARN of a role session is `assumed-role/role name/session name`');
    }
    return { kind: 'role-session', arn: text, account, role: first, session: second };
  }
  if (type === 'federated-user') {
    if (segments.length === 1 && first !== '') {
      return { kind: 'federated-user', arn: text, account, name: first };
    }
    return invalid(text, 'the ARN of a federated user is `federated-user/name`');
  }
  return ['user', 'role', 'root'].includes(type)
    ? invalid(text, `the ARN of an account, user or role is one of \`iam\`, not \`sts\``)
    : invalid(text, `\`${type}\` is neither \`assumed-role\` nor \`federated-user\``);
}

/** The parts between slashes outside of holes. */
function segmentsOf(resource: Text): readonly Text[] {
  const masked = maskHoles(resource);
  const segments: Text[] = [];
  let start = 0;
  for (;;) {
    const slash = masked.indexOf('/', start);
    if (slash < 0) return [...segments, resource.slice(start)];
    segments.push(resource.slice(start, slash));
    start = slash + 1;
  }
}

function whyNoArn(text: Text): string {
  if (SERVICE_SUFFIX.test(text)) return 'a service stands under `Service`, not under `AWS`';
  if (/^(AGPA|AIPA|ANPA|ANVA|APKA|AKIA|ASIA|ABIA|ACCA|ASCA)[A-Z0-9]{8,}$/.test(text)) {
    return 'an id of this kind belongs to no user or role';
  }
  if (!text.startsWith('arn:')) return 'it is neither `*`, nor an account id, nor an ARN';
  const [, partition, service, region, account] = splitArn(text);
  if (service !== 'iam' && service !== 'sts') return 'it is no ARN of `iam` or `sts`';
  if (account !== undefined && /^\d{12}\//.test(account)) {
    return 'after the account id stands `:`, not `/`';
  }
  if (region !== undefined && /^\d{12}$/.test(region)) {
    return `a colon is missing: \`arn:${partition ?? 'aws'}:${service}::\`, as IAM has no Region`;
  }
  return 'an ARN has six parts between colons, and this one fewer';
}

const SERVICE_SUFFIX =
  /\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|amazon\.com|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk)$/;

function parseService(text: Text): PrincipalForm {
  const literals = maskHoles(text);
  // SOURCE: facts evaluation 7.1
  if (/[*?]/.test(literals)) return invalid(text, 'a service has no wildcards');
  if (hasHole(text)) return { kind: 'service', name: text };
  if (/^\d{12}$/.test(text) || text.startsWith('arn:')) {
    return invalid(text, 'an account, user or role stands under `AWS`, not under `Service`');
  }
  if (!SERVICE_SUFFIX.test(text) || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)) {
    return invalid(text, 'a service is named like `logs.amazonaws.com`');
  }
  return { kind: 'service', name: text };
}

function parseProvider(text: Text): PrincipalForm {
  const literals = maskHoles(text);
  if (/[*?]/.test(literals)) return invalid(text, 'an identity provider has no wildcards');
  if (text === '') return invalid(text, 'it is empty');
  if (hasHole(text)) return { kind: 'provider', provider: text };
  const arn = parseArn(text);
  if (text.startsWith('arn:') && !isProviderArn(arn)) {
    return invalid(
      text,
      'the ARN of an identity provider is one of `saml-provider/` or `oidc-provider/`',
    );
  }
  if (arn === undefined && !/^[a-z0-9.-]+(\/.*)?$/i.test(text)) {
    return invalid(text, 'an identity provider is an ARN, or a name like `accounts.google.com`');
  }
  return { kind: 'provider', provider: text };
}

function isProviderArn(arn: Arn | undefined): boolean {
  return arn?.service === 'iam' && /^(saml|oidc)-provider\/./.test(arn.resource);
}

function parseCanonicalUser(text: Text): PrincipalForm {
  if (hasHole(text) || /^[0-9a-f]+$/i.test(text)) return { kind: 'canonical-user', id: text };
  return invalid(text, 'a canonical user id is written in hexadecimal digits');
}
