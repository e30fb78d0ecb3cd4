import {
  benchFor,
  conditionKeys,
  findConditionKey,
  findPlaced,
  hasHole,
  isSuccess,
  nearestName,
  placedStatementsOf,
  questionOf,
  rule,
  servicePrefixes,
  showText,
  stepsOf,
  subjectOf,
  type Condition,
  type Place,
  type Step,
} from '../../src/rule.js';

/** No request has a certain condition key. */
interface Claim {
  readonly place: Place;
  /** Which condition of the statement, from 0. */
  readonly condition: number;
}

export const unknownConditionKey = rule<Claim>({
  meta: {
    id: 'unknown-condition-key',
    title: 'Condition key that no request has',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const { statement, owner, place } of placedStatementsOf(inventory)) {
      for (const [index, condition] of statement.conditions.entries()) {
        const doubt = doubtAbout(condition.key);
        if (doubt === undefined) continue;
        const always = holdsWithoutKey(condition);
        yield {
          claim: { place, condition: index },
          message: `${doubt.what}, so this condition ${always ? 'holds for every request' : 'never holds'}`,
          why: consequence(statement.effect, always),
          fix: doubt.fix,
          span: condition.keySpan,
          severity: doubt.certain ? 'error' : 'warning',
          address: owner.thing.address,
          subject: subjectOf(statement),
          kind: condition.key.toLowerCase(),
          ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
        };
      }
    }
  },

  scenario({ place, condition: index }, inventory, fc) {
    const condition = findPlaced(inventory, place)?.statement.conditions[index];
    if (condition === undefined) return { unsimulated: 'the condition is not there' };
    const bench = benchFor({ conditions: [isPresent(condition)] });
    const attempt = (context: Readonly<Record<string, string>>): readonly Step[] =>
      stepsOf(bench.stage, {
        caller: bench.caller,
        action: 'kms:Decrypt',
        key: bench.key.arn,
        circumstances: { context, encryptionContext: { tenant: 'a' } },
      });
    const known = findConditionKey(condition.key) === undefined ? [] : [condition.key];
    return {
      claims: 'cannot',
      stage: bench.stage,
      attempts: {
        kind: 'sample',
        first: attempt({ 'kms:ViaService': 's3.us-east-1.amazonaws.com' }),
        others: fc
          .oneof(
            fc.constant(Object.fromEntries([...names, ...known].map((name) => [name, 'x']))),
            fc.dictionary(fc.constantFrom(...names), fc.constantFrom('true', '1', 'x')),
          )
          .map(attempt),
      },
      succeeded: (exchanges) => exchanges.length > 1 && isSuccess(exchanges.at(-1)),
      proof: {
        questions: [
          questionOf(
            { caller: bench.caller, action: 'kms:Decrypt', key: bench.key.arn },
            rangeOf(condition.key),
          ),
        ],
        whom: 'a role that has access only where the key is present',
      },
    };
  },
});

/** Roles and keys have whatever tags have names, and pairs of the encryption context have names. */
function rangeOf(key: string): {
  readonly chosen: readonly string[];
  readonly absent: readonly string[];
} {
  const name = key.toLowerCase();
  return {
    chosen: /^aws:(principal|resource)tag\/./.test(name) ? [name] : [],
    absent: ['kms:encryptioncontext:'],
  };
}

/** The condition that a request has the key at all. */
function isPresent(condition: Condition): Condition {
  const { keySpan: span } = condition;
  return {
    ...condition,
    operator: {
      family: 'Null',
      comparison: 'equals',
      like: false,
      negated: false,
      ignoreCase: false,
      ifExists: false,
    },
    values: [{ text: 'false', type: 'string', span }],
  };
}

/** Condition keys as a request may have them. */
const names = conditionKeys.map(({ name }) => name.replace(/\$\{.*?\}/, '1'));

interface Doubt {
  readonly what: string;
  readonly fix: string;
  /** Whether there is certainly no such key. */
  readonly certain: boolean;
}

function doubtAbout(key: string): Doubt | undefined {
  if (hasHole(key) || findConditionKey(key) !== undefined) return undefined;
  const shown = showText(key);
  const [prefix = '', name] = shown.split(/:(.*)/s);
  const isOurs = /^(kms|aws)$/i.test(prefix);
  if (name === undefined) {
    return {
      what: `\`${shown}\` is no condition key, as it has no service prefix`,
      fix: fixFor(shown),
      certain: false,
    };
  }
  // SOURCE: of other services only the prefixes are known, so that only slips of ours are told from them
  if (!isOurs && (servicePrefixes.includes(prefix.toLowerCase()) || !isSlip(prefix)))
    return undefined;
  if (/^kms:encryptioncontext:?$/i.test(shown)) {
    return {
      what: `\`${shown}\` does not name a key of the encryption context`,
      fix: 'write which pair is meant, such as `kms:EncryptionContext:tenant`, or use `kms:EncryptionContextKeys` for the keys alone',
      certain: true,
    };
  }
  if (/^aws:(Principal|Request|Resource)Tag\/?$/i.test(shown)) {
    return {
      what: `\`${shown}\` does not name a tag`,
      fix: `write which tag is meant, such as \`${shown.replace(/\/$/, '')}/team\``,
      certain: true,
    };
  }
  return { what: `there is no condition key \`${shown}\``, fix: fixFor(shown), certain: isOurs };
}

function isSlip(prefix: string): boolean {
  return (
    ['kms', 'aws'].includes(nearestName(prefix.toLowerCase(), ['kms', 'aws']) ?? '') &&
    prefix.length < 6
  );
}

function fixFor(shown: string): string {
  const meant = meantBy(shown);
  return meant === undefined
    ? 'take the condition out, or use a key that AWS KMS or IAM defines'
    : `write \`${meant}\``;
}

/** The condition key that was most likely meant: one of that name with another prefix, or of a similar name. */
function meantBy(shown: string): string | undefined {
  const name = shown.replace(/^.*?:/, '').toLowerCase();
  const known = conditionKeys.map((key) => key.name.replace(/\$\{.*?\}/, ''));
  const moved = known.find((key) => key.replace(/^.*?:/, '').toLowerCase() === name);
  return moved ?? nearestName(shown, known);
}

// SOURCE: facts evaluation 6.3 to 6.7
function holdsWithoutKey({ operator, values }: Condition): boolean {
  const { family, negated, ifExists, quantifier } = operator;
  if (family === 'Null') return values.some(({ text }) => text.toLowerCase() === 'true');
  return ifExists || quantifier === 'ForAllValues' || (negated && quantifier === undefined);
}

function consequence(effect: 'Allow' | 'Deny', always: boolean): string {
  if (effect === 'Allow') {
    return always
      ? 'no request has this key, so the statement allows what it was meant to restrict'
      : 'no request has this key, so the statement allows nothing';
  }
  return always
    ? 'no request has this key, so the statement denies what it was meant to let through'
    : 'no request has this key, so the statement denies nothing';
}
