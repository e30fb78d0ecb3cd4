import type { Node, Unresolved } from '../../../../source/index.js';
import { lookup } from '../../../lookup.js';
import { isFailure, unknown } from '../value.js';
import { encodings } from './encodings.js';
import { files } from './files.js';
import { open, orNull, textOfOpen, type CallSite, type TerraformFunction } from './function.js';
import { lists } from './lists.js';
import { lengthOf, maps } from './maps.js';
import { numbers } from './numbers.js';
import { texts } from './texts.js';

export { decoded } from './encodings.js';
export { mayBeAbsent } from './function.js';
export type { CallSite } from './function.js';
export { sortedEntries } from './maps.js';

const functions: Readonly<Record<string, TerraformFunction>> = {
  ...texts,
  ...lists,
  ...maps,
  ...numbers,
  ...encodings,
  ...files,
  length: lengthOf,
};

/** Functions that take a value which may be one of several, and make the most of it. */
const takesChoices: ReadonlySet<string> = new Set([
  'concat',
  'merge',
  'coalesce',
  'flatten',
  'setunion',
]);

/** What a function gives; a hole for one that is not known here, such as those of providers. */
export function callFunction(call: CallSite): Node {
  const work = lookup(functions, call.name.replace(/^core::/, ''));
  if (work === undefined) return open(call);
  const failed = call.values.find(isFailure);
  if (failed) return failed;
  if (!takesChoices.has(call.name)) {
    const at = call.values.findIndex(hasForms);
    const value = call.values[at];
    if (value !== undefined && hasForms(value)) return inEachForm(value, at, call);
  }
  return work(call.values, call);
}

type WithForms = Unresolved & Required<Pick<Unresolved, 'alternatives'>>;

function hasForms(node: Node): node is WithForms {
  return node.kind === 'unresolved' && node.alternatives !== undefined;
}

function inEachForm(value: WithForms, at: number, call: CallSite): Node {
  const results = value.alternatives.map((form) => {
    const values = call.values.with(at, orNull(form, value.span));
    const result = callFunction({ ...call, values });
    return isFailure(result) ? undefined : result;
  });
  return unknown(textOfOpen(call), call.span, results);
}
