import {
  covers,
  decidePut,
  documentsOf,
  findHolder,
  hasHole,
  isAboutObjects,
  kmsBucketsOf,
  matchesWildcard,
  objectKeysIn,
  parseArn,
  principalsOf,
  showText,
  statementsIn,
  withBucket,
  type Dependant,
  type Inventory,
  type KmsBucket,
  type Span,
  type Statement,
  type Text,
} from '../../src/rule.js';

/** Somebody who may upload to buckets. */
export interface Uploader {
  readonly arn: Text;
  readonly name: string;
  readonly address: string;
  readonly span: Span;
  /** What the IAM policies say; for whom only a key policy names, what that says. */
  readonly statements: readonly Statement[];
  /** Whether the IAM policies are known. */
  readonly isKnown: boolean;
  readonly targets: readonly Target[];
}

/** A bucket that somebody may upload to. */
export interface Target extends KmsBucket {
  readonly bucketKey: boolean | undefined;
  readonly objectKeys: readonly Text[];
  /** Whether the bucket is known to encrypt with the key; otherwise that it does is a guess. */
  readonly isListed: boolean;
  /** Whether a policy says that it is S3 that uses the key. */
  readonly isCertain: boolean;
}

type Person = Omit<Uploader, 'targets'> & { readonly stage: Inventory };

export function* uploadersIn(inventory: Inventory): Iterable<Uploader> {
  const buckets = kmsBucketsOf(inventory);
  for (const person of peopleIn(inventory)) {
    const near = buckets.filter((one) => isPossible(person, one));
    const listed = near.flatMap((one) => targetOf(person, onStageOf(person, one, inventory)));
    const targets = listed.length > 0 ? listed : unlistedTargets(person);
    if (targets.length > 0) yield { ...person, targets };
  }
}

/** Whether policies may certainly let somebody put objects into a bucket, at a glance. */
function isPossible({ isKnown, statements }: Person, { bucket }: KmsBucket): boolean {
  if (!isKnown || bucket.policy !== undefined) return true;
  const objects = objectKeysIn(statements, bucket.arn).map((name) => `${bucket.arn}/${name}`);
  return statements.filter(isAboutUploads).some(({ resource }) => {
    if (resource === undefined || resource.negated) return true;
    return resource.patterns.some(({ text }) =>
      objects.some((object) => matchesWildcard(text, object, 'exact') === true),
    );
  });
}

/** A bucket with somebody whom the inventory does not list. */
function onStageOf({ stage }: Person, one: KmsBucket, inventory: Inventory): KmsBucket {
  if (stage === inventory) return one;
  return { ...one, stage: { ...one.stage, principals: stage.principals } };
}

/** The inventory with somebody in it whom a policy is about. */
export function stageOf(inventory: Inventory, caller: Text): Inventory {
  for (const { arn, stage } of peopleIn(inventory)) if (arn === caller) return stage;
  return inventory;
}

function* peopleIn(inventory: Inventory): Iterable<Person> {
  const holders = new Map<Text, Person>();
  for (const owned of documentsOf(inventory)) {
    const { document, owner } = owned;
    if (document.kind !== 'identity') continue;
    if (owner.kind === 'principal' && owner.thing.serviceLinked) continue;
    const holder = findHolder(inventory, owned);
    if (holder === undefined) continue;
    const known = holders.get(`${holder.arn} ${owner.thing.address}`);
    const statements = [...(known?.statements ?? []), ...statementsIn(document)];
    const { address, span } = owner.thing;
    const name =
      owner.kind === 'principal'
        ? `\`${owner.thing.kind}/${showText(hasHole(owner.thing.name) ? address : owner.thing.name)}\``
        : 'whoever has this policy';
    holders.set(`${holder.arn} ${address}`, {
      ...holder,
      name,
      address,
      span,
      statements,
      isKnown: true,
    });
  }
  for (const person of holders.values()) {
    if (person.statements.some(isAboutDataKeys)) yield person;
  }
  yield* namedInKeyPolicies(inventory);
}

function isAboutDataKeys(statement: Statement): boolean {
  return statement.effect === 'Allow' && covers(statement, 'kms:GenerateDataKey') !== false;
}

function isAboutUploads(statement: Statement): boolean {
  return statement.effect === 'Allow' && covers(statement, 's3:PutObject') !== false;
}

