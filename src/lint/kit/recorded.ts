import {
  createEngine,
  seededPorts,
  type Call,
  type CloudTrailEvent,
  type Exchange,
} from '../../engine/index.js';
import type { AdvancedField, EventSelector, Inventory, Trail } from '../../inventory/index.js';
import { equalTexts, hasHole, type Text } from '../../source/index.js';

/** What of an event of AWS KMS decides whether a trail records it. */
export type KmsEvent = Pick<CloudTrailEvent, 'eventSource' | 'eventName' | 'readOnly'>;

/**
 * Whether a trail or event data store records an event, which all of AWS KMS's are: a management event.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function isRecorded({ selectors }: Trail, event: KmsEvent): boolean {
  return selectors.some((selector) => selects(selector, event));
}

function selects(selector: EventSelector, event: KmsEvent): boolean {
  const { advanced, includeManagementEvents, readWriteType, excludeManagementEventSources } =
    selector;
  if (advanced !== undefined) return advanced.every((field) => fieldSelects(field, event));
  return (
    includeManagementEvents &&
    (readWriteType === 'All' || (readWriteType === 'ReadOnly') === event.readOnly) &&
    !excludeManagementEventSources.some((one) => equalTexts(one, event.eventSource) === true)
  );
}

function fieldSelects({ field, operator, values }: AdvancedField, event: KmsEvent): boolean {
  const value = valueOf(field, event);
  // Fields that differ from one such event to the next select some of them.
  if (value === undefined || values.some(hasHole)) return true;
  const some = (test: (one: Text) => boolean): boolean => values.some(test);
  switch (operator) {
    case 'equals':
      return some((one) => one === value);
    case 'notEquals':
      return !some((one) => one === value);
    case 'startsWith':
      return some((one) => value.startsWith(one));
    case 'notStartsWith':
      return !some((one) => value.startsWith(one));
    case 'endsWith':
      return some((one) => value.endsWith(one));
    case 'notEndsWith':
      return !some((one) => value.endsWith(one));
  }
}

function valueOf(field: string, event: KmsEvent): string | undefined {
  const values: Readonly<Record<string, string>> = {
    eventCategory: 'Management',
    eventSource: event.eventSource,
    eventName: event.eventName,
    readOnly: String(event.readOnly),
  };
  return values[field];
}

/** What CloudTrail sees of calls that were made in an inventory: they are made once more. */
export function eventsOf(
  inventory: Inventory,
  exchanges: readonly Exchange[],
): readonly CloudTrailEvent[] {
  const engine = createEngine(inventory, seededPorts(0));
  const calls: readonly Call[] = exchanges.map(({ call }) => call);
  for (const call of calls) engine.call(call);
  return engine.events();
}
