import { sharedUint32 } from '@heapstream/core';
import {
  findAllocationSites,
  findDuplicateStrings,
  findRetainingPaths,
  liveBytesOverTime,
  type RetainingPathOptions,
  type RetainingPaths,
} from '@heapstream/dominators';
import { type Finding, findSuspects } from '@heapstream/leaks';
import { adoptAnalysis, type SharedAnalysis } from './shared-analysis.js';

/** A path as it travels between threads: the nodes, and the edge to each; none to the first. */
export interface PlainPath {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

export interface PlainPaths extends Pick<RetainingPaths, 'isComplete' | 'reason'> {
  readonly paths: readonly PlainPath[];
}

export interface PathsInput {
  readonly analysis: SharedAnalysis;
  readonly ordinal: number;
  readonly options: RetainingPathOptions;
}

export function findPlainPaths({ analysis, options, ordinal }: PathsInput): PlainPaths {
  const { isComplete, paths, reason } = findRetainingPaths(adoptAnalysis(analysis), ordinal, options);
  return {
    isComplete,
    reason,
    paths: paths.map(({ steps }) => ({
      nodes: steps.map(({ node }) => node.ordinal),
      edges: steps.slice(1).map(({ edge }) => edge!.ordinal),
    })),
  };
}

/** Groups of equal strings: figures by group, and their objects one group after the other. */
export interface PlainDuplicates {
  /** group → its first entry of `ordinals`; one more than there are groups */
  readonly firstByGroup: Uint32Array;
  readonly ordinals: Uint32Array;
  readonly shallowSizeByGroup: Float64Array;
  readonly retainedSizeByGroup: Float64Array;
  readonly wastedSizeByGroup: Float64Array;
  /** Not a number where it is not known. */
  readonly fullLengthByGroup: Float64Array;
}

export function findPlainDuplicates({ analysis }: { readonly analysis: SharedAnalysis }): PlainDuplicates {
  const groups = findDuplicateStrings(adoptAnalysis(analysis));
  const firstByGroup = new Uint32Array(groups.length + 1);
  groups.forEach(({ count }, group) => {
    firstByGroup[group + 1] = firstByGroup[group] + count;
  });
  const ordinals = sharedUint32(firstByGroup[groups.length]);
  groups.forEach((row, group) => {
    ordinals.set(row.ordinals(), firstByGroup[group]);
  });
  return {
    firstByGroup,
    ordinals,
    shallowSizeByGroup: Float64Array.from(groups, ({ shallowSize }) => shallowSize),
    retainedSizeByGroup: Float64Array.from(groups, ({ retainedSize }) => retainedSize),
    wastedSizeByGroup: Float64Array.from(groups, ({ wastedSize }) => wastedSize),
    fullLengthByGroup: Float64Array.from(groups, ({ fullLength }) => fullLength ?? Number.NaN),
  };
}

export interface SuspectsInput {
  readonly analysis: SharedAnalysis;
  readonly limit: number;
}

export function findPlainSuspects({ analysis, limit }: SuspectsInput): Finding[] {
  return findSuspects(adoptAnalysis(analysis), { limit });
}

export function findPlainAllocations({ analysis: shared }: { readonly analysis: SharedAnalysis }) {
  const analysis = adoptAnalysis(shared);
  return { sites: findAllocationSites(analysis), intervals: liveBytesOverTime(analysis) };
}
