import type { Group, Inventory, LooseDocument, Principal } from '../../inventory/index.js';
import { emptyInventory } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import type { PolicyDocument, PolicyKind } from '../../policy/index.js';
import { hole } from '../../source/index.js';
import type { Diagnostic, Parsed, Span, Text } from '../../source/index.js';
import { parseDocument, unknownDocument } from './documents.js';
import type { InlinePolicy, ManagedPolicyFact, PrincipalFact } from './facts.js';
import { present } from './fields.js';
import type { Knowledge, Placed } from './knowledge.js';

/**
 * Users, roles and groups with their policies, which outputs give one by one: attachments by ARN,
 * documents elsewhere. A list of policies that may not be whole ends in a document of unknown
 * content, so that nobody takes the rest for absent.
 */
export function buildPrincipals(
  principals: readonly Placed<PrincipalFact>[],
  managed: readonly Placed<ManagedPolicyFact>[],
  knowledge: Knowledge,
): Parsed<Inventory> {
  const library = createLibrary(managed);
  const built = groupFacts(principals, knowledge).map((group) => build(group, library));
  return {
    value: {
      ...emptyInventory,
      principals: built.flatMap(({ principal }) => principal ?? []),
      groups: built.flatMap(({ group }) => group ?? []),
      documents: library.unused(),
    },
    diagnostics: library.diagnostics,
  };
}

/** What the outputs of a run say of one principal. */
interface Together {
  readonly arn: Text;
  readonly facts: readonly Placed<PrincipalFact>[];
  /** Names of groups in its account to their ARNs. */
  readonly groupArn: (name: Text) => Text;
}

function groupFacts(
  placed: readonly Placed<PrincipalFact>[],
  knowledge: Knowledge,
): readonly Together[] {
  const arns = new Map<string, Text>();
  for (const { fact } of placed) {
    if (fact.principal.by !== 'arn') continue;
    const account = parseArn(fact.principal.arn)?.account ?? '';
    arns.set(`${account} ${fact.type} ${nameOf(fact.principal.arn)}`, fact.principal.arn);
  }
  const resolve = (type: string, name: Text, place: Placed): Text => {
    const account = knowledge.accountOf(place) ?? hole(place.path, 'AWS::AccountId');
    return (
      arns.get(`${account} ${type} ${name}`) ??
      `arn:${knowledge.partitionOf(place)}:iam::${account}:${type}/${name}`
    );
  };
  const groups = new Map<Text, Placed<PrincipalFact>[]>();
  for (const one of placed) {
    const { principal } = one.fact;
    const arn =
      principal.by === 'arn' ? principal.arn : resolve(principal.type, principal.name, one);
    groups.set(arn, [...(groups.get(arn) ?? []), one]);
  }
  return [...groups].flatMap(([arn, facts]) => {
    const account = parseArn(arn)?.account ?? '';
    const groupArn = (name: Text): Text =>
      arns.get(`${account} group ${name}`) ??
      `arn:${parseArn(arn)?.partition ?? 'aws'}:iam::${account}:group/${name}`;
    return separate(facts).map((together) => ({ arn, facts: together, groupArn }));
  });
}

// An output that gives all policies stands for itself: of two such of different days both variants
// stay. To those that give some, the rest comes from their like, unless a whole one has it.
function separate(
  facts: readonly Placed<PrincipalFact>[],
): readonly (readonly Placed<PrincipalFact>[])[] {
  const whole = facts.filter(
    ({ fact }) => fact.inline?.whole === true && fact.managed?.whole === true,
  );
  if (whole.length === 0) return [facts];
  const partial = facts
    .filter((one) => !whole.includes(one))
    .map((one) => ({
      ...one,
      fact: present({ ...one.fact, inline: undefined, managed: undefined }),
    }));
  return [...whole.map((one) => [one]), ...(partial.length === 0 ? [] : [partial])];
}

function build(
  { arn, facts, groupArn }: Together,
  library: Library,
): { readonly principal?: Principal; readonly group?: Group } {
  const [first] = facts;
  if (first === undefined) return {};
  const defined = { address: arn, unit: first.path, span: first.fact.span, arn };
  const policies = policiesOf(arn, facts, library);
  const { type } = first.fact;
  if (type === 'group') return { group: { ...defined, ...present({ policies }) } };
  const said = Object.assign({}, ...facts.map(({ fact }) => fact)) as PrincipalFact;
  const principal: Principal = {
    ...defined,
    kind: type,
    account: parseArn(arn)?.account ?? '',
    name: nameOf(arn),
    ...present({
      uniqueId: said.uniqueId,
      tags: said.tags,
      policies,
      groups: said.groups?.map(groupArn),
      boundary: boundaryOf(said, library),
      trust: said.trust === undefined ? undefined : library.parse(said.trust, 'trust'),
    }),
    // SOURCE: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (service-linked roles have this path)
    serviceLinked: arn.includes(':role/aws-service-role/'),
    fixedName: true,
  };
  return { principal };
}

