import type { Answer } from '../authorization/answers/index.js';
import { arnOfCaller, distinctMissing, findAliases, parseCaller } from '../inventory/index.js';
import type { Caller, Inventory, Key, Missing, Principal } from '../inventory/index.js';
import type { Text } from '../source/index.js';
import { callersOf } from './callers.js';
import { withBrought } from './classes.js';
import { assumable } from './escalation-may.js';
import { createAsker } from './escalation-step.js';
import type { Via } from './via.js';
import { whoCan } from './who-can.js';

/** Who may do what with which keys, as one value: principals, grants and keys, and what joins them. */
export interface AccessGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What would be needed to know more. */
  readonly missing: readonly Missing[];
  readonly assumed: readonly Missing[];
}

export interface GraphNode {
  /** `n1`, `n2` …, in the order of the names. */
  readonly id: string;
  readonly kind: NodeKind;
  /** The account that it is in; absent for services, for everyone and for classes of several accounts. */
  readonly account?: Text;
  /** The ARN, service principal, grant id or name of a class; several where all have the same edges. */
  readonly members: readonly Text[];
  /** Of a single key, as far as they are known. */
  readonly aliases?: readonly Text[];
}

export type NodeKind = 'user' | 'role' | 'root' | 'service' | 'other' | 'class' | 'grant' | 'key';

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `kms:Decrypt`; `sts:AssumeRole` on the way to a role. */
  readonly action: string;
  readonly answer: Exclude<Answer, { kind: 'never' }>;
  /** By which way; empty for an assumed role, and for what a grant gives on. */
  readonly via: readonly Via[];
}

/** What the graph is about. */
export interface GraphQuestion {
  readonly actions: readonly string[];
  readonly keys: readonly Key[];
  /** Only what starts at this principal, or leads to it. */
  readonly principal?: Caller;
}

/** An edge between things by name, before those that are alike become one node. */
interface Link {
  readonly from: Text;
  readonly to: Text;
  readonly action: string;
  readonly answer: GraphEdge['answer'];
  readonly via: readonly Via[];
}

interface Thing {
  readonly name: Text;
  readonly kind: NodeKind;
  readonly account?: Text;
  readonly aliases?: readonly Text[];
}

/** The graph of effective permissions for some actions on some keys, and of who may assume the roles in it. */
export function accessGraph(inventory: Inventory, question: GraphQuestion): AccessGraph {
  const links: Link[] = [];
  const things = new Map<Text, Thing>();
  const missing: Missing[] = [];
  const assumed: Missing[] = [];
  const only = question.principal && nameOf(question.principal);
  const wanted = (name: Text): boolean => only === undefined || only === name;
  for (const key of question.keys) things.set(key.arn, thingOfKey(inventory, key));
  for (const action of question.actions) {
    for (const access of whoCan(inventory, action, question.keys)) {
      missing.push(...access.missing);
      assumed.push(...access.assumed);
      for (const { principal, isClass, answer, via } of access.principals) {
        if (!wanted(principal)) continue;
        things.set(principal, thingOf(principal, isClass));
        links.push(
          ...accessLinks({ from: principal, to: access.key, action, answer, via }, things),
        );
      }
    }
  }
  links.push(...assumeLinks(inventory, things));
  return {
    ...joined(things, links),
    missing: distinctMissing(missing),
    assumed: distinctMissing(assumed),
  };
}

// What the answers to `who-can` call a caller.
function nameOf(caller: Caller): Text {
  switch (caller.kind) {
    case 'service':
      return caller.name;
    case 'provider':
      return caller.provider;
    case 'anonymous':
      return 'anonymous callers';
    case 'root':
    case 'user':
    case 'federated-user':
    case 'role-session':
      return arnOfCaller(caller) ?? '';
  }
}

function thingOfKey(inventory: Inventory, key: Key): Thing {
  const aliases = findAliases(inventory, key) ?? [];
  return { name: key.arn, kind: 'key', account: key.account, aliases };
}

function thingOf(name: Text, isClass: boolean): Thing {
  if (isClass) {
    const account = /^other principals of account (.*)$/.exec(name)?.[1];
    return { name, kind: 'class', ...(account === undefined ? {} : { account }) };
  }
  const caller = parseCaller(name);
  if (caller === undefined) return { name, kind: 'other' };
  const home = 'account' in caller ? { account: caller.account } : {};
  switch (caller.kind) {
    case 'user':
    case 'root':
    case 'service':
      return { name, kind: caller.kind, ...home };
    case 'role-session':
      return { name, kind: 'role', ...home };
    case 'federated-user':
    case 'provider':
    case 'anonymous':
      return { name, kind: 'other', ...home };
  }
}

