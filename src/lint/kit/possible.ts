import { parseArn } from '../../policy/index.js';
import { hasHole, type Text } from '../../source/index.js';
import type { Inventory, Key } from '../../inventory/index.js';
import type { Circumstances } from './circumstances.js';

/**
 * Whether a request for a key can have such circumstances: a service calls KMS in the key's own Region, and
 * what comes through a VPC endpoint has no public address.
 */
export function isPossible(circumstances: Circumstances, key: Key): boolean {
  const names = Object.keys(circumstances.context).map((name) => name.toLowerCase());
  if (names.includes('aws:sourceip') && names.some((name) => ofEndpoints.includes(name)))
    return false;
  const region = regionOfService(circumstances);
  return region === undefined || hasHole(key.region) || region === key.region;
}

const ofEndpoints = ['aws:sourcevpc', 'aws:sourcevpce', 'aws:sourcevpcarn', 'aws:vpcsourceip'];

/** The Region of the service through which a request comes; `undefined` where it comes through none. */
export function regionOfService({ context }: Circumstances): string | undefined {
  const [, through] =
    Object.entries(context).find(([name]) => /^kms:viaservice$/i.test(name)) ?? [];
  return typeof through === 'string'
    ? /\.([a-z]{2}(?:-[a-z]+)+-\d+)\.amazonaws\.com/.exec(through)?.[1]
    : undefined;
}

/** A key's ARN in another Region. */
export function movedTo(region: Text, arn: Text): Text {
  const { partition = 'aws', account = '', resource = '' } = parseArn(arn) ?? {};
  return `arn:${partition}:kms:${region}:${account}:${resource}`;
}

/** The inventory with a key in another Region. */
export function withKeyMoved(inventory: Inventory, key: Key, region: Text): Inventory {
  const moved: Key = { ...key, region, arn: movedTo(region, key.arn) };
  return {
    ...inventory,
    keys: inventory.keys.map((one) => (one === key ? moved : one)),
    aliases: inventory.aliases.map((alias) =>
      alias.target === key.arn ? { ...alias, target: moved.arn, region } : alias,
    ),
  };
}
