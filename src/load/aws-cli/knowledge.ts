import { parseArn } from '../../policy/index.js';
import { hole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { LoadSettings } from '../loader.js';
import { partitionOfRegion } from '../partition.js';
import type { Fact } from './facts.js';
import { accountInPath, dumpOf, parentOf, regionInPath } from './subject.js';

/** A fact with the file that says it. */
export interface Placed<F extends Fact = Fact> {
  readonly fact: F;
  readonly path: string;
  readonly settings: LoadSettings;
}

/** What the outputs of a run say about each other's subjects. */
export interface Knowledge {
  /** The account that an output comes from, where its path, the outputs beside it or the settings say. */
  accountOf(place: Place): Text | undefined;
  regionOf(place: Place): Text | undefined;
  /** A hole where neither the Region nor the settings tell. */
  partitionOf(place: Place): Text;
  /** The ARN of the only key with the id, or of the only one in the output's account and Region. */
  keyWithId(id: Text, place: Place): Text | undefined;
  /** The ARN of the key that has the alias in the output's own dump. */
  keyWithAlias(name: Text, place: Place): Text | undefined;
}

export type Place = Pick<Placed, 'path' | 'settings'>;

export function createKnowledge(placed: readonly Placed[]): Knowledge {
  const accounts = new Map<string, Set<Text>>();
  const regions = new Map<string, Set<Text>>();
  const ids = new Map<Text, Set<Text>>();
  const aliases = new Map<Text, Map<string, Set<Text>>>();
  for (const { fact, path } of placed) {
    for (const { account, region, key, alias } of statementsOf(fact)) {
      const dump = dumpOf(path);
      if (account !== undefined) add(accounts, dump, account);
      if (region !== undefined) add(regions, dump, region);
      if (key !== undefined) add(ids, idOf(key), key);
      if (key !== undefined && alias !== undefined) {
        const dumps = aliases.get(alias) ?? new Map<string, Set<Text>>();
        add(dumps, dump, key);
        aliases.set(alias, dumps);
      }
    }
  }
  const accountOf = ({ path, settings }: Place): Text | undefined =>
    accountInPath(path) ?? only(nearest(accounts, path)) ?? settings.account;
  const regionOf = ({ path, settings }: Place): Text | undefined =>
    regionInPath(path) ?? only(nearest(regions, path)) ?? settings.region;
  const onlyAt = (arns: ReadonlySet<Text>, place: Place): Text | undefined => {
    const [account, region] = [accountOf(place), regionOf(place)];
    const here = [...arns].filter((text) => {
      const arn = parseArn(text);
      return (account ?? arn?.account) === arn?.account && (region ?? arn?.region) === arn?.region;
    });
    return only(new Set(here));
  };
  return {
    accountOf,
    regionOf,
    partitionOf: (place) => {
      const region = regionOf(place);
      if (place.settings.partition !== undefined) return place.settings.partition;
      return region === undefined ? hole(place.path, 'AWS::Partition') : partitionOfRegion(region);
    },
    keyWithId: (id, place) => {
      const arns = ids.get(id) ?? new Set();
      // Related multi-Region keys share their id, so that of them one alone proves nothing.
      return (id.startsWith('mrk-') ? undefined : only(arns)) ?? onlyAt(arns, place);
    },
    // Other accounts have aliases of the same name, so only those of the same dump count.
    keyWithAlias: (name, place) => {
      return onlyAt(nearest(aliases.get(name) ?? new Map(), place.path), place);
    },
  };
}

/** The ARN of the key that an entry of `list-aliases` points to. */
export function targetOf(aliasArn: Text, target: Text): Text | undefined {
  if (parseArn(target) !== undefined) return target;
  const arn = parseArn(aliasArn);
  if (arn === undefined) return undefined;
  return `arn:${arn.partition}:kms:${arn.region}:${arn.account}:key/${target}`;
}

interface Statement {
  readonly account?: Text;
  readonly region?: Text;
  readonly key?: Text;
  readonly alias?: Text;
}

function statementsOf(fact: Fact): readonly Statement[] {
  switch (fact.kind) {
    case 'key':
      return fact.key.by === 'arn' ? [{ ...placeOf(fact.key.arn), key: fact.key.arn }] : [];
    case 'alias': {
      const key = targetOf(fact.arn, fact.target);
      return key === undefined ? [] : [{ ...placeOf(fact.arn), key, alias: fact.name }];
    }
    case 'principal':
      return fact.principal.by === 'arn' ? [placeOf(fact.principal.arn)] : [];
    case 'managed-policy':
    case 'trail':
      return fact.arn === undefined ? [] : [placeOf(fact.arn)];
    case 'dependant':
      return typeof fact.resource === 'string' ? [placeOf(fact.resource)] : [];
    case 'account':
      return [{ account: fact.id }];
    case 'endpoint':
    case 'organization':
    case 'member':
    case 'parent':
    case 'organization-policy':
    case 'policies-of-target':
    case 'targets-of-policy':
    case 'nothing':
    case 'diagnostic':
      return [];
  }
}

function placeOf(text: Text): Statement {
  const arn = parseArn(text);
  return {
    ...(arn !== undefined && /^\d{12}$/.test(arn.account) ? { account: arn.account } : {}),
    ...(arn !== undefined && arn.region !== '' ? { region: arn.region } : {}),
  };
}

function idOf(keyArn: Text): Text {
  return parseArn(keyArn)?.resource.replace(/^key\//, '') ?? keyArn;
}

function add<K>(sets: Map<K, Set<Text>>, key: K, text: Text): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([text]));
  else set.add(text);
}

/** What the dump that a path lies in states, or else the one around it. */
function nearest(stated: ReadonlyMap<string, ReadonlySet<Text>>, path: string): ReadonlySet<Text> {
  for (let dump: string | undefined = dumpOf(path); dump !== undefined; dump = parentOf(dump)) {
    const texts = stated.get(dump);
    if (texts !== undefined) return texts;
  }
  return new Set();
}

function only(texts: ReadonlySet<Text>): Text | undefined {
  return texts.size === 1 ? [...texts][0] : undefined;
}
