import { sharedUint8 } from '@heapstream/core';
import { matchStrings, type SearchQuery } from '@heapstream/dominators';
import type { StringColumns } from './string-ranks.js';

export interface NameMatchInput {
  /** The snapshot's strings, and the made-up names. */
  readonly tables: readonly [StringColumns, StringColumns];
  readonly query: SearchQuery;
}

/** name → 1 where it has what is looked for; names are numbered as in `NameTable`. Shared memory */
export function matchNames({ query, tables }: NameMatchInput): Uint8Array {
  const [strings, madeUp] = tables;
  const isMatch = sharedUint8(strings.stringCount + madeUp.stringCount);
  isMatch.set(matchStrings(strings, query));
  isMatch.set(matchStrings(madeUp, query), strings.stringCount);
  return isMatch;
}
