import { wholeOf, type Node, type Source } from '../../../source/index.js';
import { textNode } from '../../make-node.js';
import { evaluate } from './evaluate.js';
import { parseTree } from './grammar.js';
import { readBody } from './read-body.js';
import { readFile } from './read-file.js';
import type { Context, Scope } from './scope.js';
import { attributeIn, type Block } from './syntax.js';
import { converted } from './types.js';
import { derived, isNull, unknown } from './value.js';

/** The values that are given to variables. */
export type Given = (name: string) => Node | undefined;

/** Whether Terraform reads a file of values without being told to. */
export function isRead(path: string): boolean {
  return /(?:^|\/)(?:terraform|[^/]*\.auto)\.tfvars(?:\.json)?$/.test(path);
}

/** The values that files give, in their order, and above them those of the command line and the configuration. */
export function givenBy(
  files: readonly Source[],
  parameters: Readonly<Record<string, string>>,
  declared: ReadonlyMap<string, Block>,
  context: Context,
): Given {
  const given = new Map<string, Node>();
  for (const file of files) {
    for (const { name, value } of readFile(file).body.attributes) {
      given.set(name, evaluate(value, context));
    }
  }
  for (const [name, text] of Object.entries(parameters)) {
    const variable = declared.get(name);
    if (variable) given.set(name, parameterValue(text, variable, context));
  }
  return (name) => given.get(name);
}

/** A text is one where the type says so, or where it is no expression. */
function parameterValue(text: string, variable: Block, context: Context): Node {
  const type = attributeIn(variable.body, 'type')?.value;
  const asIs = textNode(text, variable.span);
  const isExpression = type && !(type.kind === 'name' && type.name === 'string');
  if (!isExpression && !/^\s*[[{]/.test(text)) return asIs;
  const reading = { text: `_ = ${text}\n`, spanOf: () => variable.span };
  const [attribute] = readBody(parseTree(reading.text), reading).attributes;
  const isValue = attribute && /^(?:literal|list|object|operation)$/.test(attribute.value.kind);
  return isValue ? evaluate(attribute.value, context) : asIs;
}

/** The value of a variable: what is given, else its default, else a hole. */
export function variableValue(
  name: string,
  block: Block | undefined,
  given: Given,
  scope: Scope,
): Node {
  const context: Context = { scope, names: new Map() };
  const preset = block && attributeIn(block.body, 'default')?.value;
  const own = given(name);
  const isNullable = block && attributeIn(block.body, 'nullable')?.value;
  const refusesNull = isNullable?.kind === 'literal' && isNullable.value === false;
  const isMissing = own === undefined || (isNull(own) && refusesNull);
  const type = block && attributeIn(block.body, 'type')?.value;
  const value = isMissing ? preset && evaluate(preset, context) : own;
  if (value === undefined) {
    const text = derived(scope.unit, `${scope.prefix}var.${name}`);
    return unknown(text, block?.span ?? wholeOf({ path: scope.folder, text: '' }));
  }
  return type ? converted(value, type, (expression) => evaluate(expression, context)) : value;
}
