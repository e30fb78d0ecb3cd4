import { arnOfCaller, findAliases, findKey, findKeys } from '../inventory/index.js';
import type { Caller, ContextValue, Inventory, Key, Request } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import type { Text } from '../source/index.js';
import type { Goal } from './escalation-key.js';
import { mayByIdentity, mayOnKey } from './escalation-may.js';
import { oncePerCall } from './escalation-step.js';
import type { Asker, Call, Move, Step } from './escalation-step.js';
import { principalOf, withKey, withPrincipal } from './escalation-world.js';

type Tags = ReadonlyMap<Text, Text>;

/**
 * What an actor can do where access hangs on attributes: tag itself or the key, or give the key an alias.
 * Which tags and aliases would help is asked with them left open.
 */
export function attributeMoves(
  asker: Asker,
  world: Inventory,
  actor: Caller,
  goal: Goal,
): readonly Move[] {
  const key = findKey(world, goal.key);
  if (key === undefined || arnOfCaller(actor) === undefined) return [];
  return [
    ...tagSelf(asker, world, actor, goal),
    ...tagKey(asker, world, actor, goal, key),
    ...nameKey(asker, world, actor, goal, key),
  ];
}

function tagSelf(asker: Asker, world: Inventory, actor: Caller, goal: Goal): readonly Move[] {
  const self = principalOf(world, actor);
  if (self?.tags === undefined) return [];
  const kind = self.kind === 'user' ? 'User' : 'Role';
  if (
    !mayByIdentity(world, actor, `iam:Tag${kind}`) &&
    !mayByIdentity(world, actor, `iam:Untag${kind}`)
  )
    return [];
  const example = helpful(asker, goal, {
    world: withPrincipal(world, self.arn, () => ({ tags: new Map() })),
    caller: actor,
    chosen: ['aws:principaltag/'],
  });
  if (example === undefined) return [];
  return tagMoves(self.tags, tagsIn(example, 'aws:principaltag/')).flatMap(
    ({ set, remove, tags }) => {
      const steps = tagSteps(asker, { world, caller: actor, resource: self.arn }, set, remove, {
        set: `iam:Tag${kind}`,
        remove: `iam:Untag${kind}`,
      });
      const change = (estate: Inventory): Inventory =>
        withPrincipal(estate, self.arn, () => ({ tags }));
      return steps === undefined ? [] : [tagMove(steps, change, self.arn, tags)];
    },
  );
}

function tagKey(
  asker: Asker,
  world: Inventory,
  actor: Caller,
  goal: Goal,
  key: Key,
): readonly Move[] {
  const may = (action: string): boolean => mayOnKey(world, actor, action, key);
  if (key.tags === undefined || !(may('kms:TagResource') || may('kms:UntagResource'))) return [];
  const example = helpful(asker, goal, {
    world: withKey(world, key.arn, () => ({ tags: new Map() })),
    caller: actor,
    chosen: ['aws:resourcetag/'],
  });
  if (example === undefined) return [];
  return tagMoves(key.tags, tagsIn(example, 'aws:resourcetag/')).flatMap(
    ({ set, remove, tags }) => {
      const steps = tagSteps(asker, { world, caller: actor, resource: key.arn }, set, remove, {
        set: 'kms:TagResource',
        remove: 'kms:UntagResource',
      });
      const change = (estate: Inventory): Inventory => withKey(estate, key.arn, () => ({ tags }));
      return steps === undefined ? [] : [tagMove(steps, change, key.arn, tags)];
    },
  );
}

// A call that would succeed with attributes that can be chosen, where it does not as they are.
function helpful(
  asker: Asker,
  goal: Goal,
  probe: Pick<Call, 'world' | 'caller' | 'chosen'>,
): Request | undefined {
  for (const action of new Set([goal.action, 'kms:PutKeyPolicy', 'kms:CreateGrant'])) {
    const found = asker.ask({ ...probe, action, resource: goal.key });
    if (found.kind === 'always' || found.kind === 'when') return found.example;
  }
  return undefined;
}

function tagsIn({ context }: Request, prefix: string): Tags {
  return new Map(
    [...context].flatMap(([name, value]) =>
      name.startsWith(prefix) && typeof value === 'string'
        ? [[name.slice(prefix.length), plain(value)] as const]
        : [],
    ),
  );
}

// Neither tags nor aliases may hold wildcards, which an example has where a policy has them.
function plain(value: Text): Text {
  return value.replace(/[*?]/g, 'x');
}

interface TagChange {
  readonly set: Tags;
  readonly remove: readonly Text[];
  readonly tags: Tags;
}

// Setting what is wanted; where that is not enough, what else there is may be in the way.
function tagMoves(now: Tags, wanted: Tags): readonly TagChange[] {
  const spelled = new Map([...now.keys()].map((name) => [name.toLowerCase(), name]));
  const named = new Map(
    [...wanted].map(([name, value]) => [spelled.get(name.toLowerCase()) ?? name, value]),
  );
  const set = new Map([...named].filter(([name, value]) => now.get(name) !== value));
  const others = [...now.keys()].filter((name) => !named.has(name));
  return [
    ...(set.size === 0 ? [] : [{ set, remove: [], tags: new Map([...now, ...set]) }]),
    ...(others.length === 0 ? [] : [{ set, remove: others, tags: named }]),
  ];
}

