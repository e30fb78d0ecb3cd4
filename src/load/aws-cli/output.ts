import type { Node } from '../../source/index.js';
import type { Fact } from './facts.js';

/** One output shape of the AWS CLI, or of the API operation behind it. */
export interface Output {
  /** What is typed after `aws`: `kms list-keys`. */
  readonly command: string;
  /** Top-level members that it always has. */
  readonly members: readonly string[];
  /** For shapes with too common members: what else may stand beside them. */
  readonly others?: readonly string[];
  /** Whether it is this one of several outputs with the same members. */
  readonly marks?: (look: Look) => boolean;
  /** Absent for outputs that say nothing about keys or who may use them. */
  readonly read?: (output: Saved) => Iterable<Fact>;
}

/** What can be seen before parsing. */
export interface Look {
  readonly path: string;
  readonly text: string;
}

/** A parsed output. */
export interface Saved {
  readonly path: string;
  readonly root: Node;
}

// Paging, and what SDKs put around every response.
const envelope: ReadonlySet<string> = new Set([
  'NextToken',
  'NextMarker',
  'Marker',
  'Truncated',
  'IsTruncated',
  'ResponseMetadata',
  '$metadata',
]);

export function fits(output: Output, members: ReadonlySet<string>, look: Look): boolean {
  const { others } = output;
  return (
    output.members.every((member) => members.has(member)) &&
    (others === undefined ||
      [...members].every(
        (member) =>
          envelope.has(member) || output.members.includes(member) || others.includes(member),
      )) &&
    (output.marks === undefined || output.marks(look))
  );
}

/** A mark: the text has a match. */
export function shows(pattern: RegExp): (look: Look) => boolean {
  return ({ text }) => pattern.test(text);
}
