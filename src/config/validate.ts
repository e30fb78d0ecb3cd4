/** What ajv says of one thing that does not fit a schema. */
export interface SchemaError {
  readonly keyword: string;
  /** A JSON pointer to the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  /** The part of the schema that the value does not fit. */
  readonly parentSchema: {
    readonly description?: string;
    readonly properties?: Readonly<Record<string, unknown>>;
  };
  readonly data: unknown;
}

/** The schemas under `schema/` that input is held to. */
export type SchemaName = 'config' | 'baseline';

/** What is wrong with a value by a schema; nothing where it fits. */
export async function validate(value: unknown, name: SchemaName): Promise<readonly SchemaError[]> {
  // Few runs have something to check, and the checks are long.
  const { validators } = await import('./validators.generated.js');
  const check = validators[name] as Validator;
  return check(value) ? [] : (check.errors ?? []);
}

/** What ajv makes of a schema. */
interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
