import { compute } from './compute.js';
import { databases } from './databases.js';
import { identities } from './identities.js';
import { messaging } from './messaging.js';
import type { ResourceType } from './resource-type.js';
import { storage } from './storage.js';

const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [identities, storage, databases, messaging, compute].flatMap((table) => Object.entries(table)),
);

/** What is known of a CloudFormation resource type; `undefined` for all that do not matter here. */
export function findResourceType(type: string): ResourceType | undefined {
  return resourceTypes.get(type);
}

export { serviceOf } from './resource-type.js';
export type { ResourceType } from './resource-type.js';
