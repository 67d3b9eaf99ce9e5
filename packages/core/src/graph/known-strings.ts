/**
 * Where texts that analyses look for stand in the string table, found while it was read. Plain data; string ordinals,
 * ascending.
 */
export interface KnownStrings {
  readonly exact: readonly { readonly text: string; readonly ordinals: readonly number[] }[];
  /** Strings that begin with a number and ` / part `, as names of a WeakMap entry's edges do. */
  readonly numbered: Uint32Array;
}
