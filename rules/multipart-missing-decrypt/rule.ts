import {
  areAllRefused,
  circumstancesFor,
  decideTry,
  findAllowed,
  nameOfBucket,
  nameOfCall,
  insiderFreedom,
  rule,
  subjectOf,
  viaS3,
  withBucket,
  type CallContext,
  type CodeCall,
  type KmsBucket,
  type Statement,
  type Suspicion,
  type Text,
  type Try,
} from '../../src/rule.js';
import { uploadsOf } from './uploads.js';
import { namedBuckets, stageOf, uploadersIn, type Uploader } from './uploaders.js';

/** Somebody uploads small objects to a bucket, and no large ones. */
interface Claim {
  readonly caller: Text;
  readonly bucket: Pick<KmsBucket['bucket'], 'arn' | 'account' | 'region'>;
  readonly key: Text;
  readonly objectKey: Text;
  /** Those in which the upload begins first. */
  readonly contexts: readonly CallContext[];
}

interface Options {
  /** Objects are at most so large. */
  readonly maxObjectBytes: number | null;
}

export const multipartMissingDecrypt = rule<Claim, Options>({
  meta: {
    id: 'multipart-missing-decrypt',
    title: 'Upload to S3 that fails for large objects',
    severity: 'error',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions',
      'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html',
    ],
    presets: ['recommended', 'strict'],
    options: {
      schema: {
        type: 'object',
        properties: { maxObjectBytes: { type: ['integer', 'null'], minimum: 0 } },
        additionalProperties: false,
      },
      defaults: { maxObjectBytes: null },
    },
  },

  *detect({ inventory, options, expectations }) {
    if (options.maxObjectBytes !== null && options.maxObjectBytes <= PART_BYTES_MIN) return;
    for (const uploader of uploadersIn(inventory)) {
      for (const target of uploader.targets) {
        const found = findFailure(uploader, target);
        if (found === undefined) continue;
        const suspicion = suspicionOf(uploader, target, found);
        const uploads = uploadsOf(uploader, target, inventory, expectations.code);
        yield { ...suspicion, related: [...(suspicion.related ?? []), ...uploads.map(relationOf)] };
      }
    }
  },

  scenario({ caller, bucket, key, objectKey, contexts }, inventory) {
    const listed = inventory.dependants.find(({ arn }) => arn === bucket.arn);
    const [named = bucket] =
      listed === undefined ? namedBuckets([bucket.arn], { ...bucket, key }) : [];
    const { stage } = withBucket(
      stageOf(inventory, caller),
      { ...(listed ?? named), account: bucket.account } as KmsBucket['bucket'],
      listed?.key ?? key,
    );
    const call = {
      kind: 's3',
      caller,
      bucket: bucket.arn,
      objectKey,
      servicePermission: 'assumed',
    } as const;
    return {
      claims: 'cannot',
      stage,
      attempts: {
        kind: 'all',
        attempts: contexts.map((context, index) => [
          ...(index === 0 ? [{ ...call, action: 'PutObject', context } as const] : []),
          { ...call, action: 'CreateMultipartUpload', context },
          { ...call, action: 'UploadPart', context },
        ]),
      },
      // It is no such failure either where not even small objects get through.
      succeeded: (exchanges) =>
        exchanges.some(
          ({ call: made, outcome }) =>
            made.kind === 's3' &&
            ((made.action === 'PutObject' && outcome.kind === 'failed') ||
              (made.action === 'UploadPart' && outcome.kind === 'succeeded')),
        ),
    };
  },
});

/** No SDK sends smaller objects in parts. SOURCE: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_BYTES_MIN = 5 * 1024 * 1024;

interface Failure {
  readonly started: Try;
  readonly tries: readonly Try[];
  readonly objectKey: Text;
  /** Set where it hangs on policies that are not known. */
  readonly hangsOn?: string;
}

