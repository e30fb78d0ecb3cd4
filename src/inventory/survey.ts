import { findConditionKey } from '../facts/index.js';
import { parseArn } from '../policy/index.js';
import { hasHole, holesOf, partsOf, type Hole, type Text } from '../source/index.js';
import { isConditional, isFixed, isPlain, isPrincipalEntry } from './fields.js';
import type { Inventory } from './inventory.js';

/** What an inventory leaves unknown, and what it names beside that. */
export interface Survey {
  readonly holes: ReadonlyMap<string, SurveyedHole>;
  readonly units: ReadonlyMap<string, Named>;
  /** Whether some statement is there only under a condition known at deployment. */
  readonly isConditional: boolean;
  /** Whether it matters to whom or where an unknown belongs. */
  readonly isOpen: boolean;
}

export interface SurveyedHole extends Hole {
  readonly role: Role;
}

/** What a hole stands for, as far as its name and its places tell. */
export type Role =
  | 'account'
  | 'region'
  | 'partition'
  | 'suffix'
  | 'organization'
  | 'service'
  | 'key-id'
  | 'principal'
  | 'key'
  | 'text';

/** What the texts of one unit name, and how often. */
export interface Named {
  readonly accounts: Map<string, number>;
  readonly regions: Map<string, number>;
  readonly partitions: Map<string, number>;
}

/** A hole's identity, as a map key. */
export function nameOf({ unit, expression }: Hole): string {
  return `${unit}\n${expression}`;
}

/** `undefined` where nothing is unknown. */
export function survey(inventory: Inventory): Survey | undefined {
  if (!isUnknownWithin(inventory, new Set())) return undefined;
  const surveyor = createSurveyor();
  surveyor.visit(inventory, { field: '', owner: '', unit: '' });
  return surveyor.result();
}

/** A look for holes alone, which is all that most inventories need. */
function isUnknownWithin(value: unknown, seen: Set<object>): boolean {
  if (typeof value === 'string') return hasHole(value);
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  if (isConditional(value)) return true;
  if (Array.isArray(value) || value instanceof Set) {
    return [...value].some((item) => isUnknownWithin(item, seen));
  }
  if (value instanceof Map) return [...value].flat().some((item) => isUnknownWithin(item, seen));
  return (
    isPlain(value) &&
    Object.entries(value).some(([name, field]) => !isFixed(name) && isUnknownWithin(field, seen))
  );
}

/** Where a text stands. */
interface Place {
  readonly field: string;
  /** The field that holds the object whose field it is. */
  readonly owner: string;
  readonly unit: string;
  /** The condition key whose value it is. */
  readonly conditionKey?: Text;
}

interface Surveyor {
  visit(value: unknown, place: Place): void;
  result(): Survey;
}

function createSurveyor(): Surveyor {
  const holes = new Map<string, SurveyedHole>();
  const units = new Map<string, Named>();
  const seen = new Set<object>();
  let conditional = false;
  const visit = (value: unknown, place: Place): void => {
    if (typeof value === 'string') note(value, place);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    conditional ||= isConditional(value);
    if (Array.isArray(value) || value instanceof Set) {
      for (const item of value) visit(item, place);
    } else if (value instanceof Map) {
      for (const item of [...value].flat()) visit(item, place);
    } else if (isPlain(value)) {
      for (const [field, inner, within] of fieldsOf(value, place))
        visit(inner, { ...within, field });
    }
  };
  const note = (text: Text, place: Place): void => {
    countNames(text, namedIn(units, place.unit));
    for (const hole of holesOf(text)) {
      const role = roleOf(hole, text, place);
      const known = holes.get(nameOf(hole));
      if (known === undefined || known.role === 'text') holes.set(nameOf(hole), { ...hole, role });
    }
  };
  const isOpen = ({ role, unit }: SurveyedHole): boolean => {
    if (role === 'principal' || role === 'key') return true;
    const named = namedIn(units, unit);
    return (
      (role === 'account' && named.accounts.size > 0) ||
      (role === 'region' && named.regions.size > 0)
    );
  };
  return {
    visit,
    result: () => ({
      holes,
      units,
      isConditional: conditional,
      isOpen: [...holes.values()].some(isOpen),
    }),
  };
}

