import type { Defined } from '../../inventory/index.js';
import { hole, type Diagnostic, type Mapping, type Span, type Text } from '../../source/index.js';

/** A managed resource as Terraform would leave it, every expression worked out as far as it is known. */
export interface Resource {
  /** `module.kms["a"].aws_kms_key.this[0]`. */
  readonly address: string;
  readonly type: string;
  /**
   * Its arguments as the provider names them. A block is a list of mappings, or a mapping where the
   * format does not tell; what is null or left out is absent; what only `apply` tells has holes or is
   * unresolved.
   */
  readonly body: Mapping;
  readonly place: Place;
  readonly unit: string;
  readonly span: Span;
  /**
   * The arguments that the author certainly gives a value, where `body` also holds what AWS filled in; absent
   * where `body` holds nothing else.
   */
  readonly written?: ReadonlySet<string>;
  /** What a plan does to it; absent where the input is no plan. */
  readonly change?: Change;
}

/** What a plan does to a resource; a replaced one is deleted and created, in whichever order. */
export type Change = 'none' | 'create' | 'update' | 'replace' | 'delete';

/** Where a provider creates things. What is unknown is a hole. */
export interface Place {
  readonly account: Text;
  readonly region: Text;
  readonly partition: Text;
}

export type Report = (diagnostic: Diagnostic) => void;

export function definedAt({ address, unit, span }: Resource): Defined {
  return { address, unit, span };
}

/** The unknown value of an attribute that only `apply` tells: `aws_kms_key.orders.key_id`. */
export function attributeHole(
  { address, unit }: Pick<Resource, 'address' | 'unit'>,
  name: string,
): Text {
  return hole(unit, `${address}.${name}`);
}
