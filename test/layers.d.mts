/** Types of layers.mjs, which stays JavaScript so that dependency-cruiser can read it. */
export const floors: readonly (readonly string[])[];
export const owners: Readonly<Record<string, readonly string[]>>;
export const forbidden: readonly {
  readonly name: string;
  readonly comment: string;
  readonly severity: 'error';
  readonly from: Readonly<Record<string, unknown>>;
  readonly to: Readonly<Record<string, unknown>>;
}[];
