import {
  administratorOf,
  circumstancesFor,
  findAllowed,
  insiderFreedom,
  isSuccess,
  nameOfKey,
  namedFreedom,
  parseArn,
  removalsOf,
  rootBeside,
  rule,
  showText,
  stageFor,
  statementsIn,
  statementsNaming,
  stepsOf,
  triableActions,
  usesOf,
  withAdministrator,
  type Dependant,
  type Exchange,
  type Inventory,
  type Key,
  type KeyClaim,
  type Removal,
  type Span,
  type Step,
  type Try,
  type Use,
} from '../../src/rule.js';

export const keyDeletionStrandsData = rule<KeyClaim>({
  meta: {
    id: 'key-deletion-strands-data',
    title: 'A plan deletes a key that something still needs',
    severity: 'error',
    category: 'availability',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
      'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory }) {
    for (const removal of removalsOf(inventory)) {
      const uses = usesOf(inventory, removal);
      const [first, ...others] = uses;
      if (first === undefined) continue;
      const { key, by } = removal;
      yield {
        claim: { key: key.arn },
        // That data is there is known of resources; aliases and policies only promise that there is.
        severity: 'dependant' in first ? 'error' : 'warning',
        message: `this plan ${by === 'deletion' ? 'deletes' : 'replaces'} ${nameOfKey(key)}, ${needOf(first)}${countOf(others)}`,
        why: whyOf(removal, first),
        fix: 'keep the key (`lifecycle { prevent_destroy = true }`, or a `removed` block that only forgets it), or encrypt with another key first what it protects; disabling it shows who still needs it, and can be undone',
        span: key.span,
        related: uses.map((use) => ({ span: spanOf(use), message: relationOf(use) })),
        address: key.address,
        subject: by,
      };
    }
  },

  scenario({ key: arn }, inventory) {
    const removal = removalsOf(inventory).find(({ key }) => key.arn === arn);
    if (inventory.before === undefined || removal === undefined) {
      return { unsimulated: 'no change takes the key away' };
    }
    if (usesOf(inventory, removal).length === 0) {
      return { unsimulated: 'nothing needs the key any more' };
    }
    const { key } = removal;
    if (!triableActions(key).includes('kms:Decrypt')) {
      return { unsimulated: 'the key does not encrypt, so there is nothing to decrypt with it' };
    }
    const stage = withAdministrator(stageFor(inventory.before, key), key);
    const reading = findReading(stage, key);
    const deleting = findDeletion(stage, key);
    const steps = reading === undefined ? [] : stepsOf(stage, reading);
    if (steps.length === 0) {
      return { unsimulated: 'nobody who is known can decrypt with the key before it goes' };
    }
    if (deleting === undefined) {
      return { unsimulated: 'nobody who is known may delete the key' };
    }
    const again = steps.slice(-1);
    const attempt: readonly Step[] = [
      ...steps,
      ...stepsOf(stage, deleting),
      ...again,
      { kind: 'clock', advanceMs: WAITING_MS },
      ...again,
    ];
    return {
      claims: 'can',
      stage,
      attempts: { kind: 'all', attempts: [attempt] },
      succeeded: (exchanges) =>
        isSuccess(exchanges[steps.length - 1]) &&
        nameOfError(exchanges[steps.length + 1]) === 'KMSInvalidStateException' &&
        nameOfError(exchanges.at(-1)) !== undefined,
    };
  },
});

/** What a key is needed for, as the end of a sentence that names it. */
function needOf(use: Use): string {
  switch (use.kind) {
    case 'uses':
      return `which ${thingOf(use.dependant)} still uses`;
    case 'keeps':
      return `with which ${thingOf(use.dependant)} encrypted what it holds`;
    case 'alias':
      return `which callers know as \`${showText(use.alias.name)}\``;
    case 'statement':
      return 'which an IAM policy still allows to use';
  }
}

function countOf(others: readonly Use[]): string {
  const things = others.filter((use) => 'dependant' in use).length;
  return things === 0 ? '' : `, and ${String(things)} more resource${things === 1 ? '' : 's'}`;
}

function whyOf({ by }: Removal, first: Use): string {
  const fate =
    'a key that waits for its deletion decrypts nothing, and once it is gone nobody can decrypt what was encrypted with it, AWS included';
  if (first.kind === 'keeps' || (first.kind === 'alias' && by === 'replacement')) {
    return `${fate}; a new key is used for new data only`;
  }
  return fate;
}

/** What a resource is and how it is called, as people do. */
function thingOf({ type, arn, address }: Dependant): string {
  const [kind = ''] = type.split(' ');
  const resource = parseArn(arn)?.resource ?? address;
  return `${kind.replaceAll('-', ' ')} \`${showText(resource.split(/[/:]/).at(-1) ?? resource)}\``;
}

function spanOf(use: Use): Span {
  switch (use.kind) {
    case 'uses':
    case 'keeps':
      return use.dependant.keySpan ?? use.dependant.span;
    case 'alias':
      return use.alias.span;
    case 'statement':
      return use.statement.span;
  }
}

function relationOf(use: Use): string {
  switch (use.kind) {
    case 'uses':
      return `${thingOf(use.dependant)} uses it`;
    case 'keeps':
      return `${thingOf(use.dependant)} encrypted with it until now`;
    case 'alias':
      return `\`${showText(use.alias.name)}\` was its name`;
    case 'statement':
      return 'an IAM policy names it';
  }
}

/** Somebody decrypts with the key as it stood: whom its policy names, another principal, or an administrator. */
function findReading(stage: Inventory, key: Key): Try | undefined {
  const callers = [
    ...statementsNaming(key).map(({ arn }) => arn),
    ...stage.principals.map(({ arn }) => arn),
    administratorOf(key).arn,
  ];
  return findTry(stage, key, { action: 'kms:Decrypt', callers, freedom: namedFreedom });
}

function findDeletion(stage: Inventory, key: Key): Try | undefined {
  const named = statementsNaming(key).map(({ arn }) => arn);
  const callers = [administratorOf(key).arn, rootBeside(key), ...named];
  return findTry(stage, key, {
    action: 'kms:ScheduleKeyDeletion',
    callers,
    freedom: insiderFreedom,
  });
}

interface Wanted {
  readonly action: string;
  readonly callers: readonly string[];
  readonly freedom: typeof namedFreedom;
}

function findTry(
  stage: Inventory,
  key: Key,
  { action, callers, freedom }: Wanted,
): Try | undefined {
  const ways = circumstancesFor(statementsIn(key.policy), freedom);
  const tries = function* (): Iterable<Try> {
    for (const caller of new Set(callers)) {
      for (const circumstances of ways) yield { caller, action, key: key.arn, circumstances };
    }
  };
  return findAllowed(stage, tries());
}

/** The longest waiting period, which is also the one of a request that names none: 30 days. */
const WAITING_MS = 30 * 24 * 60 * 60 * 1_000;

function nameOfError(exchange: Exchange | undefined): string | undefined {
  return exchange?.outcome.kind === 'failed' ? exchange.outcome.error.name : undefined;
}
