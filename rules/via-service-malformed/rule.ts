import {
  areAllRefused,
  benchFor,
  circumstancesFor,
  covers,
  findKey,
  findPlaced,
  hasHole,
  isDoneBy,
  isSuccess,
  matchesWildcard,
  nameOf,
  parseArn,
  placedStatementsOf,
  principalsOf,
  rule,
  showText,
  simulatedActions,
  stageFor,
  stepsOf,
  subjectOf,
  viaServices,
  type Condition,
  type Exchange,
  type Inventory,
  type Place,
  type PlacedStatement,
  type Scenario,
  type Text,
  type Try,
  type Unsimulated,
} from '../../src/rule.js';
import { exampleRegions, problemOf, REGIONAL, valueFor, type Problem } from './values.js';

type Claim = ValueClaim | DirectClaim;

/** No call through the service that was meant has the value that a condition asks for. */
interface ValueClaim {
  readonly place: Place;
  /** Which condition of the statement and which of its values, from 0. */
  readonly condition: number;
  readonly value: number;
  /** The service prefix that was meant, where that is known. */
  readonly service?: string;
}

/** A service that calls in its own name has no such value, whatever it is. */
interface DirectClaim {
  readonly direct: Place;
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
        const direct = findDirect(inventory, placed, condition);
        if (direct !== undefined) {
          yield {
            claim: { direct: place },
            message: `\`${direct.caller}\` calls in its own name, without \`kms:ViaService\``,
            why: `the key is there only where a service passes on a call of somebody else, so ${nameOf(statement)} allows nothing to the service itself`,
            fix: 'name the principals whose calls the service passes on; for what it does itself, use `aws:SourceArn` or `aws:SourceAccount`',
            span: condition.span,
            severity: 'warning',
            address: owner.thing.address,
            subject: subjectOf(statement),
            kind: 'direct',
            ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
          };
          continue;
        }
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
            why:
              severity === 'info'
                ? why
                : `${why}, so ${nameOf(statement)} ${consequence(statement.effect, condition)}`,
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

  scenario(claim, inventory) {
    if ('direct' in claim) return directScenario(findPlaced(inventory, claim.direct), inventory);
    const { place, condition: at, value: index, service } = claim;
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

/** A try of a service that alone is allowed something by a statement, and is refused for its condition. */
function findDirect(
  inventory: Inventory,
  placed: PlacedStatement,
  { operator }: Condition,
): Try | undefined {
  const { negated, ifExists, quantifier } = operator;
  if (placed.statement.effect === 'Deny') return undefined;
  if (negated || ifExists || quantifier === 'ForAllValues') return undefined;
  const tries = triesOfServices(placed);
  // Of no tries, all are refused, and there is no first.
  return areAllRefused(inventory, tries) === true ? tries[0] : undefined;
}

/** What the services try that alone are allowed something by a statement, with all that it asks for but `kms:ViaService`. */
function triesOfServices({ statement, owner, document }: PlacedStatement): readonly Try[] {
  const principals = principalsOf(statement).map(({ form }) => form);
  const services = principals.flatMap((form) => (form.kind === 'service' ? [form.name] : []));
  const action = simulatedActions.find((one) => covers(statement, one) === true);
  if (owner.kind !== 'key' || document.kind !== 'key-policy' || action === undefined) return [];
  if (services.length < principals.length) return [];
  const conditions = statement.conditions.filter((one) => !isViaService(one));
  const ways = circumstancesFor([{ ...statement, conditions }], () => 'any');
  return services.flatMap((caller) =>
    ways.map((circumstances) => ({ caller, action, key: owner.thing.arn, circumstances })),
  );
}

function directScenario(
  placed: PlacedStatement | undefined,
  inventory: Inventory,
): Scenario | Unsimulated {
  const tries = placed === undefined ? [] : triesOfServices(placed);
  const key = findKey(inventory, tries[0]?.key ?? '');
  if (key === undefined) return { unsimulated: 'the statement is not for services alone' };
  const stage = stageFor(inventory, key);
  return {
    claims: 'cannot',
    stage,
    attempts: { kind: 'all', attempts: tries.map((one) => stepsOf(stage, one)) },
    succeeded: (exchanges) => {
      const last = exchanges.at(-1);
      return isSuccess(last) && tries.some(({ caller }) => caller === callerOf(last));
    },
  };
}

function callerOf(exchange: Exchange | undefined): Text | undefined {
  return exchange !== undefined && 'caller' in exchange.call ? exchange.call.caller : undefined;
}

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
