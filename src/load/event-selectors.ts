import type { AdvancedField, EventSelector } from '../inventory/index.js';
import { find, itemsOf, textOf, type Node, type Span, type Text } from '../source/index.js';
import { passedBoolean, passedText, textsIn } from './passed.js';

/**
 * What a trail records: its basic and advanced event selectors, whose members are spelled as
 * CloudFormation and the API of CloudTrail spell them. Without any, all management events.
 */
export function eventSelectors(
  basic: readonly Node[],
  advanced: readonly Node[],
  span: Span,
): readonly EventSelector[] {
  const selectors = selectorsIn(basic, advanced);
  return selectors.length > 0 ? selectors : [allManagementEvents(span)];
}

/** The selectors that are written down, none where there are none. */
export function selectorsIn(
  basic: readonly Node[],
  advanced: readonly Node[],
): readonly EventSelector[] {
  return [...basic.map(basicSelector), ...advanced.map(advancedSelector)];
}

/**
 * What a trail without selectors of its own records.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export function allManagementEvents(span: Span): EventSelector {
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
