import { cloudtrailOutputs } from './cloudtrail.js';
import { dependantOutputs } from './dependants.js';
import { iamOutputs } from './iam.js';
import { kmsOutputs } from './kms.js';
import { membersOf } from './members.js';
import { outputsOfNothing } from './nothing.js';
import { organizationsOutputs } from './organizations.js';
import { fits } from './output.js';
import type { Look, Output } from './output.js';

// INVARIANT: of two outputs with the same members, the one with the narrower mark stands first.
const outputs: readonly Output[] = [
  ...organizationsOutputs,
  ...iamOutputs,
  ...cloudtrailOutputs,
  ...outputsOfNothing,
  ...dependantOutputs,
  ...kmsOutputs,
];

/** Which output a text is, as its top-level members tell. */
export function findOutput(look: Look): Output | undefined {
  const members = membersOf(look.text);
  if (members.size === 0 || members.has('Statement')) return undefined;
  return outputs.find((output) => fits(output, members, look));
}