/** Users and roles that only a key policy tells of. */
function* namedInKeyPolicies(inventory: Inventory): Iterable<Person> {
  for (const key of inventory.keys) {
    for (const statement of statementsIn(key.policy).filter(isAboutDataKeys)) {
      for (const { form, span } of principalsOf(statement)) {
        if (form.kind !== 'user' && form.kind !== 'role') continue;
        if (inventory.principals.some(({ arn }) => arn === form.arn)) continue;
        const name = `\`${form.kind}/${showText(form.name)}\``;
        const { address } = key;
        const statements = [statement];
        yield { arn: form.arn, name, address, span, statements, isKnown: false, stage: inventory };
      }
    }
  }
}

/** A listed bucket, if they may put objects there. */
function targetOf(person: Person, one: KmsBucket): readonly Target[] {
  const isAllowed = person.statements.some(isAboutUploads) || one.bucket.policy !== undefined;
  if (person.isKnown && !isAllowed) return [];
  const objectKeys = objectKeysIn(person.statements, one.bucket.arn).filter((objectKey) => {
    const decision = decidePut(one, person.arn, objectKey);
    return decision === 'Allow' || (decision === 'Unknown' && !person.isKnown);
  });
  if (objectKeys.length === 0) return [];
  const { bucketKey } = one.bucket;
  return [{ ...one, bucketKey, objectKeys, isListed: true, isCertain: true }];
}

/** Buckets that the inventory does not list, with the keys that somebody may use for them. */
function unlistedTargets(person: Person): readonly Target[] {
  const { statements, stage } = person;
  const names = statements.filter(({ effect }) => effect === 'Allow').flatMap(bucketsNamedIn);
  return statements.filter(isAboutDataKeys).flatMap((statement) => {
    const isCertain = statement.conditions.some(isAboutS3);
    const arns = names.length > 0 ? names : isCertain && !person.isKnown ? [BUCKET] : [];
    return keysOf(statement, stage).flatMap((key) => {
      const { account = '', region = '' } = parseArn(key) ?? {};
      const missing = arns.filter((arn) => stage.dependants.every((one) => one.arn !== arn));
      return namedBuckets(missing, { account, region, key }).flatMap((bucket) => {
        const made = withBucket(stage, bucket, key);
        return targetOf(person, made).map((target) => ({ ...target, isListed: false, isCertain }));
      });
    });
  });
}

const BUCKET = 'arn:aws:s3:::bucket';

/** Buckets as the inventory would list them. */
export function namedBuckets(
  arns: readonly Text[],
  { account, region, key }: { readonly account: Text; readonly region: Text; readonly key: Text },
): readonly Dependant[] {
  const source = { path: 'a bucket that is not listed', text: '' };
  return [...new Set(arns)].map((arn) => ({
    service: 's3',
    type: 'bucket',
    arn,
    account,
    region,
    key,
    encryption: 'aws:kms',
    bucketKey: false,
    address: arn,
    unit: 'imagined',
    span: { source, start: 0, end: 0 },
  }));
}

/** The buckets that a statement lets somebody put objects into, by ARN. */
function bucketsNamedIn(statement: Statement): readonly Text[] {
  if (covers(statement, 's3:PutObject') !== true) return [];
  return (statement.resource?.patterns ?? []).flatMap(({ text }) => {
    const arn = parseArn(text);
    const name = arn?.resource.split('/')[0] ?? '';
    if (arn?.service !== 's3' || name === '' || /[*?$]/.test(name)) return [];
    return [text.slice(0, text.length - arn.resource.length) + name];
  });
}

function isAboutS3(condition: Statement['conditions'][number]): boolean {
  const { key, values, operator } = condition;
  if (isAboutObjects(condition)) return true;
  return (
    key.toLowerCase() === 'kms:viaservice' &&
    !operator.negated &&
    values.some(({ text }) => text.startsWith('s3.'))
  );
}

/** The keys that a statement lets somebody make data keys with, by ARN. */
function keysOf({ resource }: Statement, { keys }: Inventory): readonly Text[] {
  const named = (resource?.patterns ?? []).flatMap(({ text }) => {
    const arn = parseArn(text);
    if (arn?.service !== 'kms' || !arn.resource.startsWith('key/')) return [];
    return hasHole(text) || !/[*?]/.test(text) ? [text] : [];
  });
  return named.length > 0 ? named : keys.slice(0, 1).map(({ arn }) => arn);
}
