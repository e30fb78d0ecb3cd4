import type { Diagnostic, Node } from '../source/index.js';
import { plainValue } from './plain-value.js';
import { schemaProblems } from './schema-problems.js';
import { validate, type SchemaName } from './validate.js';

/** What is wrong by a schema with a value that was read, each problem at its place; nothing where it fits. */
export async function checkValue(node: Node, schema: SchemaName): Promise<readonly Diagnostic[]> {
  const errors = await validate(plainValue(node), schema);
  return schemaProblems(errors, { kind: 'text', node });
}
