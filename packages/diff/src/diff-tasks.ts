import type { GraphColumns } from '@heapstream/core';
import { type DigestInput, makeDigest } from './digest/make-digest.js';
import { findGrowth, type Growth, type GrowthInput } from './kernels/find-growth.js';
import { type IdSample, sampleIds } from './kernels/id-sample.js';
import { type MatchInput, matchById, type ObjectMatches } from './kernels/match-by-id.js';
import { sortById } from './kernels/sort-by-id.js';
import { type AgeInput, type AgeTable, tabulateAges } from './kernels/tabulate-ages.js';
import { type ClassesOfSide, type TabulateInput, tabulateSide } from './kernels/tabulate-side.js';

/*
 * The steps of a comparison, each a function of plain data on shared memory, so that they run in worker threads as well
 * as in the caller's.
 */

export interface OrderInput {
  readonly columns: GraphColumns;
  readonly shallowSizeByNode: Parameters<typeof sortById>[1];
}

export interface OrderResult {
  readonly objectsById: Uint32Array;
  readonly sample: IdSample;
}

export function orderObjects({ columns, shallowSizeByNode }: OrderInput): OrderResult {
  const objectsById = sortById(columns.idByNode, shallowSizeByNode);
  return { objectsById, sample: sampleIds(columns, objectsById) };
}

export function classTable(input: TabulateInput): ClassesOfSide {
  return tabulateSide(input);
}

export function matchObjects(input: MatchInput): ObjectMatches {
  return matchById(input);
}

export function growth(input: GrowthInput): Growth {
  return findGrowth(input);
}

export function ages(input: AgeInput): AgeTable {
  return tabulateAges(input);
}

export function digest(input: DigestInput): ReturnType<typeof makeDigest> {
  return makeDigest(input);
}
