import type { Account, Inventory, LooseDocument } from '../../inventory/index.js';
import { emptyInventory } from '../../inventory/index.js';
import type { PolicyDocument } from '../../policy/index.js';
import type { Diagnostic, Node, Parsed, Span, Text } from '../../source/index.js';
import { parseDocument, unknownDocument } from './documents.js';
import type { AccountFact, Fact, OrganizationFact, OrganizationPolicyType } from './facts.js';
import { present } from './fields.js';
import type { Placed } from './knowledge.js';

/**
 * The accounts that outputs of `organizations` tell of, with their way down from the root and the
 * service and resource control policies of each level, as far as these were saved.
 */
export function buildAccounts(
  placed: readonly Placed<OrganizationFact>[],
  stated: readonly Placed<AccountFact>[],
): Parsed<Inventory> {
  const organization = createOrganization(placed);
  const members = membersOf(placed).map(({ id, span, path }): Account => {
    const way = organization.wayTo(id);
    return {
      ...accountAt(id, path, span),
      ...present({
        ...organization.of(id),
        organizationPath: way[0]?.startsWith('r-') === true ? way.slice(0, -1) : undefined,
        scps: organization.levels('scp', way, span),
        rcps: organization.levels('rcp', way, span),
      }),
    };
  });
  const others = stated.map(({ fact, path }): Account => ({
    ...accountAt(fact.id, path, fact.span),
    ...(fact.principalsWhole === true ? { complete: new Set(['principals'] as const) } : {}),
  }));
  return {
    value: {
      ...emptyInventory,
      accounts: [...members, ...others],
      documents: organization.unused(),
    },
    diagnostics: organization.diagnostics,
  };
}

function accountAt(id: Text, unit: string, span: Span): Account {
  return { address: id, unit, span, id };
}

interface Member {
  readonly id: Text;
  readonly path: string;
  readonly span: Span;
}

function membersOf(placed: readonly Placed<OrganizationFact>[]): readonly Member[] {
  const members = new Map<Text, Member>();
  const note = (id: Text, span: Span, path: string): void => {
    if (/^\d{12}$/.test(id) && !members.has(id)) members.set(id, { id, span, path });
  };
  for (const { fact, path } of placed) {
    if (fact.kind === 'member') note(fact.account, fact.span, path);
    if (fact.kind === 'organization') note(fact.managementAccount, fact.span, path);
    if (fact.kind === 'parent') note(fact.child, fact.span, path);
    if (fact.kind === 'policies-of-target') note(fact.target, fact.span, path);
    if (fact.kind === 'targets-of-policy') {
      for (const target of fact.targets) note(target, fact.span, path);
    }
  }
  return [...members.values()];
}

interface Organization {
  readonly diagnostics: readonly Diagnostic[];
  of(account: Text): Pick<Account, 'organization' | 'managementAccount'>;
  /** The ids from the root, or from as high up as is known, down to the account itself. */
  wayTo(account: Text): readonly Text[];
  levels(
    type: OrganizationPolicyType,
    way: readonly Text[],
    span: Span,
  ): readonly (readonly PolicyDocument[])[] | undefined;
  /** Policies that no account has. */
  unused(): readonly LooseDocument[];
}

function createOrganization(placed: readonly Placed<OrganizationFact>[]): Organization {
  const facts = placed.map(({ fact }) => fact);
  const parents = new Map(ofKind(facts, 'parent').map(({ child, parent }) => [child, parent]));
  const library = createLibrary(placed);
  const attached = createAttachments(facts);
  const wayTo = (account: Text): readonly Text[] => {
    const way = [account];
    for (let at = parents.get(account); at !== undefined; at = parents.get(at)) {
      if (way.includes(at)) break;
      way.unshift(at);
    }
    return way;
  };
  return {
    diagnostics: library.diagnostics,
    of: (account) => organizationOf(account, placed),
    wayTo,
    levels: (type, way, span) => {
      const levels = way.map((node) => attached(type, node));
      if (levels.every((policies) => policies === undefined)) return undefined;
      const known = levels.map((policies, index) => {
        if (policies !== undefined) return policies.map((id) => library.get(type, id, span));
        const node = way[index] ?? '';
        return [unknownDocument(type, node, `policies of ${node}`, span)];
      });
      const [top = ''] = way;
      if (top.startsWith('r-')) return known;
      return [[unknownDocument(type, top, `policies above ${top}`, span)], ...known];
    },
    unused: () => library.unused(),
  };
}

