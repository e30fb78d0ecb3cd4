import {
  benchFor,
  findKey,
  hasHole,
  isDoneBy,
  isInTest,
  keyIdOf,
  nameOfCall,
  parseArn,
  rule,
  showText,
  stepsOf,
  type CodeCall,
  type Dependant,
  type Inventory,
  type Key,
  type Span,
  type Text,
} from '../../src/rule.js';

/** What uses a key, or names one, cannot reach it from its own Region. */
interface Claim {
  /** The logical address of a resource, alias or call. */
  readonly user: string;
  /** Which of the keys that it uses, as its type says; of a call, the field that names it. */
  readonly type: string;
  /** The file of a call, as files may have functions of one name. */
  readonly unit?: string;
}

export const regionMismatch = rule<Claim>({
  meta: {
    id: 'region-mismatch',
    title: 'KMS key of another Region',
    severity: 'error',
    category: 'portability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const user of usersIn(inventory)) {
      const region = regionOf(inventory, user);
      if (region === undefined || hasHole(region) || hasHole(user.region)) continue;
      if (region === user.region || region === '' || user.region === '') continue;
      const { key, definition } = keyOf(inventory, user);
      yield {
        claim: {
          user: user.address,
          type: user.type,
          ...(user.unit === undefined ? {} : { unit: user.unit }),
        },
        message: `${user.name} is in \`${user.region}\`, and its KMS key is in \`${region}\``,
        why: `AWS KMS finds a key only in the key's own Region: a call in \`${user.region}\` for \`${showText(user.reference)}\` fails with \`NotFoundException\``,
        fix: `name a key in \`${user.region}\`${user.unit === undefined ? '' : `, or make the client for \`${region}\``}${key === undefined ? '' : ', or create a multi-Region key and name its replica there'}`,
        span: user.span,
        related: [
          ...(user.regionSpan === undefined
            ? []
            : [{ span: user.regionSpan, message: 'the Region of the client' }]),
          ...(definition === undefined
            ? []
            : [{ span: definition.span, message: `the key, in \`${region}\`` }]),
        ],
        address: user.address,
        subject: showText(user.reference),
      };
    }
  },

  scenario({ user: address, type, unit }, inventory) {
    const user = usersIn(inventory).find(
      (one) => one.address === address && one.type === type && one.unit === unit,
    );
    if (user === undefined) return { unsimulated: 'it uses no key of a known Region' };
    const region = regionOf(inventory, user) ?? user.region;
    const { key: listed } = keyOf(inventory, user);
    const keyArn = listed?.arn ?? arnFor(user, region);
    const bench = benchFor({ actions: ['kms:*'], keyArn });
    const [writing] = stepsOf(bench.stage, {
      caller: bench.caller,
      action: 'kms:Decrypt',
      key: bench.key.arn,
      circumstances: { context: {}, encryptionContext: {} },
    });
    return {
      claims: 'cannot',
      stage: bench.stage,
      attempts: {
        kind: 'all',
        attempts: [keyArn, undefined].map((KeyId) => [
          ...(writing === undefined ? [] : [writing]),
          (earlier) => {
            const outcome = earlier.at(-1)?.outcome;
            const ciphertext =
              outcome?.kind === 'succeeded' ? outcome.output['CiphertextBlob'] : undefined;
            return ciphertext instanceof Uint8Array
              ? {
                  kind: 'kms',
                  operation: 'Decrypt',
                  input: { CiphertextBlob: ciphertext, ...(KeyId === undefined ? {} : { KeyId }) },
                  caller: bench.caller,
                  region: user.region,
                }
              : undefined;
          },
        ]),
      },
      succeeded: (exchanges) => isDoneBy(bench, exchanges),
    };
  },
});

/** Something in a Region that names a key. */
interface User {
  readonly name: string;
  readonly address: string;
  readonly type: string;
  readonly account: Text;
  readonly region: Text;
  /** The key, as written. */
  readonly reference: Text;
  readonly span: Span;
  /** Of a call: its file, and where its client is given a Region. */
  readonly unit?: string;
  readonly regionSpan?: Span;
}

