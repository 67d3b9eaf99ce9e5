import { addressOf, OrdinalSet, upwards, type WideColumn } from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';

/** The types and names of nodes or edges, an ordinal a row each. */
export interface NamedRows {
  readonly types: Uint8Array;
  readonly names: WideColumn;
}

/** Finds the rows of a type that have one of the names (string ordinals); in file order. */
export type FindNamed = (rows: NamedRows, type: number, wanted: readonly number[]) => number[];

export const findNamed: FindNamed = ({ names, types }, type, wanted) => {
  const rows: number[] = [];
  if (wanted.length === 0) return rows;
  const set = setOf(wanted);
  for (let row = 0; row < types.length; row++) {
    if (types[row] === type && set.has(names[row])) rows.push(row);
  }
  return rows;
};

/** What {@link namedFinder} works in, whatever it holds. */
export interface NameScratch {
  /** A set of strings. */
  readonly names: Uint32Array;
  /** `STRIDE` rows. */
  readonly found: Uint32Array;
}

/** {@link findNamed} in the kernel; the columns of rows must lie in its memory. */
export function namedFinder({ exports }: AnalysisKernel, scratch: NameScratch): FindNamed {
  return ({ names, types }, type, wanted) => {
    const rows: number[] = [];
    if (wanted.length === 0) return rows;
    const set = new OrdinalSet(0, scratch.names.fill(0));
    for (const name of wanted) set.add(name);
    const { found } = scratch;
    const [typeByRow, nameByRow, nameSet, into] = [types, names, scratch.names, found].map(addressOf);
    upwards(0, types.length, (first, end) => {
      const count = exports.findNamed(first, end, typeByRow, nameByRow, type, nameSet, into);
      for (let index = 0; index < count; index++) rows.push(found[index]);
    });
    return rows;
  };
}

function setOf(ordinals: readonly number[]): OrdinalSet {
  const last = ordinals.reduce((most, ordinal) => Math.max(most, ordinal), 0);
  const set = new OrdinalSet(last + 1);
  for (const ordinal of ordinals) set.add(ordinal);
  return set;
}
