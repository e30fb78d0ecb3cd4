/**
 * What a resource type of Terraform's AWS provider says about the things that it makes. Texts are
 * templates over `{name}`, `{arn}`, `{account}`, `{region}`, `{partition}`, `{path}` (the `path` of IAM
 * things) and `{id}` (an id that AWS makes up beside the name).
 */
export interface ResourceType {
  /** Kebab case: `bucket`. */
  readonly kind: string;
  /** The ARN after `arn:{partition}:`; it begins with the service's IAM prefix. */
  readonly arn: string;
  /** The argument that names the thing; absent: AWS makes the name up. */
  readonly name?: string;
  /** What the attribute `id` gives; absent: the name. */
  readonly id?: string;
  /** What other attributes give, beside `arn` and the arguments. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Set for things that use KMS keys: the paths of the arguments that name keys, the main one first. */
  readonly keys?: readonly string[];
  /** The argument that holds the thing's own resource-based policy. */
  readonly policy?: string;
}

/** The IAM prefix of the service that a type belongs to. */
export function serviceOf(type: ResourceType): string {
  return type.arn.slice(0, type.arn.indexOf(':'));
}
