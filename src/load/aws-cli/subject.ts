import type { KeyReference, PrincipalType } from './facts.js';

// SOURCE: https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html (KeyId)
const keyId =
  /(?<![0-9a-f])(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])/i;

// SOURCE: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html (ChildId)
const organizationNode =
  /(?<![0-9a-z])(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})(?![0-9a-z])/;
const organizationPolicy = /(?<![0-9A-Za-z])p-[0-9A-Za-z_]{8,128}/;
const accountId = /(?<!\d)\d{12}(?!\d)/;
const regionName =
  /(?<![0-9a-z])(?:us|eu|ap|ca|sa|me|af|il|mx|cn|eusc)(?:-(?:gov|isof|isoe|isob|iso|de))?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d(?!\d)/;

/**
 * The key that a path names: by its id, as `alias/<name>` in two segments, as `alias-<name>` in one,
 * or by a bare name, which then counts only if an alias of the run has it.
 */
export function keyInPath(path: string, command: string): KeyReference {
  const segments = segmentsOf(path);
  for (const segment of segments) {
    const id = keyId.exec(segment)?.[0];
    if (id !== undefined) return { by: 'id', id: id.toLowerCase() };
  }
  const alias = aliasIn(segments, command);
  if (alias !== undefined) return { by: 'alias', name: alias };
  const name = nameInPath(path, command);
  return name === undefined ? { by: 'nameless' } : { by: 'name', name };
}

function aliasIn(segments: readonly string[], command: string): string | undefined {
  for (const [index, segment] of segments.entries()) {
    const rest = withoutCommand(segment, command);
    const spelled = /^alias[-_.=+]+(.+)$/.exec(rest)?.[1];
    if (spelled !== undefined) return `alias/${spelled}`;
    if (segments[index + 1] === 'alias' && rest !== '') return `alias/${rest}`;
  }
  return undefined;
}

/** The nearest word of a path that is no part of the command, account, Region or a mere heading. */
export function nameInPath(path: string, command: string): string | undefined {
  return findInSegments(path, (segment) => {
    const rest = withoutCommand(segment, command);
    // `get-bucket-policy-data` is about `data`, while a folder of that name only says what it holds.
    const isSpelled = rest !== segment || (!isHeading(rest) && !isPlace(rest));
    return rest !== '' && isSpelled ? rest : undefined;
  });
}

/** The root, unit or account of an organization that a path names. */
export function organizationTargetInPath(path: string): string | undefined {
  return findInSegments(path, (segment) => {
    return organizationNode.exec(segment)?.[0] ?? accountId.exec(segment)?.[0];
  });
}

export function organizationPolicyInPath(path: string): string | undefined {
  return findInSegments(path, (segment) => organizationPolicy.exec(segment)?.[0]);
}

export function accountInPath(path: string): string | undefined {
  return findInSegments(path, (segment) => accountId.exec(segment.replace(keyId, ''))?.[0]);
}

export function regionInPath(path: string): string | undefined {
  return findInSegments(path, (segment) => regionName.exec(segment)?.[0]);
}

/** Whether a path says that its subject is a user, role or group. */
export function principalTypeInPath(path: string): PrincipalType | undefined {
  return findInSegments(path, (segment) => {
    const word = /(?<![a-z])(user|role|group)s?(?![a-z])/i.exec(segment)?.[1]?.toLowerCase();
    return word as PrincipalType | undefined;
  });
}

/** The folder around a path; `undefined` around the outermost. */
export function parentOf(path: string): string | undefined {
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/**
 * The folder whose outputs were saved together: the nearest around a file that is not named for a
 * service, a command or a key.
 */
export function dumpOf(path: string): string {
  let folder = parentOf(path) ?? '';
  while (folder !== '') {
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    if (!isHeading(name) && !keyId.test(name)) return folder;
    folder = parentOf(folder) ?? '';
  }
  return folder;
}

function findInSegments<T>(path: string, look: (segment: string) => T | undefined): T | undefined {
  for (const segment of segmentsOf(path)) {
    const found = look(segment);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The file name without its extension and the counter of a saved example, then the folders, nearest first. */
function segmentsOf(path: string): readonly string[] {
  const [name = '', ...folders] = path.split('/').reverse();
  return [name.replace(/(?:\.\d+)?\.(?:json|ya?ml|txt)$/i, ''), ...folders];
}

/** What is left of a segment such as `kms__get-key-policy_orders` without the words of the command. */
function withoutCommand(segment: string, command: string): string {
  const [service = '', operation = ''] = command.split(' ');
  const camel = operation.replace(/-/g, '');
  const pattern = new RegExp(
    `(?:aws[-_.]+)?(?:${service}[-_.]+)?(?:${operation.replace(/-/g, '[-_]?')}|${camel})`,
    'i',
  );
  return segment.replace(pattern, '').replace(/^[-_.=@+ ]+|[-_.=@+ ]+$/g, '');
}

// Names of folders and files that only say what is in them.
function isHeading(segment: string): boolean {
  return /^(?:(?:get|list|describe|create)-[a-z-]+|aws|iam|kms|s3|s3api|sqs|sns|organizations|org|users?|roles?|groups?|buckets?|keys?|alias|aliases|polic(?:y|ies)|key-policy|bucket-policy|encryption|attached|inline|managed|outputs?|dumps?|data|default|raw|json|yaml|\.+)$/i.test(
    segment,
  );
}

function isPlace(segment: string): boolean {
  return accountId.exec(segment)?.[0] === segment || regionName.exec(segment)?.[0] === segment;
}