function findFailure(uploader: Uploader, target: Uploader['targets'][number]): Failure | undefined {
  const { bucket, key, stage, bucketKey, objectKeys } = target;
  const keyStatements = (key.policy?.statements ?? []).filter((one) => one.kind === 'statement');
  const ways = circumstancesFor([...uploader.statements, ...keyStatements], insiderFreedom);
  for (const objectKey of objectKeys) {
    const arn = bucketKey === true ? bucket.arn : `${bucket.arn}/${objectKey}`;
    const triesAt = (action: string): readonly Try[] =>
      ways.map((way) => ({
        caller: uploader.arn,
        action,
        key: key.arn,
        circumstances: viaS3(way, target, arn),
      }));
    const started = findAllowed(stage, triesAt('kms:GenerateDataKey'));
    if (started === undefined) continue;
    const parts = triesAt('kms:Decrypt');
    const refused = areAllRefused(stage, parts);
    if (refused === false) continue;
    const tries = [started, ...parts];
    if (refused === true) return { started, tries, objectKey };
    // The policies of whom a key policy names may allow it as well; who wrote neither down forgot it.
    if (!uploader.isKnown) return { started, tries, objectKey, hangsOn: 'IAM policies' };
  }
  return undefined;
}

function suspicionOf(
  uploader: Uploader,
  target: Uploader['targets'][number],
  { started, tries, objectKey, hangsOn }: Failure,
): Suspicion<Claim> {
  const { bucket, key, stage, isKeyKnown, isListed, isCertain } = target;
  const statement = allowingIn(stage, started);
  const name = nameOfBucket(bucket);
  const open = hangsOn ?? (isKeyKnown ? statement?.presence : 'the key policy');
  const denied = decideTry(stage, tries.at(-1) ?? started).decision === 'ExplicitDeny';
  return {
    claim: {
      caller: uploader.arn,
      bucket: { arn: bucket.arn, account: bucket.account, region: bucket.region },
      key: key.arn,
      objectKey,
      contexts: contextsOf(tries),
    },
    message: `${uploader.name} can upload small objects to \`${name}\`, and no large ones`,
    why: `a multipart upload begins with \`kms:GenerateDataKey\`, which is allowed, and needs \`kms:Decrypt\` for each part and to complete, which ${
      denied ? 'is denied' : 'nothing allows'
    }${isListed ? '' : ', where the bucket encrypts with this key'}`,
    fix: denied
      ? 'let the Deny make an exception for calls through S3; `kms:Encrypt` is not needed'
      : 'allow `kms:Decrypt` on the key as well; `kms:Encrypt` is not needed',
    span: statement?.action?.span ?? uploader.span,
    related: isListed
      ? [{ span: bucket.keySpan ?? bucket.span, message: 'the bucket encrypts with this key' }]
      : [],
    severity: isListed ? 'error' : isCertain ? 'warning' : 'info',
    address: uploader.address,
    subject: statement === undefined ? '' : subjectOf(statement),
    kind: name,
    ...(open === undefined ? {} : { hangsOn: open }),
  };
}

function relationOf(call: CodeCall): NonNullable<Suspicion<Claim>['related']>[number] {
  return { span: call.span, message: `${nameOfCall(call)} sends large objects there in parts` };
}

function contextsOf(tries: readonly Try[]): readonly CallContext[] {
  // S3 sets `kms:ViaService` itself.
  const contexts = tries.map(({ circumstances: { context } }) =>
    Object.fromEntries(Object.entries(context).filter(([key]) => key !== 'kms:ViaService')),
  );
  const distinct = new Map(contexts.map((context) => [JSON.stringify(context), context]));
  return [...distinct.values()];
}

/** The statement by which a try is allowed. */
function allowingIn(stage: KmsBucket['stage'], one: Try): Statement | undefined {
  const layers = decideTry(stage, one).layers.filter(({ outcome }) => outcome === 'allows');
  const statements = ['identity', 'key-policy'].flatMap(
    (layer) => layers.find((found) => found.layer === layer)?.because ?? [],
  );
  return statements.find(
    (found): found is Statement => 'kind' in found && found.kind === 'statement',
  );
}
