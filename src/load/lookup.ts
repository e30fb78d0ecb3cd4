/** The entry of a table under a name that comes from outside, where `constructor` is a name like any. */
export function lookup<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