function fieldsOf(value: object, place: Place): readonly (readonly [string, unknown, Place])[] {
  const unit = 'unit' in value && typeof value.unit === 'string' ? value.unit : place.unit;
  const conditionKey =
    'operatorText' in value && 'key' in value && typeof value.key === 'string'
      ? { conditionKey: value.key }
      : place.conditionKey === undefined
        ? {}
        : { conditionKey: place.conditionKey };
  const within = { ...place, unit, owner: place.field, ...conditionKey };
  // What an entry of a principal means follows from its text.
  const entries = isPrincipalEntry(value)
    ? [[`principal ${value.type}`, value.text] as const]
    : Object.entries(value);
  return entries
    .filter(([field]) => !isFixed(field))
    .map(([field, inner]: readonly [string, unknown]) => [field, inner, within] as const);
}

function namedIn(units: Map<string, Named>, unit: string): Named {
  const known = units.get(unit);
  if (known !== undefined) return known;
  const named = { accounts: new Map(), regions: new Map(), partitions: new Map() };
  units.set(unit, named);
  return named;
}

function countNames(text: Text, { accounts, regions, partitions }: Named): void {
  const count = (map: Map<string, number>, names: readonly string[]): void => {
    for (const name of names) map.set(name, (map.get(name) ?? 0) + 1);
  };
  count(accounts, text.match(/(?<=:)\d{12}(?=:)|^\d{12}$/g) ?? []);
  count(regions, text.match(REGION) ?? []);
  count(partitions, text.match(/(?<=^arn:)aws[a-z-]*(?=:)/g) ?? []);
}

const REGION =
  /\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central)(?:east|west)?-\d\b/g;

function roleOf(hole: Hole, text: Text, place: Place): Role {
  return roleByName(hole) ?? roleInArn(hole, text) ?? roleByPlace(hole, text, place) ?? 'text';
}

function roleByName({ expression }: Hole): Role | undefined {
  if (/(^|[.:])(AccountId|account_id)$/.test(expression)) return 'account';
  if (/(^|[.:])Region$|aws_region\b/.test(expression)) return 'region';
  if (/(^|[.:])Partition$|aws_partition\b.*\.partition$/.test(expression)) return 'partition';
  return /(^|[.:])(URLSuffix|dns_suffix)$/.test(expression) ? 'suffix' : undefined;
}

function roleInArn(hole: Hole, text: Text): Role | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const isWhole = (part: Text): boolean => isAll(part, hole);
  if (isWhole(arn.account)) return 'account';
  if (isWhole(arn.region)) return 'region';
  if (isWhole(arn.partition)) return 'partition';
  const isKey = arn.service === 'kms' && arn.resource.startsWith('key/');
  return isKey && isWhole(arn.resource.slice('key/'.length)) ? 'key-id' : undefined;
}

function isAll(text: Text, { unit, expression }: Hole): boolean {
  const [part, ...others] = partsOf(text);
  if (part === undefined || typeof part === 'string' || others.length > 0) return false;
  return part.unit === unit && part.expression === expression;
}

function roleByPlace(hole: Hole, text: Text, place: Place): Role | undefined {
  if (!isAll(text, hole)) return undefined;
  switch (`${place.owner}.${place.field}`) {
    case 'accounts.id':
      return 'account';
    case 'accounts.organization':
      return 'organization';
    case 'keys.arn':
    case 'dependants.key':
    case 'aliases.target':
      return 'key';
    case 'patterns.text':
      return /key|kms|cmk/i.test(hole.expression) ? 'key' : undefined;
  }
  if (place.conditionKey !== undefined) return roleInCondition(place.conditionKey);
  return roleByField[place.field];
}

const roleByField: Readonly<Record<string, Role>> = {
  account: 'account',
  issuingAccount: 'account',
  region: 'region',
  primaryRegion: 'region',
  'principal AWS': 'principal',
  'principal *': 'principal',
  'principal Service': 'service',
  grantee: 'principal',
  retiringPrincipal: 'principal',
};

function roleInCondition(key: Text): Role | undefined {
  const name = findConditionKey(key)?.name ?? '';
  if (/OrgID$/.test(name)) return 'organization';
  if (/Account$/.test(name)) return 'account';
  if (/Region$/.test(name)) return 'region';
  return name === 'aws:PrincipalArn' || name === 'kms:GranteePrincipal' ? 'principal' : undefined;
}
