import type { AdvancedField, EventSelector } from '../inventory/index.js';
import { find, itemsOf, textOf, type Node, type Span, type Text } from '../source/index.js';
import { passedBoolean, passedText, textsIn } from './passed.js';

/**
 * What a trail records: its basic and advanced event selectors, whose members are spelled as
 * CloudFormation spells them. Without any, all management events, see the CloudTrail user guide.
 */
export function eventSelectors(
  basic: readonly Node[],
  advanced: readonly Node[],
  span: Span,
): readonly EventSelector[] {
  const selectors = [...basic.map(basicSelector), ...advanced.map(advancedSelector)];
  return selectors.length > 0 ? selectors : [everything(span)];
}

function everything(span: Span): EventSelector {
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
