import {
  benchFor,
  findPlaced,
  hasHole,
  isDoneBy,
  matchesWildcard,
  nameOf,
  parseArn,
  placedStatementsOf,
  rule,
  showText,
  stepsOf,
  subjectOf,
  viaServices,
  type Condition,
  type Place,
  type PlacedStatement,
  type Text,
} from '../../src/rule.js';
import { exampleRegions, problemOf, REGIONAL, valueFor, type Problem } from './values.js';

/** No call through the service that was meant has the value that a condition asks for. */
interface Claim {
  readonly place: Place;
  /** Which condition of the statement and which of its values, from 0. */
  readonly condition: number;
  readonly value: number;
  /** The service prefix that was meant, where that is known. */
  readonly service?: string;
}

export const viaServiceMalformed = rule<Claim>({
  meta: {
    id: 'via-service-malformed',
    title: '`kms:ViaService` value that no service sends',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const placed of placedStatementsOf(inventory)) {
      const { statement, owner, place } = placed;
      for (const [at, condition] of statement.conditions.entries()) {
        if (!isViaService(condition)) continue;
        for (const [index, value] of condition.values.entries()) {
          const problem = problemOf(value.text, condition, regionsOf(placed));
          if (problem === undefined || isCovered(condition, problem)) continue;
          const { message, why, fix, severity = 'error', service } = problem;
          yield {
            claim: {
              place,
              condition: at,
              value: index,
              ...(service === undefined ? {} : { service }),
            },
            message,
            why: `${why}, so ${nameOf(statement)} ${consequence(statement.effect, condition)}`,
            fix,
            span: value.span,
            severity,
            address: owner.thing.address,
            subject: subjectOf(statement),
            kind: showText(value.text),
            ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
          };
        }
      }
    }
  },

  scenario({ place, condition: at, value: index, service }, inventory) {
    const placed = findPlaced(inventory, place);
    const condition = placed?.statement.conditions[at];
    const value = condition?.values[index];
    if (placed === undefined || condition === undefined || value === undefined) {
      return { unsimulated: 'the value is not there' };
    }
    const region = regionsOf(placed)[0] ?? REGIONAL.exec(value.text)?.[2] ?? 'us-east-1';
    const bench = benchFor({
      conditions: [
        {
          ...condition,
          operator: { ...condition.operator, negated: false, ifExists: false },
          values: [value],
        },
      ],
      keyArn: `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    });
    const services = service === undefined ? viaServices : [service];
    return {
      claims: 'cannot',
      stage: bench.stage,
      attempts: {
        kind: 'all',
        attempts: services.map((name) =>
          stepsOf(bench.stage, {
            caller: bench.caller,
            action: 'kms:Decrypt',
            key: bench.key.arn,
            circumstances: {
              context: { 'kms:ViaService': valueFor(name, region) },
              encryptionContext: {},
            },
          }),
        ),
      },
      succeeded: (exchanges) => isDoneBy(bench, exchanges),
    };
  },
});

function isViaService({ key, operator }: Condition): boolean {
  return key.toLowerCase() === 'kms:viaservice' && operator.family === 'String';
}

/** The Regions that the keys of a statement are in; none where they are not all known. */
function regionsOf({ owner, document, statement }: PlacedStatement): readonly Text[] {
  if (owner.kind === 'key' && document.kind === 'key-policy') {
    const region = parseArn(owner.thing.arn)?.region ?? owner.thing.region;
    return hasHole(region) ? [] : [region];
  }
  if (statement.resource?.negated !== false) return [];
  const regions = statement.resource.patterns.map(({ text }) => parseArn(text)?.region ?? '');
  return regions.every((region) => /^[a-z0-9-]+$/.test(region)) ? regions : [];
}

/** Whether another value of the condition lets through what this one was meant to. */
function isCovered({ values, operator }: Condition, { service, meant: value }: Problem): boolean {
  if (service === undefined) return false;
  const wanted =
    value === undefined ? exampleRegions.map((one) => valueFor(service, one)) : [value];
  return values.some(({ text }) =>
    wanted.some((one) =>
      operator.like ? matchesWildcard(text, one, 'exact') !== false : hasHole(text) || text === one,
    ),
  );
}

function consequence(effect: 'Allow' | 'Deny', { operator, values }: Condition): string {
  if (values.length > 1) return 'treats calls through that service as any other';
  const always = operator.negated || operator.ifExists;
  const verb = effect === 'Allow' ? 'allows' : 'denies';
  return operator.negated
    ? `${verb} calls through that service as well`
    : `${verb} no call through that service${always ? ', only direct ones' : ''}`;
}
