import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type {
  Account,
  Alias,
  Dependant,
  EventSelector,
  Grant,
  Inventory,
  Key,
  Principal,
} from '../../inventory/index.js';
import { parseArn, type PolicyDocument } from '../../policy/index.js';
import { hasHole, yamlCharactersMax } from '../../source/index.js';
import { partitionOfRegion } from '../partition.js';
import { printedPolicy } from './print-policy.js';
import { subOf } from './unknowns.js';

/**
 * The inventory as an inventory file in YAML; one that is too large for YAML is in its subset JSON.
 * Loading it gives an equal inventory, except for places, directives, and statements that could not
 * be understood.
 */
export function printInventory(inventory: Inventory): string {
  const value = inventoryValue(inventory);
  const json = JSON.stringify(value, undefined, 1);
  if (json.length > yamlCharactersMax) return `${json}\n`;
  return library().stringify(value, { lineWidth: 0 });
}

/** The same as a value that JSON can hold. */
export function inventoryValue(inventory: Inventory): Readonly<Record<string, unknown>> {
  const file = {
    version: 1,
    accounts: inventory.accounts.map(accountValue),
    groups: inventory.groups.map(({ arn, policies }) => ({
      arn,
      policies: policiesValue(policies),
    })),
    principals: inventory.principals.map(principalValue),
    keys: inventory.keys.map(keyValue),
    aliases: inventory.aliases.map(aliasValue),
    endpoints: inventory.endpoints.map(({ id, service, vpc, policy }) => ({
      id,
      service,
      vpc,
      policy: policyValue(policy),
    })),
    resources: inventory.dependants.map(resourceValue),
    trails: inventory.trails.map(({ name, kind, selectors }) => ({
      name,
      kind,
      selectors: selectors.map(selectorValue),
    })),
    documents: inventory.documents.map(({ address, account, document }) => ({
      address,
      kind: document.kind,
      account,
      policy: policyValue(document),
    })),
    complete: [...inventory.complete],
  };
  const filled = Object.entries(file).filter(([, value]) => !isEmptyList(value));
  return Object.fromEntries(filled.map(([key, value]) => [key, spelled(value)]));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Values as YAML takes them: maps as objects, sets as lists, texts with their unknowns spelled out. */
function spelled(value: unknown): unknown {
  if (typeof value === 'string') return subOf(value);
  if (Array.isArray(value)) return value.map(spelled);
  if (value instanceof Set) return [...value].map(spelled);
  if (typeof value !== 'object' || value === null) return value;
  const entries: Iterable<readonly [string, unknown]> =
    value instanceof Map ? value : Object.entries(value);
  return Object.fromEntries(
    [...entries].flatMap(([key, each]) => (each === undefined ? [] : [[key, spelled(each)]])),
  );
}

function accountValue(account: Account): object {
  const { id, organization, organizationPath, managementAccount, scps, rcps, complete } = account;
  return {
    id,
    organization,
    organizationPath,
    managementAccount,
    scps: scps?.map((level) => level.map(policyValue)),
    rcps: rcps?.map((level) => level.map(policyValue)),
    complete,
  };
}

function principalValue(principal: Principal): object {
  const { arn, uniqueId, tags, policies, groups, boundary, trust } = principal;
  const resource = parseArn(arn)?.resource ?? '';
  const isServiceRole = resource.startsWith('role/aws-service-role/');
  return {
    arn,
    id: uniqueId,
    tags,
    policies: policiesValue(policies),
    groups,
    permissionsBoundary: boundary === 'none' ? boundary : policyValue(boundary),
    trustPolicy: policyValue(trust),
    serviceLinked: principal.serviceLinked === isServiceRole ? undefined : principal.serviceLinked,
    fixedName: principal.fixedName ? undefined : false,
  };
}

function keyValue(key: Key): object {
  const { arn, aliases, policy, manager, spec, usage, state, origin, multiRegion } = key;
  const { primaryRegion, rotation, tags, deletionDate, grants } = key;
  return {
    arn,
    accountAssumed: key.accountAssumed,
    aliases,
    policy: key.policyIsDefault === true ? 'default' : policyValue(policy),
    manager,
    spec,
    usage,
    state,
    origin,
    multiRegion,
    primaryRegion,
    rotation,
    tags,
    deletionDate,
    grants: grants?.map(grantValue),
  };
}

function grantValue(grant: Grant): object {
  const { id, name, grantee, operations, retiringPrincipal, issuingAccount, constraints } = grant;
  return { id, name, grantee, operations, retiringPrincipal, issuingAccount, constraints };
}

function aliasValue({ name, account, region, target }: Alias): object {
  const partition =
    parseArn(target)?.partition ?? (hasHole(region) ? 'aws' : partitionOfRegion(region));
  return { arn: `arn:${partition}:kms:${region}:${account}:${name}`, target };
}

function resourceValue(dependant: Dependant): object {
  const { arn, type, service, account, region, key, encryption, bucketKey, policy } = dependant;
  const said = parseArn(arn);
  return {
    arn,
    service: said?.service === service ? undefined : service,
    type,
    account: said?.account === account ? undefined : account,
    region: said?.region === region ? undefined : region,
    key,
    encryption,
    bucketKey,
    policy: policyValue(policy),
  };
}

function selectorValue(selector: EventSelector): object {
  const { includeManagementEvents, readWriteType, excludeManagementEventSources, advanced } =
    selector;
  return { includeManagementEvents, readWriteType, excludeManagementEventSources, advanced };
}

function policiesValue(policies: readonly PolicyDocument[] | undefined): unknown {
  return policies?.map(policyValue);
}

function policyValue(policy: PolicyDocument | undefined): unknown {
  if (policy === undefined) return undefined;
  const value = printedPolicy(policy);
  const { name, arn } = policy;
  return name === undefined && arn === undefined ? value : { name, arn, policy: value };
}

let loaded: typeof Yaml | undefined;

function library(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}
