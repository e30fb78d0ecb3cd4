import {
  areAllRefused,
  areRefusedInEveryWorld,
  circumstancesFor,
  covers,
  findAllowed,
  insiderFreedom,
  isAboutObjects,
  isSuccess,
  kmsBucketsOf,
  matchesWildcard,
  nameOf,
  nameOfBucket,
  objectKeysIn,
  parseArn,
  placedStatementsOf,
  principalsOf,
  rule,
  showText,
  statementsIn,
  subjectOf,
  viaS3,
  withBucket,
  findHolder,
  hasHole,
  type CallContext,
  type Circumstances,
  type Condition,
  type Inventory,
  type KmsBucket,
  type PlacedStatement,
  type Statement,
  type Suspicion,
  type Text,
  type Try,
} from '../../src/rule.js';

/** Somebody cannot read from a bucket, or write to it, as S3 sends another encryption context. */
interface Claim {
  readonly caller: Text;
  readonly action: 'GetObject' | 'PutObject';
  readonly bucket: Bucket;
  readonly objectKey: Text;
  readonly contexts: readonly CallContext[];
}

interface Bucket {
  readonly arn: Text;
  readonly account: Text;
  readonly region: Text;
  readonly key: Text;
  /** Set where nothing says whether S3 Bucket Keys are on: what is claimed is about when they are. */
  readonly bucketKey?: boolean;
}

export const bucketKeyContextMismatch = rule<Claim>({
  meta: {
    id: 'bucket-key-context-mismatch',
    title: 'Encryption context that S3 does not send',
    severity: 'error',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    const buckets = kmsBucketsOf(inventory);
    for (const placed of placedStatementsOf(inventory)) {
      for (const condition of placed.statement.conditions) {
        if (!isAboutObjects(condition) || condition.operator.family === 'Null') continue;
        for (const one of bucketsFor(inventory, placed, condition, buckets)) {
          const found = findMismatch(placed, one);
          if (found !== undefined) yield suspicionOf(placed, condition, one, found);
        }
      }
    }
  },

  scenario({ caller, action, bucket, objectKey, contexts }, inventory) {
    const listed = inventory.dependants.find(({ arn }) => arn === bucket.arn);
    const { stage } = withBucket(
      inventory,
      listed === undefined
        ? unlisted(bucket)
        : {
            ...listed,
            account: bucket.account,
            ...(listed.bucketKey === undefined && { bucketKey: bucket.bucketKey ?? true }),
          },
      listed?.key ?? bucket.key,
    );
    return {
      claims: 'cannot',
      stage,
      attempts: {
        kind: 'all',
        attempts: contexts.map((context) => [
          {
            kind: 's3',
            action,
            caller,
            bucket: bucket.arn,
            objectKey,
            context,
            servicePermission: 'assumed',
          },
        ]),
      },
      succeeded: (exchanges) => isSuccess(exchanges.at(-1)),
    };
  },
});

interface Target extends KmsBucket {
  /** Whether S3 Bucket Keys are on; `undefined`: nothing says. */
  readonly bucketKey: boolean | undefined;
}

/** The buckets that a condition is about: those listed, or else those that its values name. */
function bucketsFor(
  inventory: Inventory,
  { owner }: PlacedStatement,
  { values }: Condition,
  buckets: readonly KmsBucket[],
): readonly Target[] {
  const isNamed = ({ arn }: { readonly arn: Text }): boolean =>
    values.some(
      ({ text }) =>
        matchesWildcard(text, arn, 'exact') === true ||
        matchesWildcard(text, `${arn}/object`, 'exact') === true ||
        text.startsWith(`${arn}/`),
    );
  const listed = buckets.filter(({ bucket }) => isNamed(bucket));
  if (listed.length > 0) {
    return listed.map((one) => ({ ...one, bucketKey: one.bucket.bucketKey }));
  }
  if (inventory.dependants.some((one) => one.service === 's3' && isNamed(one))) return [];
  const key =
    owner.kind === 'key'
      ? owner.thing
      : inventory.keys.length === 1
        ? inventory.keys[0]
        : undefined;
  const arn = values.map(({ text }) => bucketIn(text)).find((one) => one !== undefined);
  if (key === undefined || arn === undefined) return [];
  const { account, region } = key;
  const made = withBucket(inventory, unlisted({ arn, account, region, key: key.arn }), key.arn);
  return [{ ...made, bucketKey: undefined }];
}

function bucketIn(text: Text): Text | undefined {
  const arn = parseArn(text);
  const name = arn?.resource.split('/')[0] ?? '';
  if (arn?.service !== 's3' || name === '' || /[*?]/.test(name)) return undefined;
  return text.slice(0, text.length - arn.resource.length) + name;
}

function unlisted({ arn, account, region, key, bucketKey = true }: Bucket): KmsBucket['bucket'] {
  const source = { path: 'a bucket that is not listed', text: '' };
  return {
    service: 's3',
    type: 'bucket',
    arn,
    account,
    region,
    key,
    encryption: 'aws:kms',
    bucketKey,
    address: arn,
    unit: 'imagined',
    span: { source, start: 0, end: 0 },
  };
}