// What comes by grants alone goes through them, so that the picture shows what ends when they are revoked.
function accessLinks(link: Link, things: Map<Text, Thing>): readonly Link[] {
  if (link.via.length === 0 || link.via.some(({ kind }) => kind !== 'grant')) return [link];
  return link.via.flatMap((via) => {
    const name = `grant ${via.ref} on ${link.to}`;
    const account = things.get(link.to)?.account;
    things.set(name, { name, kind: 'grant', ...(account === undefined ? {} : { account }) });
    return [
      { ...link, to: name, via: [via] },
      { ...link, from: name, via: [] },
    ];
  });
}

function assumeLinks(inventory: Inventory, things: Map<Text, Thing>): readonly Link[] {
  const asker = createAsker(Number.POSITIVE_INFINITY);
  const roles = inventory.principals.filter(({ arn }) => things.get(arn)?.kind === 'role');
  return roles.flatMap((role) =>
    trustedBy(inventory, role).flatMap(({ name, caller, isClass, brings }): readonly Link[] => {
      const world = withBrought(
        inventory,
        brings === undefined ? [] : [{ name, caller, isClass, brings }],
      );
      const mayBe = caller.kind === 'service' || assumable(world, caller).includes(role);
      const call = { world, caller, action: 'sts:AssumeRole', resource: role.arn };
      const step = mayBe ? asker.step(call) : undefined;
      if (step === undefined) return [];
      if (!things.has(name)) things.set(name, thingOf(name, isClass));
      const { action, answer } = step;
      return [{ from: name, to: role.arn, action, answer, via: [] }];
    }),
  );
}

// Those whom the role's trust policy tells apart, found as those of a key's policy are.
function trustedBy(inventory: Inventory, role: Principal): ReturnType<typeof callersOf> {
  const { arn, account, address, unit, span, trust } = role;
  if (trust === undefined) return [];
  return callersOf(inventory, { arn, account, region: '', address, unit, span, policy: trust });
}

// Things of one kind and account with the same edges are one node.
function joined(
  things: ReadonlyMap<Text, Thing>,
  links: readonly Link[],
): Pick<AccessGraph, 'nodes' | 'edges'> {
  const ends = new Map<Text, string[]>();
  const add = (name: Text, end: string): void => {
    const known = ends.get(name);
    if (known === undefined) ends.set(name, [end]);
    else known.push(end);
  };
  const meaning = ({ action, answer, via }: Link): string =>
    JSON.stringify([action, answer.kind, conditionsOf(answer), via.map(({ kind }) => kind)]);
  for (const link of links) {
    add(link.from, `to ${link.to} ${meaning(link)}`);
    add(link.to, `from ${link.from} ${meaning(link)}`);
  }
  const groups = new Map<string, Thing[]>();
  for (const thing of [...things.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { kind, account = '', name } = thing;
    const signature = [kind, account, ...(ends.get(name) ?? []).sort()].join('\n');
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, [thing]);
    else group.push(thing);
  }
  const ids = new Map<Text, string>();
  const nodes = [...groups.values()].map((members, index): GraphNode => {
    const id = `n${index + 1}`;
    for (const { name } of members) ids.set(name, id);
    const [first] = members;
    const { kind = 'other', account, aliases = [] } = first ?? {};
    const shown = members.length === 1 && aliases.length > 0 ? { aliases } : {};
    const names = members.map(({ name }) => name);
    return { id, kind, ...(account === undefined ? {} : { account }), members: names, ...shown };
  });
  const edges = new Map<string, GraphEdge>();
  for (const link of links) {
    const { action, answer, via } = link;
    const edge = {
      from: ids.get(link.from) ?? '',
      to: ids.get(link.to) ?? '',
      action,
      answer,
      via,
    };
    const mark = `${edge.from} ${edge.to} ${meaning(link)}`;
    if (!edges.has(mark)) edges.set(mark, edge);
  }
  return { nodes, edges: [...edges.values()] };
}

function conditionsOf(answer: GraphEdge['answer']): unknown {
  return answer.kind === 'when' ? answer.conditions : [];
}