function tagSteps(
  asker: Asker,
  call: Pick<Call, 'world' | 'caller' | 'resource'>,
  set: Tags,
  remove: readonly Text[],
  actions: { readonly set: string; readonly remove: string },
): readonly Step[] | undefined {
  const steps: (Step | undefined)[] = [];
  if (set.size > 0) {
    const context: Record<string, ContextValue> = { 'aws:TagKeys': [...set.keys()] };
    for (const [name, value] of set) context[`aws:RequestTag/${name}`] = value;
    const detail = [...set].map(([name, value]) => `${name}=${value}`).join(', ');
    const absent = ['aws:requesttag/'];
    steps.push(asker.step({ ...call, action: actions.set, context, absent, detail }));
  }
  if (remove.length > 0) {
    const context = { 'aws:TagKeys': remove };
    const detail = remove.join(', ');
    steps.push(asker.step({ ...call, action: actions.remove, context, detail }));
  }
  const possible = steps.flatMap((step) => (step === undefined ? [] : [step]));
  return possible.length === steps.length && steps.length > 0 ? possible : undefined;
}

function tagMove(steps: readonly Step[], change: Move['change'], of: Text, tags: Tags): Move {
  return { steps, change, gain: `tags of ${of}: ${JSON.stringify([...tags])}`, isChoice: true };
}

// SOURCE: facts kms-authz 91, 95, 98, 100
function nameKey(
  asker: Asker,
  world: Inventory,
  actor: Caller,
  goal: Goal,
  key: Key,
): readonly Move[] {
  const now = findAliases(world, key);
  const may = (action: string): boolean => mayByIdentity(world, actor, action);
  if (now === undefined || !(may('kms:CreateAlias') || may('kms:UpdateAlias'))) return [];
  const example = helpful(asker, goal, {
    world: withoutAliases(
      withKey(world, key.arn, () => ({ aliases: [] })),
      key,
      now,
    ),
    caller: actor,
    chosen: ['kms:resourcealiases', 'kms:requestalias'],
  });
  if (example === undefined) return [];
  const wanted = ['kms:resourcealiases', 'kms:requestalias'].flatMap((name) => {
    const value = example.context.get(name);
    if (typeof value === 'string') return [value];
    return value === undefined || 'unknown' in value ? [] : value;
  });
  const missing = [...new Set(wanted.map(plain))].filter(
    (alias) => isOwn(alias) && !now.includes(alias),
  );
  return missing.flatMap((alias) => {
    const steps = aliasSteps(asker, world, actor, key, alias);
    if (steps === undefined) return [];
    const change = (estate: Inventory): Inventory =>
      withKey(withoutAliases(estate, key, [alias]), key.arn, ({ aliases = now }) => ({
        aliases: [...aliases, alias],
      }));
    return [{ steps, change, gain: `${alias} of ${key.arn}`, isChoice: true }];
  });
}

function isOwn(alias: Text): boolean {
  return /^alias\/[\w/-]+$/.test(alias) && !alias.startsWith('alias/aws/');
}

// Without some names in the account and Region of a key.
function withoutAliases(
  world: Inventory,
  { account, region }: Key,
  names: readonly Text[],
): Inventory {
  const isHere = (one: { readonly account: Text; readonly region: Text }): boolean =>
    one.account === account && one.region === region;
  return {
    ...world,
    aliases: world.aliases.filter((alias) => !(isHere(alias) && names.includes(alias.name))),
    keys: world.keys.map((one) =>
      isHere(one) && one.aliases?.some((name) => names.includes(name)) === true
        ? { ...one, aliases: one.aliases.filter((name) => !names.includes(name)) }
        : one,
    ),
  };
}

// An alias that another key has is moved, which needs the permission on both keys.
function aliasSteps(
  asker: Asker,
  world: Inventory,
  caller: Caller,
  key: Key,
  alias: Text,
): readonly Step[] | undefined {
  const home = { account: key.account, region: key.region };
  const holders = findKeys(world, alias, home).filter(
    ({ account, region }) => account === key.account && region === key.region,
  );
  const action = holders.length === 0 ? 'kms:CreateAlias' : 'kms:UpdateAlias';
  const partition = parseArn(key.arn)?.partition ?? 'aws';
  const aliasArn = `arn:${partition}:kms:${key.region}:${key.account}:${alias}`;
  const resources = [aliasArn, key.arn, ...holders.map(({ arn }) => arn)];
  const steps = resources.map((resource) =>
    asker.step({ world, caller, action, resource, detail: alias }),
  );
  const possible = steps.flatMap((step) => (step === undefined ? [] : [step]));
  return possible.length === steps.length ? oncePerCall(possible) : undefined;
}
