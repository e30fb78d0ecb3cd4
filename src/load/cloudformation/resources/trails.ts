import type { AdvancedField, EventSelector, Trail } from '../../../inventory/index.js';
import { find, itemsOf, textOf, type Node, type Text } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { nameOf } from '../references.js';
import { passedBoolean, passedText } from '../value.js';
import { definedAt, itemsAt, textsIn, type Placed } from './placed.js';

const kinds: Readonly<Record<string, Trail['kind']>> = {
  'AWS::CloudTrail::Trail': 'trail',
  'AWS::CloudTrail::EventDataStore': 'event-data-store',
};

/** The trails and event data stores that a template creates. */
export function trailsOf(placed: readonly Placed[]): readonly Trail[] {
  return placed.flatMap((at) => {
    const kind = lookup(kinds, at.resource.type);
    if (kind === undefined) return [];
    const name = nameOf(at.resource, at.stack);
    return [{ ...definedAt(at), kind, name, selectors: selectorsOf(at) }];
  });
}

function selectorsOf(at: Placed): readonly EventSelector[] {
  const selectors = [
    ...itemsAt(at, 'EventSelectors').map(basicSelector),
    ...itemsAt(at, 'AdvancedEventSelectors').map(advancedSelector),
  ];
  // Without selectors all management events are recorded, see the CloudTrail user guide.
  return selectors.length > 0 ? selectors : [everything(at.resource.idSpan)];
}

function everything(span: Node['span']): EventSelector {
  return {
    includeManagementEvents: true,
    readWriteType: 'All',
    excludeManagementEventSources: [],
    span,
  };
}

function basicSelector(node: Node): EventSelector {
  const type = textOf(find(node, 'ReadWriteType'));
  return {
    includeManagementEvents: passedBoolean(find(node, 'IncludeManagementEvents')) ?? true,
    readWriteType: type === 'ReadOnly' || type === 'WriteOnly' ? type : 'All',
    excludeManagementEventSources: textsIn(find(node, 'ExcludeManagementEventSources')).map(
      ({ text }) => text,
    ),
    span: node.span,
  };
}

function advancedSelector(node: Node): EventSelector {
  const advanced = itemsOf(find(node, 'FieldSelectors')).flatMap(fieldsOf);
  const readOnly = valuesOf(advanced, 'readOnly', 'equals');
  return {
    includeManagementEvents: valuesOf(advanced, 'eventCategory', 'equals').includes('Management'),
    readWriteType: readOnly.includes('true')
      ? 'ReadOnly'
      : readOnly.includes('false')
        ? 'WriteOnly'
        : 'All',
    excludeManagementEventSources: valuesOf(advanced, 'eventSource', 'notEquals'),
    advanced,
    span: node.span,
  };
}

const operators: readonly (readonly [string, AdvancedField['operator']])[] = [
  ['Equals', 'equals'],
  ['NotEquals', 'notEquals'],
  ['StartsWith', 'startsWith'],
  ['NotStartsWith', 'notStartsWith'],
  ['EndsWith', 'endsWith'],
  ['NotEndsWith', 'notEndsWith'],
];

function fieldsOf(node: Node): readonly AdvancedField[] {
  const field = passedText(find(node, 'Field'));
  if (field === undefined) return [];
  return operators.flatMap(([property, operator]) => {
    const values = textsIn(find(node, property)).map(({ text }) => text);
    return values.length > 0 ? [{ field, operator, values }] : [];
  });
}

function valuesOf(
  fields: readonly AdvancedField[],
  field: string,
  operator: AdvancedField['operator'],
): readonly Text[] {
  return fields
    .filter((candidate) => candidate.field === field && candidate.operator === operator)
    .flatMap(({ values }) => values);
}
