import { grammarKinds, type PolicyKind } from '../policy/index.js';
import type { Node } from '../source/index.js';
import { matchesGlob } from './globs.js';

/**
 * The kind of a bare policy document: what the config says of its path, else what its grammar alone
 * allows, narrowed by the names on its path. `unknown` where several remain.
 */
export function kindOf(
  document: Node,
  path: string,
  kinds: Readonly<Record<string, string>>,
): PolicyKind {
  const said = Object.entries(kinds).findLast(([glob]) => matchesGlob(path, [glob]))?.[1];
  const known = policyKinds.find((kind) => kind === said);
  if (known !== undefined) return known;
  const allowed = grammarKinds(document);
  const [only, ...others] = allowed;
  if (only !== undefined && others.length === 0) return only;
  // The nearest name that tells a kind of policy, else the nearest that tells what it is about.
  const names = path.toLowerCase().split('/').reverse();
  for (const hints of [kindHints, subjectHints]) {
    for (const name of names) {
      const kind = kindInName(name, hints, allowed);
      if (kind !== undefined) return kind;
    }
  }
  return 'unknown';
}

/** All kinds, as files and configurations spell them. */
export const policyKinds: readonly PolicyKind[] = [
  'key-policy',
  'identity',
  'boundary',
  'session',
  'scp',
  'rcp',
  'endpoint',
  'trust',
  'resource',
  'unknown',
];

type Hints = Readonly<Partial<Record<PolicyKind, RegExp>>>;

/** How people name the files and folders of each kind of policy. */
const kindHints: Hints = {
  'key-policy': /(?:key|kms|cmk)[-_ .]?polic(?:y|ies)/g,
  identity: /identity|(?:managed|role|user|group|inline|execution|permissions?)[-_ .]?polic/g,
  boundary: /boundar(?:y|ies)/g,
  session: /session[-_ .]?polic/g,
  scp: /(?<![a-z])scps?(?![a-z])|service[-_ .]?control/g,
  rcp: /(?<![a-z])rcps?(?![a-z])|resource[-_ .]?control/g,
  endpoint: /endpoint|(?<![a-z])vpce(?![a-z])/g,
  trust: /trust|assume[-_ .]?role/g,
  resource:
    /(?:resource|resource[-_ .]?based|bucket|topic|queue|secret|repository|function)[-_ .]?polic/g,
};

/** How people name what the policies of a kind are about. */
const subjectHints: Hints = {
  'key-policy': /(?<![a-z])(?:kms|cmks?|(?:kms)?keys?)(?![a-z])/g,
  identity: /(?<![a-z])(?:iam|permissions?|roles?|users?|groups?)(?![a-z])/g,
  session: /(?<![a-z])sessions?(?![a-z])/g,
  resource:
    /(?<![a-z])(?:s3|sns|sqs|ecr|lambda|buckets?|topics?|queues?|secrets?|repositor(?:y|ies))(?![a-z])/g,
};

/** The allowed kind that a name tells; of several, the one named last: a `bucket-key-policy` is a key policy. */
function kindInName(
  name: string,
  hints: Hints,
  allowed: readonly PolicyKind[],
): PolicyKind | undefined {
  let found: { readonly kind: PolicyKind; readonly end: number } | undefined;
  for (const kind of allowed) {
    for (const match of name.matchAll(hints[kind] ?? NEVER)) {
      const end = match.index + match[0].length;
      if (found === undefined || end > found.end) found = { kind, end };
    }
  }
  return found?.kind;
}

const NEVER = /(?!)/g;
