import { hasHole, type Hole } from '../source/index.js';
import { nameOf, type Named, type Survey, type SurveyedHole } from './survey.js';

/** Whether unknown accounts and Regions differ from all that are named, or are those named most. */
export type Guess = 'apart' | 'together';

/** A constant for every hole, by its name. */
export function constantsOf(survey: Survey, guess: Guess): ReadonlyMap<string, string> {
  const makers = createMakers(survey, guess);
  const constants = new Map<string, string>();
  const order = [...survey.holes.values()].sort(
    (a, b) => Number(isWholeArn(a)) - Number(isWholeArn(b)),
  );
  for (const hole of order) constants.set(nameOf(hole), constantOf(hole, makers));
  return constants;
}

/** Made last, as they are put together from what the others turned out to be. */
function isWholeArn({ role }: SurveyedHole): boolean {
  return role === 'principal' || role === 'key';
}

interface Makers {
  account(hole: Hole): string;
  /** The account of something that is known by its ARN, of which all is unknown. */
  holder(hole: Hole): string;
  region(hole: Hole): string;
  partition(hole: Hole): string;
  name(hole: Hole): string;
  keyId(): string;
}

function constantOf(hole: SurveyedHole, makers: Makers): string {
  switch (hole.role) {
    case 'account':
      return makers.account(hole);
    case 'region':
      return makers.region(hole);
    case 'partition':
      return makers.partition(hole);
    case 'suffix':
      return makers.partition(hole) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'organization':
      return `o-${makers
        .name(hole)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')}`;
    case 'service':
      return `${makers.name(hole).toLowerCase()}.amazonaws.com`;
    case 'key-id':
      return makers.keyId();
    case 'principal':
      return `arn:${makers.partition(hole)}:iam::${makers.holder(hole)}:role/${makers.name(hole)}`;
    case 'key':
      return `arn:${makers.partition(hole)}:kms:${makers.region(hole)}:${makers.holder(hole)}:key/${makers.keyId()}`;
    case 'text':
      return makers.name(hole);
  }
}

function createMakers({ units }: Survey, guess: Guess): Makers {
  const named = [...units.values()];
  const takenAccounts = new Set(named.flatMap(({ accounts }) => [...accounts.keys()]));
  const own = new Map<string, string>();
  const names = new Map<string, number>();
  let accounts = 0;
  let keys = 0;
  const freshAccount = (): string => {
    for (;;) {
      accounts += 1;
      const account = `9${String(accounts).padStart(11, '0')}`;
      if (!takenAccounts.has(account)) return account;
    }
  };
  const namedMost = (unit: string, kind: keyof Named): string | undefined =>
    mostOf(units.get(unit)?.[kind]);
  const account = (hole: Hole): string => {
    const made = (guess === 'together' && namedMost(hole.unit, 'accounts')) || freshAccount();
    if (/(^|[.:])(AccountId|account_id)$/.test(hole.expression)) own.set(hole.unit, made);
    return made;
  };
  return {
    account,
    holder: ({ unit }) => {
      if (guess === 'apart') return freshAccount();
      return namedMost(unit, 'accounts') ?? own.get(unit) ?? freshAccount();
    },
    region: ({ unit }) => {
      const most = guess === 'together' ? namedMost(unit, 'regions') : undefined;
      return most ?? REGIONS.find((region) => units.get(unit)?.regions.has(region) !== true) ?? '';
    },
    partition: ({ unit }) => namedMost(unit, 'partitions') ?? 'aws',
    name: ({ expression }) => {
      const plain = `unresolved-${expression.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40)}`;
      const before = names.get(plain) ?? 0;
      names.set(plain, before + 1);
      return before === 0 ? plain : `${plain}-${before + 1}`;
    },
    keyId: () => {
      keys += 1;
      return `00000000-0000-4000-8000-${String(keys).padStart(12, '0')}`;
    },
  };
}

// Those of one partition, and more than any policy names.
const REGIONS: readonly string[] = [
  'us-east-1',
  'eu-west-1',
  'ap-southeast-2',
  'us-west-2',
  'eu-central-1',
  'ca-central-1',
  'sa-east-1',
  'eu-north-1',
  'ap-northeast-1',
  'ap-south-1',
];

function mostOf(counts: ReadonlyMap<string, number> | undefined): string | undefined {
  const sorted = [...(counts ?? [])].sort(([, a], [, b]) => b - a);
  return sorted.find(([name]) => !hasHole(name))?.[0];
}
