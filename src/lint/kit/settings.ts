import { findConditionKey } from '../../facts/index.js';
import type { Condition } from '../../policy/index.js';
import type { Text } from '../../source/index.js';

/** Values of condition keys that together make a condition hold or fail; none: keys left absent. */
export type Setting = readonly { readonly key: string; readonly value: Text | readonly Text[] }[];

/** The ways in which a condition comes to hold, the simplest first. */
export function satisfying(condition: Condition): readonly Setting[] {
  const values = settingsOf(condition, condition.operator.negated ? 'outside' : 'inside');
  return holdsWithoutKey(condition) ? [[], ...values] : values;
}

/** The ways in which a condition comes to fail, the simplest first. */
export function failing(condition: Condition): readonly Setting[] {
  const values = settingsOf(condition, condition.operator.negated ? 'inside' : 'outside');
  return holdsWithoutKey(condition) ? values : [[], ...values];
}

// SOURCE: facts evaluation 6.3 to 6.7
function holdsWithoutKey({ operator, values }: Condition): boolean {
  const { family, negated, ifExists, quantifier } = operator;
  if (family === 'Null') return values.some(({ text }) => text.toLowerCase() === 'true');
  if (ifExists || quantifier === 'ForAllValues') return true;
  return negated && quantifier === undefined;
}

/** Whether the request's value is to be among those of the policy. */
type Side = 'inside' | 'outside';

function settingsOf(condition: Condition, side: Side): readonly Setting[] {
  const { key, operator } = condition;
  if (operator.family === 'Null')
    return holdsWithoutKey(condition) === (side === 'inside') ? [] : [present(key)];
  const texts = side === 'inside' ? insideValues(condition) : outsideValues(condition);
  return texts.map((text) => settingOf(key, text));
}

function settingOf(key: string, text: Text): Setting {
  // These follow from the encryption context, so it is what is to be set.
  if (key.toLowerCase() === 'kms:encryptioncontextkeys') return pairNamed(text);
  const isMultivalued = findConditionKey(key)?.multivalued === true;
  return [{ key, value: isMultivalued ? [text] : text }];
}

function present(key: string): Setting {
  return settingOf(key, sampleOf(key));
}

function pairNamed(name: Text): Setting {
  return [{ key: `kms:EncryptionContext:${name}`, value: 'x' }];
}

/** Any value that a key may have. */
function sampleOf(key: string): Text {
  switch (findConditionKey(key)?.type) {
    case 'Bool':
      return 'true';
    case 'Numeric':
      return '1';
    case 'Date':
      return '2026-01-01T00:00:00Z';
    case 'IPAddress':
      return STRANGE_ADDRESS;
    case 'ARN':
      return 'arn:aws:s3:::x';
    case 'Binary':
      return 'eA==';
    case 'String':
    case undefined:
      return 'x';
  }
}

// SOURCE: https://www.rfc-editor.org/rfc/rfc5737: for documentation, so that no network has it
const STRANGE_ADDRESS = '198.51.100.23';

/** A value for each value of the policy that compares as the operator asks, negation aside. */
function insideValues(condition: Condition): readonly Text[] {
  return condition.values.flatMap(({ text }) => {
    const value = insideValue(condition, text);
    return value === undefined ? [] : [value];
  });
}

function insideValue({ operator }: Condition, text: Text): Text | undefined {
  const { family, comparison } = operator;
  switch (family) {
    case 'String':
    case 'Arn':
      return spellOut(text, operator.like ? 'pattern' : 'plain');
    case 'IpAddress':
      return text.split('/')[0];
    case 'Numeric':
      return String(Number(text) + stepOf(comparison));
    case 'Date':
      return shiftDate(text, stepOf(comparison));
    case 'Bool':
    case 'Binary':
    case 'Null':
      return text;
  }
}

function outsideValues({ operator, values }: Condition): readonly Text[] {
  const [first] = values;
  if (first === undefined) return [];
  switch (operator.family) {
    case 'String':
      return ['elsewhere'];
    case 'Arn':
      return ['arn:aws:s3:::elsewhere'];
    case 'IpAddress':
      return [STRANGE_ADDRESS, '2001:db8::23'];
    case 'Numeric':
      return [String(Number(first.text) + outsideStep(operator.comparison))];
    case 'Date': {
      const date = shiftDate(first.text, outsideStep(operator.comparison));
      return date === undefined ? [] : [date];
    }
    case 'Bool':
      return [first.text.toLowerCase() === 'true' ? 'false' : 'true'];
    case 'Binary':
    case 'Null':
      return [];
  }
}

type Comparison = Condition['operator']['comparison'];

function stepOf(comparison: Comparison): number {
  switch (comparison) {
    case 'equals':
    case 'less-or-equal':
    case 'greater-or-equal':
      return 0;
    case 'less':
      return -1;
    case 'greater':
      return 1;
  }
}

function outsideStep(comparison: Comparison): number {
  switch (comparison) {
    case 'equals':
    case 'less':
    case 'less-or-equal':
      return 1;
    case 'greater':
    case 'greater-or-equal':
      return -1;
  }
}

function shiftDate(text: Text, days: number): Text | undefined {
  const time = /^\d{5,}(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time + days * 86_400_000).toISOString();
}

/** A text that a pattern matches; `undefined` where a policy variable decides that. */
function spellOut(text: Text, role: 'pattern' | 'plain'): Text | undefined {
  const literals: Readonly<Record<string, string>> = { '${*}': '*', '${?}': '?', '${$}': '$' };
  const plain = role === 'pattern' ? text.replace(/(?<!\$\{)[*?]/g, 'x') : text;
  const spelled = plain.replace(/\$\{[*?$]\}/g, (found) => literals[found] ?? found);
  return /\$\{[^}]*\}/.test(spelled) ? undefined : spelled;
}