function organizationOf(
  account: Text,
  placed: readonly Placed<OrganizationFact>[],
): Pick<Account, 'organization' | 'managementAccount'> {
  const beside = new Set(
    placed.flatMap(({ fact, path }) =>
      fact.kind === 'member' && fact.account === account ? [path] : [],
    ),
  );
  const all = placed.flatMap(({ fact, path }) =>
    fact.kind === 'organization' ? [{ ...fact, isBeside: beside.has(path) }] : [],
  );
  const near = all.filter(({ isBeside }) => isBeside);
  const candidates = near.length > 0 ? near : all;
  const [first] = candidates;
  if (first === undefined || candidates.some(({ id }) => id !== first.id)) return {};
  return { organization: first.id, managementAccount: first.managementAccount === account };
}

/** The ids of the policies of a type at a root, unit or account; `undefined` where they were not saved. */
function createAttachments(
  facts: readonly OrganizationFact[],
): (type: OrganizationPolicyType, node: Text) => readonly Text[] | undefined {
  const listed = ofKind(facts, 'policies-of-target');
  const targets = new Map(
    ofKind(facts, 'targets-of-policy').map((fact) => [fact.policy, fact.targets]),
  );
  const policies = ofKind(facts, 'organization-policy');
  return (type, node) => {
    const list = listed.find((fact) => fact.target === node && fact.type === type);
    if (list !== undefined) return list.policies;
    const ids = [...new Set(policies.filter((fact) => fact.type === type).map(({ id }) => id))];
    // Only the targets of every policy tell that a node has no others.
    if (ids.length === 0 || !ids.every((id) => targets.has(id))) return undefined;
    return ids.filter((id) => targets.get(id)?.includes(node) === true);
  };
}

// SOURCE: facts evaluation 11.1, 11.4
const full: Readonly<Record<string, string>> = {
  'p-FullAWSAccess':
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  'p-RCPFullAWSAccess':
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
};

interface Library {
  readonly diagnostics: readonly Diagnostic[];
  get(type: OrganizationPolicyType, id: Text, span: Span): PolicyDocument;
  unused(): readonly LooseDocument[];
}

function createLibrary(placed: readonly Placed<OrganizationFact>[]): Library {
  const diagnostics: Diagnostic[] = [];
  const parsed = new Map<Text, PolicyDocument>();
  const described = placed.flatMap(({ fact, path }) =>
    fact.kind === 'organization-policy' && fact.document !== undefined
      ? [{ ...fact, document: fact.document, path }]
      : [],
  );
  const parse = (node: Node, type: OrganizationPolicyType, name?: Text): PolicyDocument => {
    const document = parseDocument(node, type, name);
    diagnostics.push(...document.diagnostics);
    return document.value;
  };
  return {
    diagnostics,
    get: (type, id, span) => {
      const known = parsed.get(id);
      if (known !== undefined) return known;
      const policy = described.find((fact) => fact.id === id);
      const text = full[id];
      const document =
        policy !== undefined
          ? parse(policy.document, type, policy.name)
          : text !== undefined
            ? parse({ kind: 'scalar', value: text, span }, type, id.slice(2))
            : unknownDocument(type, 'organization policies', id, span, id);
      parsed.set(id, document);
      return document;
    },
    unused: () =>
      described
        .filter(({ id }) => !parsed.has(id))
        .map(({ id, type, name, document, path, span }) => ({
          address: id,
          unit: path,
          span,
          document: parse(document, type, name),
        })),
  };
}

function ofKind<K extends OrganizationFact['kind']>(
  facts: readonly OrganizationFact[],
  kind: K,
): readonly Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<OrganizationFact, { kind: K }> => fact.kind === kind);
}
