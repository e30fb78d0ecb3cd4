import type { Text } from '../../../source/index.js';

/**
 * What a CloudFormation resource type says about the things that it makes. Texts are templates over
 * `{name}`, `{arn}`, `{account}`, `{region}`, `{partition}`, `{urlSuffix}`, `{path}` (the `Path` of
 * IAM things), `{id}` (an id that AWS makes up beside the name) and `{suffix}` (what AWS appends to
 * a given name).
 */
export interface ResourceType {
  /** Kebab case: `bucket`. */
  readonly kind: string;
  /** The ARN after `arn:{partition}:`; it begins with the service's IAM prefix. */
  readonly arn: string;
  /** The property that names the thing; absent: AWS makes the name up. */
  readonly name?: string;
  /** Takes the name out of that property's value, where it is more than the name; `undefined`: not known. */
  readonly nameIn?: (value: Text) => Text | undefined;
  /** What `Ref` gives; absent: the name. */
  readonly ref?: string;
  /** What `Fn::GetAtt` gives, beside `Arn`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /**
   * Set for things that use KMS keys: the paths of their key properties, the main one first. Keys of
   * other Regions, such as those of replicas, are not theirs.
   */
  readonly keys?: readonly string[];
  /** The property that holds the thing's own resource-based policy. */
  readonly policy?: string;
}

/** The IAM prefix of the service that a type belongs to. */
export function serviceOf(type: ResourceType): string {
  return type.arn.slice(0, type.arn.indexOf(':'));
}