function usersIn({ dependants, aliases, calls }: Inventory): readonly User[] {
  const resources = dependants.flatMap((dependant) => {
    const { key, keySpan, span, address, type, account } = dependant;
    if (key === undefined || usesElsewhere(dependant)) return [];
    const name = `${type.replaceAll('-', ' ')} \`${showText(address)}\``;
    const region = placeOf(dependant);
    return [{ name, address, type, account, region, reference: key, span: keySpan ?? span }];
  });
  const named = aliases.map(({ name, address, account, region, target, span }) => ({
    name: `alias \`${showText(name)}\``,
    address,
    type: 'alias',
    account,
    region,
    reference: target,
    span,
  }));
  return [...resources, ...named, ...calls.flatMap(usersInCall)];
}

/** The keys that a call names to a client whose Region the code says. */
function usersInCall(call: CodeCall): readonly User[] {
  const { api, service, address, unit, region, regionSpan } = call;
  // Where a bucket is counts for S3, which finds it from any Region.
  if (!api.startsWith('aws-sdk') || service === 's3' || region === undefined) return [];
  if (isInTest(call)) return [];
  return call.keys.map(({ field, text, span }) => ({
    name: `the client of ${nameOfCall(call)}`,
    address,
    unit,
    type: field,
    account: parseArn(text)?.account ?? '',
    region,
    reference: text,
    span,
    ...(regionSpan === undefined ? {} : { regionSpan }),
  }));
}

/** The Region of a resource: its ARN tells where nothing else does. */
function placeOf({ arn, region }: Dependant): Text {
  const own = parseArn(arn)?.region ?? '';
  return hasHole(region) && own !== '' ? own : region;
}

/** Whether the key is for what is delivered to another place, such as a bucket, whose Region counts then. */
function usesElsewhere({ type }: Dependant): boolean {
  const [kind = '', path = ''] = type.split(' ');
  return deliverers.includes(kind) || /replica|destination|distribution|S3|output/i.test(path);
}

// SOURCE: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
const deliverers: readonly string[] = [
  'trail',
  'delivery-channel',
  'delivery-stream',
  'publishing-destination',
  'distribution-configuration',
  'pipeline',
  'project',
  'receipt-rule',
  'snapshot-copy-grant',
  'global-table',
  'data-quality-job-definition',
  'canary',
];

/** The Region of the key; `undefined` where it is not known, or where the key may be in several. */
function regionOf(inventory: Inventory, user: User): Text | undefined {
  const { key } = keyOf(inventory, user);
  if (key !== undefined) return isMultiRegion(key) ? undefined : key.region;
  const arn = parseArn(user.reference);
  if (arn?.service !== 'kms' || arn.resource.startsWith('key/mrk-')) return undefined;
  return arn.region;
}

function isMultiRegion(key: Key): boolean {
  const { multiRegion } = key;
  return multiRegion === 'primary' || multiRegion === 'replica' || keyIdOf(key).startsWith('mrk-');
}

/** The key, where it is listed, and where it is defined if that is known. */
function keyOf(
  inventory: Inventory,
  { reference, account, region }: User,
): { readonly key?: Key; readonly definition?: Key } {
  // A name without a Region is looked up at home, so that it never leads elsewhere.
  if (parseArn(reference) === undefined && !hasHole(reference)) return {};
  const key = findKey(inventory, reference, { account, region });
  if (key === undefined) return {};
  return key.policyIsDefault === true ? { key } : { key, definition: key };
}

function arnFor({ reference, account }: User, region: Text): Text {
  const arn = parseArn(reference);
  const owner = arn?.account ?? account;
  const id = arn?.resource.startsWith('key/') === true ? arn.resource : KEY;
  return `arn:${arn?.partition ?? 'aws'}:kms:${region}:${owner}:${id}`;
}

const KEY = 'key/1234abcd-12ab-34cd-56ef-1234567890ab';