function policiesOf(
  arn: Text,
  facts: readonly Placed<PrincipalFact>[],
  library: Library,
): readonly PolicyDocument[] | undefined {
  const inline = facts.flatMap(({ fact }) => fact.inline ?? []);
  const managed = facts.flatMap(({ fact }) => fact.managed ?? []);
  if (inline.length === 0 && managed.length === 0) return undefined;
  const named = new Map<Text, InlinePolicy>();
  for (const policy of inline.flatMap(({ policies }) => policies)) {
    if (policy.document !== undefined || !named.has(policy.name)) named.set(policy.name, policy);
  }
  const attached = new Map(
    managed.flatMap(({ policies }) => policies).map((reference) => [reference.arn, reference.span]),
  );
  const span = facts[0]?.fact.span;
  const isWhole = inline.some(({ whole }) => whole) && managed.some(({ whole }) => whole);
  return [
    ...[...named.values()].map((policy) =>
      policy.document === undefined
        ? unknownDocument('identity', arn, policy.name, policy.span, policy.name)
        : library.parse(policy.document, 'identity', policy.name),
    ),
    ...[...attached].map(([policy, at]) => library.managed(policy, 'identity', at)),
    ...(isWhole || span === undefined
      ? []
      : [unknownDocument('identity', arn, `other policies of ${nameOf(arn)}`, span)]),
  ];
}

function boundaryOf(
  { boundary }: PrincipalFact,
  library: Library,
): PolicyDocument | 'none' | undefined {
  if (boundary === undefined || boundary === 'none') return boundary;
  return library.managed(boundary.arn, 'boundary', boundary.span);
}

/** The managed policies of a run, each parsed once, however many principals have it. */
interface Library {
  readonly diagnostics: readonly Diagnostic[];
  parse(node: PolicyNode, kind: PolicyKind, name?: Text): PolicyDocument;
  managed(arn: Text, kind: PolicyKind, at: Span): PolicyDocument;
  /** Those that nobody asked for. */
  unused(): readonly LooseDocument[];
}

type PolicyNode = Parameters<typeof parseDocument>[0];

function createLibrary(placed: readonly Placed<ManagedPolicyFact>[]): Library {
  const diagnostics: Diagnostic[] = [];
  const parsed = new Map<string, PolicyDocument>();
  const used = new Set<ManagedPolicyFact>();
  const withDocument = placed.filter(({ fact }) => fact.document !== undefined);
  const byArn = new Map(withDocument.map((one) => [one.fact.arn, one]));
  const byName = new Map(withDocument.map((one) => [one.fact.name, one]));
  const parse: Library['parse'] = (node, kind, name) => {
    const document = parseDocument(node, kind, name);
    diagnostics.push(...document.diagnostics);
    return document.value;
  };
  return {
    diagnostics,
    parse,
    managed: (arn, kind, at) => {
      const fact = (byArn.get(arn) ?? byName.get(nameOf(arn)))?.fact;
      // A document found by name alone is not that of another ARN.
      const isOther = fact?.arn !== undefined && fact.arn !== arn;
      if (fact?.document === undefined || isOther) {
        return unknownPolicy(arn, kind, at);
      }
      used.add(fact);
      const known = parsed.get(`${kind} ${arn}`);
      if (known !== undefined) return known;
      const document = { ...parse(fact.document, kind, nameOf(arn)), arn };
      parsed.set(`${kind} ${arn}`, document);
      return document;
    },
    unused: () =>
      withDocument.flatMap(({ fact, path }) => {
        const account = fact.arn === undefined ? undefined : parseArn(fact.arn)?.account;
        // Those of AWS are not ours to judge.
        if (used.has(fact) || fact.document === undefined || account === 'aws') return [];
        return {
          address: fact.arn ?? fact.name,
          unit: path,
          span: fact.document.span,
          document: parse(fact.document, 'identity', fact.name),
          ...present({ account }),
        };
      }),
  };
}

// A policy of AWS's is the same in every account and for every loader.
function unknownPolicy(arn: Text, kind: PolicyKind, at: Span): PolicyDocument {
  const [, own] = /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  return own === undefined
    ? unknownDocument(kind, 'managed policies', arn, at, nameOf(arn))
    : unknownDocument(kind, 'AWS managed policies', own, at, nameOf(arn));
}

function nameOf(arn: Text): Text {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
