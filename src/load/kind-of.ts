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
  // From the file's own name outwards: the nearest name that tells something.
  for (const name of path.toLowerCase().split('/').reverse()) {
    const kind = kindInName(name, allowed);
    if (kind !== undefined) return kind;
  }
  return 'unknown';
}

const policyKinds: readonly PolicyKind[] = [
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

/** How people name the files and folders of each kind. */
const hints: Readonly<Record<Exclude<PolicyKind, 'unknown'>, RegExp>> = {
  'key-policy':
    /key[-_ .]?polic(?:y|ies)|(?<![a-z])(?:kms|cmk)(?![a-z])|(?<![a-z])(?:kms)?keys?(?![a-z])/g,
  identity:
    /identity|(?<![a-z])iam(?![a-z])|managed[-_ .]?polic|(?:role|user|group|inline|execution|permissions?)[-_ .]?polic|(?<![a-z])permissions?(?![a-z])/g,
  boundary: /boundar(?:y|ies)/g,
  session: /session/g,
  scp: /(?<![a-z])scps?(?![a-z])|service[-_ .]?control/g,
  rcp: /(?<![a-z])rcps?(?![a-z])|resource[-_ .]?control/g,
  endpoint: /endpoint|(?<![a-z])vpce(?![a-z])/g,
  trust: /trust|assume[-_ .]?role/g,
  resource:
    /resource[-_ .]?(?:based[-_ .]?)?polic|(?<![a-z])(?:s3|sns|sqs|buckets?|topics?|queues?|secrets?|repositor(?:y|ies)|ecr|lambdas?)(?![a-z])/g,
};

/** The allowed kind that a name tells; of several, the one named last: a `bucket-key-policy` is a key policy. */
function kindInName(name: string, allowed: readonly PolicyKind[]): PolicyKind | undefined {
  let found: { readonly kind: PolicyKind; readonly end: number } | undefined;
  for (const kind of allowed) {
    if (kind === 'unknown') continue;
    for (const match of name.matchAll(hints[kind])) {
      const end = match.index + match[0].length;
      if (found === undefined || end > found.end) found = { kind, end };
    }
  }
  return found?.kind;
}
