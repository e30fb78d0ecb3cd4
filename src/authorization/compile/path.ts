import type { Wanted } from './single-values.js';
import { nothingWanted } from './single-values.js';

const endpointKeys = ['aws:sourcevpce', 'aws:sourcevpc', 'aws:vpcsourceip'];
const addressKey = 'aws:sourceip';

/** Whether a condition key says that a request comes through a VPC endpoint. */
export function isOfEndpoint(name: string): boolean {
  return endpointKeys.includes(name);
}

/** Whether a condition key tells the address of a request that comes through no VPC endpoint. */
export function isOfAddress(name: string): boolean {
  return name === addressKey;
}

// SOURCE: facts evaluation 13.20: the keys of an endpoint come together, and never with `aws:SourceIp`
/** What is wanted of each variable, with what follows from the way that a request takes. */
export function settlePath(
  byVariable: ReadonlyMap<string, Wanted>,
): ReadonlyMap<string, Wanted> | 'impossible' {
  const mustExist = (name: string): boolean => needsValue(byVariable.get(name) ?? nothingWanted);
  if (!endpointKeys.some(mustExist)) return byVariable;
  const isWithout = endpointKeys.some((name) => byVariable.get(name)?.exists === false);
  if (mustExist(addressKey) || isWithout) return 'impossible';
  const settled = new Map(byVariable);
  for (const name of endpointKeys)
    settled.set(name, { ...(byVariable.get(name) ?? nothingWanted), exists: true });
  return settled;
}

function needsValue({ exists, tests }: Wanted): boolean {
  return exists === true || tests.some(({ wanted }) => wanted);
}