interface Mismatch {
  readonly caller: Text;
  readonly action: 'kms:Decrypt' | 'kms:GenerateDataKey';
  readonly objectKey: Text;
  readonly ways: readonly Circumstances[];
  /** Whether S3 sends the ARN of the bucket, which the policies do not let through. */
  readonly sendsBucket: boolean;
  /** False where it hangs on policies that are not in the input. */
  readonly isCertain: boolean;
}

const actions = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;

/** Who is let through with the encryption context that S3 does not send, and not with the one that it sends. */
function findMismatch(placed: PlacedStatement, target: Target): Mismatch | undefined {
  const { statement, document } = placed;
  const { bucket, key, stage, bucketKey } = target;
  const [objectKey = 'object'] = objectKeysIn([statement], bucket.arn);
  const object = `${bucket.arn}/${objectKey}`;
  // Where nothing says, whichever form is not let through is the one to tell of.
  for (const sendsBucket of bucketKey === undefined ? [true, false] : [bucketKey]) {
    const [sent, other] = sendsBucket ? [bucket.arn, object] : [object, bucket.arn];
    for (const caller of callersOf(placed, stage)) {
      for (const action of actions.filter((one) => covers(statement, one) === true)) {
        const around = [statement, ...statementsIn(document), ...statementsIn(key.policy)];
        const ways = circumstancesFor([...new Set(around)], insiderFreedom);
        const triesWith = (arn: Text): readonly Try[] =>
          ways.map((way) => ({
            caller,
            action,
            key: key.arn,
            circumstances: viaS3(way, target, arn),
          }));
        const works = findAllowed(stage, triesWith(other));
        if (works === undefined) continue;
        const refused = areRefused(statement, target, triesWith(sent));
        if (refused === false) continue;
        // Whom only a key policy names may have more by IAM policies, which are not in the input.
        const isKnown = stage.principals.some(({ arn }) => arn === caller);
        if (refused === undefined && isKnown) continue;
        return { caller, action, objectKey, ways, sendsBucket, isCertain: refused === true };
      }
    }
  }
  return undefined;
}

/** The matcher cannot tell `${Bucket}` from `${Bucket}/*`; that a bucket's name has no slash can. */
function areRefused(
  { conditions }: Statement,
  target: Target,
  tries: readonly Try[],
): boolean | undefined {
  const { bucket, stage } = target;
  const refused = areAllRefused(stage, tries);
  if (refused !== undefined || !hasHole(bucket.arn)) return refused;
  const isOwn = conditions
    .filter(isAboutObjects)
    .every(({ values }) => values.every(({ text }) => text.startsWith(bucket.arn)));
  return isOwn && areRefusedInEveryWorld(stage, tries) ? true : undefined;
}

/** Some principals that a statement is about. */
function callersOf(placed: PlacedStatement, stage: Inventory): readonly Text[] {
  const holder = findHolder(stage, placed);
  if (holder !== undefined) return [holder.arn];
  const named = principalsOf(placed.statement).flatMap(({ form }) =>
    form.kind === 'user' || form.kind === 'role' ? [form.arn] : [],
  );
  if (named.length > 0) return named;
  return stage.principals.filter(({ serviceLinked }) => !serviceLinked).map(({ arn }) => arn);
}

function suspicionOf(
  placed: PlacedStatement,
  condition: Condition,
  target: Target,
  found: Mismatch,
): Suspicion<Claim> {
  const { statement, owner } = placed;
  const { bucket, bucketKey, isKeyKnown } = target;
  const { sendsBucket, action, caller, objectKey, ways, isCertain } = found;
  const name = nameOfBucket(bucket);
  const sent = sendsBucket ? 'the ARN of the bucket' : 'the ARN of the object';
  const state = sendsBucket ? 'on' : 'off';
  const hangsOn = !isKeyKnown ? 'the key policy' : isCertain ? statement.presence : 'IAM policies';
  return {
    claim: {
      caller,
      action: action === 'kms:Decrypt' ? 'GetObject' : 'PutObject',
      bucket: {
        arn: bucket.arn,
        account: bucket.account,
        region: bucket.region,
        key: bucket.key ?? '',
        ...(bucketKey === undefined && { bucketKey: sendsBucket }),
      },
      objectKey,
      contexts: ways.map(({ context }) => context),
    },
    message:
      bucketKey === undefined
        ? `${nameOf(statement)} keeps S3 from using the key for \`${name}\` if its S3 Bucket Key is ${state}`
        : `${nameOf(statement)} keeps S3 from using the key for \`${name}\`, whose S3 Bucket Key is ${state}`,
    why: `with the S3 Bucket Key ${state}, S3 sends ${sent} as \`aws:s3:arn\` in the encryption context, and this condition asks for ${
      sendsBucket ? 'objects' : 'the bucket'
    } alone, so \`${action}\` is denied`,
    fix: `list both: \`${showText(bucket.arn)}\` and \`${showText(bucket.arn)}/*\``,
    span: condition.span,
    ...(bucketKey === undefined
      ? {}
      : { related: [{ span: bucket.span, message: `its S3 Bucket Key is ${state}` }] }),
    severity: bucketKey === undefined ? 'info' : 'error',
    address: owner.thing.address,
    subject: subjectOf(statement),
    kind: name,
    ...(hangsOn === undefined ? {} : { hangsOn }),
  };
}
