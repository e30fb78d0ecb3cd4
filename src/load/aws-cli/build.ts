import type { Dependant, Endpoint, Inventory, Trail } from '../../inventory/index.js';
import { emptyInventory } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import { hole, textOf } from '../../source/index.js';
import type { Diagnostic, Parsed, Text } from '../../source/index.js';
import { buildAccounts } from './build-accounts.js';
import { buildAlias, buildKey } from './build-keys.js';
import { buildPrincipals } from './build-principals.js';
import { parseDocument } from './documents.js';
import type {
  DependantFact,
  EndpointFact,
  Fact,
  NothingFact,
  OrganizationFact,
  TrailFact,
} from './facts.js';
import { present } from './fields.js';
import type { Knowledge, Placed } from './knowledge.js';

/** The inventory that facts make. One thing may appear several times, for `merge` to put together. */
export function build(placed: readonly Placed[], knowledge: Knowledge): Parsed<Inventory> {
  const diagnostics: Diagnostic[] = [];
  const take = <T>({ value, diagnostics: some }: Parsed<T>): T => {
    diagnostics.push(...some);
    return value;
  };
  for (const { fact } of placed) if (fact.kind === 'diagnostic') diagnostics.push(fact.diagnostic);
  diagnostics.push(...unused(ofKind(placed, 'nothing')));
  const keys = [
    ...ofKind(placed, 'key').map((fact) => buildKey(fact, knowledge)),
    ...ofKind(placed, 'alias').map(buildAlias),
  ];
  for (const built of keys) diagnostics.push(...built.diagnostics);
  const identities = take(
    buildPrincipals(ofKind(placed, 'principal'), ofKind(placed, 'managed-policy'), knowledge),
  );
  const accounts = take(buildAccounts(placed.filter(isOrganizational), ofKind(placed, 'account')));
  return {
    value: {
      ...emptyInventory,
      accounts: accounts.accounts,
      keys: keys.flatMap((built) => built.keys),
      aliases: keys.flatMap((built) => built.aliases),
      principals: identities.principals,
      groups: identities.groups,
      documents: [...identities.documents, ...accounts.documents],
      dependants: ofKind(placed, 'dependant').map((fact) => take(dependantOf(fact, knowledge))),
      endpoints: ofKind(placed, 'endpoint').map((fact) => take(endpointOf(fact))),
      trails: ofKind(placed, 'trail').map(trailOf),
    },
    diagnostics,
  };
}

/** One diagnostic a command: a dump may hold such an output for each of its keys. */
function unused(placed: readonly Placed<NothingFact>[]): readonly Diagnostic[] {
  return [...new Set(placed.map(({ fact }) => fact.command))].flatMap((command) => {
    const [first, ...others] = placed.filter(({ fact }) => fact.command === command);
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : `, here and in ${others.length} more`;
    return {
      code: 'aws-cli-nothing',
      severity: 'info' as const,
      message: `the output of \`aws ${command}\` does not tell who may use which key${more}, so that nothing of it is used`,
      span: first.fact.span,
    };
  });
}

function ofKind<K extends Fact['kind']>(
  placed: readonly Placed[],
  kind: K,
): readonly Placed<Extract<Fact, { kind: K }>>[] {
  return placed.filter((one): one is Placed<Extract<Fact, { kind: K }>> => one.fact.kind === kind);
}

function isOrganizational(placed: Placed): placed is Placed<OrganizationFact> {
  switch (placed.fact.kind) {
    case 'organization':
    case 'member':
    case 'parent':
    case 'organization-policy':
    case 'policies-of-target':
    case 'targets-of-policy':
      return true;
    case 'key':
    case 'alias':
    case 'principal':
    case 'managed-policy':
    case 'dependant':
    case 'trail':
    case 'endpoint':
    case 'account':
    case 'nothing':
    case 'diagnostic':
      return false;
  }
}

function dependantOf(
  { fact, ...place }: Placed<DependantFact>,
  knowledge: Knowledge,
): Parsed<Dependant> {
  const stated = typeof fact.resource === 'string' ? parseArn(fact.resource) : undefined;
  const account =
    stated !== undefined && stated.account !== ''
      ? stated.account
      : (knowledge.accountOf(place) ?? hole(place.path, 'AWS::AccountId'));
  const region =
    stated !== undefined && stated.region !== ''
      ? stated.region
      : (knowledge.regionOf(place) ?? hole(place.path, 'AWS::Region'));
  const arn =
    typeof fact.resource === 'string'
      ? fact.resource
      : `arn:${knowledge.partitionOf(place)}:${fact.service}:${named(fact, region, account)}`;
  const policy = fact.policy === undefined ? undefined : parseDocument(fact.policy, 'resource');
  const key = textOf(fact.key);
  return {
    value: {
      address: arn,
      unit: place.path,
      span: fact.span,
      service: fact.service,
      type: fact.type,
      arn,
      account,
      region,
      ...present({
        key: key === '' ? undefined : key,
        keySpan: key === undefined ? undefined : fact.key?.span,
        encryption: fact.encryption,
        bucketKey: fact.bucketKey,
        policy: policy?.value,
      }),
    },
    diagnostics: policy?.diagnostics ?? [],
  };
}

// The ARN of a bucket has neither Region nor account.
function named({ service, resource }: DependantFact, region: Text, account: Text): Text {
  const name = typeof resource === 'string' ? resource : resource.name;
  return service === 's3' ? `::${name}` : `${region}:${account}:${name}`;
}

function endpointOf({ fact, path }: Placed<EndpointFact>): Parsed<Endpoint> {
  const policy = fact.policy === undefined ? undefined : parseDocument(fact.policy, 'endpoint');
  return {
    value: {
      address: fact.id,
      unit: path,
      span: fact.span,
      id: fact.id,
      service: fact.service,
      ...present({ vpc: fact.vpc, policy: policy?.value }),
    },
    diagnostics: policy?.diagnostics ?? [],
  };
}

function trailOf({ fact, path }: Placed<TrailFact>): Trail {
  return {
    address: fact.arn,
    unit: path,
    span: fact.span,
    kind: fact.type,
    name: fact.arn.slice(fact.arn.lastIndexOf('/') + 1),
    selectors: fact.selectors ?? [],
  };
}
