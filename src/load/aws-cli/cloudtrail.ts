import type { AdvancedField, EventSelector } from '../../inventory/index.js';
import { find } from '../../source/index.js';
import type { Node, Span } from '../../source/index.js';
import type { Fact } from './facts.js';
import { flag, list, text, texts } from './fields.js';
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
  // A trail without selectors of its own records all management events.
  // SOURCE: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
  const isDefault = flag(node, 'HasCustomEventSelectors') === false;
  yield {
    kind: 'trail',
    type: 'trail',
    arn,
    ...(isDefault ? { selectors: [defaultSelector(node.span)] } : {}),
    span: node.span,
  };
}

function selectorsOf(root: Node): readonly EventSelector[] {
  return [
    ...list(root, 'EventSelectors').map(basicSelector),
    ...list(root, 'AdvancedEventSelectors').map(advancedSelector),
  ];
}

function defaultSelector(span: Span): EventSelector {
  return {
    includeManagementEvents: true,
    readWriteType: 'All',
    excludeManagementEventSources: [],
    span,
  };
}

function basicSelector(node: Node): EventSelector {
  const type = text(node, 'ReadWriteType');
  return {
    includeManagementEvents: flag(node, 'IncludeManagementEvents') ?? true,
    readWriteType: type === 'ReadOnly' || type === 'WriteOnly' ? type : 'All',
    excludeManagementEventSources: texts(node, 'ExcludeManagementEventSources'),
    span: node.span,
  };
}

const operators = [
  ['Equals', 'equals'],
  ['NotEquals', 'notEquals'],
  ['StartsWith', 'startsWith'],
  ['NotStartsWith', 'notStartsWith'],
  ['EndsWith', 'endsWith'],
  ['NotEndsWith', 'notEndsWith'],
] as const;

function advancedSelector(node: Node): EventSelector {
  const advanced = list(node, 'FieldSelectors').flatMap(fieldsOf);
  const isManagement = advanced.some(
    ({ field, operator, values }) =>
      field === 'eventCategory' && operator === 'equals' && values.includes('Management'),
  );
  const readOnly = advanced.find(({ field }) => field === 'readOnly')?.values[0];
  return {
    includeManagementEvents: isManagement,
    readWriteType: readOnly === 'true' ? 'ReadOnly' : readOnly === 'false' ? 'WriteOnly' : 'All',
    excludeManagementEventSources: advanced.flatMap(({ field, operator, values }) =>
      field === 'eventSource' && operator === 'notEquals' ? values : [],
    ),
    advanced,
    span: node.span,
  };
}

function fieldsOf(node: Node): readonly AdvancedField[] {
  const field = text(node, 'Field');
  if (field === undefined) return [];
  return operators.flatMap(([member, operator]) => {
    const values = texts(node, member);
    return values.length === 0 ? [] : [{ field, operator, values }];
  });
}
