import type { EventSelector } from '../../inventory/index.js';
import { find } from '../../source/index.js';
import type { Node } from '../../source/index.js';
import { allManagementEvents, selectorsIn } from '../event-selectors.js';
import type { Fact } from './facts.js';
import { flag, list, text } from './fields.js';
import type { Output, Saved } from './output.js';

export const cloudtrailOutputs: readonly Output[] = [
  {
    command: 'cloudtrail get-event-selectors',
    members: ['TrailARN', 'EventSelectors'],
    read: readSelectors,
  },
  {
    command: 'cloudtrail get-event-selectors',
    members: ['TrailARN', 'AdvancedEventSelectors'],
    read: readSelectors,
  },
  {
    command: 'cloudtrail describe-trails',
    members: ['trailList'],
    read: function* ({ root }) {
      for (const trail of list(root, 'trailList')) yield* trailOf(trail);
    },
  },
  {
    command: 'cloudtrail get-trail',
    members: ['Trail'],
    others: [],
    read: function* ({ root }) {
      const trail = find(root, 'Trail');
      if (trail !== undefined) yield* trailOf(trail);
    },
  },
  {
    command: 'cloudtrail get-event-data-store',
    members: ['EventDataStoreArn', 'AdvancedEventSelectors'],
    read: function* ({ root }) {
      const arn = text(root, 'EventDataStoreArn');
      if (arn === undefined) return;
      const selectors = selectorsOf(root);
      yield { kind: 'trail', type: 'event-data-store', arn, selectors, span: root.span };
    },
  },
];

function* readSelectors({ root }: Saved): Iterable<Fact> {
  const arn = text(root, 'TrailARN');
  if (arn === undefined) return;
  yield { kind: 'trail', type: 'trail', arn, selectors: selectorsOf(root), span: root.span };
}

function* trailOf(node: Node): Iterable<Fact> {
  const arn = text(node, 'TrailARN');
  if (arn === undefined) return;
  const isDefault = flag(node, 'HasCustomEventSelectors') === false;
  yield {
    kind: 'trail',
    type: 'trail',
    arn,
    ...(isDefault ? { selectors: [allManagementEvents(node.span)] } : {}),
    span: node.span,
  };
}

function selectorsOf(root: Node): readonly EventSelector[] {
  return selectorsIn(list(root, 'EventSelectors'), list(root, 'AdvancedEventSelectors'));
}
