import { hasHole, type Text } from '../source/index.js';

/**
 * The partition of a Region; `undefined` where the Region is unknown.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: Text): string | undefined {
  if (hasHole(region)) return undefined;
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
