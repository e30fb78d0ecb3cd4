import { lookup } from '../../lookup.js';
import { compute } from './compute.js';
import { databases } from './databases.js';
import { identities } from './identities.js';
import { messaging } from './messaging.js';
import type { ResourceType } from './resource-type.js';
import { storage } from './storage.js';

export { serviceOf } from './resource-type.js';
export type { ResourceType } from './resource-type.js';

const types = { ...identities, ...storage, ...messaging, ...compute, ...databases };

/** What is known of a resource type; `undefined`: its things have neither keys nor ARNs that matter here. */
export function findResourceType(type: string): ResourceType | undefined {
  return lookup<ResourceType>(types, type);
}
