import {
  addressOf,
  EDGE_TYPE,
  edgeTypeOrdinal,
  type GraphColumns,
  sharedUint32,
  untilDone,
} from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import { type DistanceExceptions, FollowedEdges } from './distance-exceptions.js';
import { END_OF_LEVEL, Frontier, listedNodes } from './frontier.js';

/** `distanceByNode` of nodes that nothing reaches. */
export const UNREACHED = 0xffffffff;
/** Distance of the root where there are user roots: what only the system reaches lies beyond. */
export const BASE_SYSTEM_DISTANCE = 100_000_000;

/**
 * node ordinal → number of edges from the nearest user root (which has 1), else from the root plus
 * {@link BASE_SYSTEM_DISTANCE}, else {@link UNREACHED}. Breadth first, but not over weak edges nor those that
 * {@link FollowedEdges} leaves out. 4 bytes a node; 3 bits more meanwhile.
 */
export function measureDistances(
  columns: GraphColumns,
  exceptions: DistanceExceptions,
  distanceByNode: Uint32Array = sharedUint32(columns.nodeCount),
): Uint32Array {
  const { firstEdgeByNode, meta, nodeCount, rootOrdinal, targetByEdge, typeByEdge } = columns;
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  const edges = new FollowedEdges(columns, exceptions);
  const frontier = new Frontier(nodeCount);
  distanceByNode.fill(UNREACHED);

  const { reached } = frontier;
  const search = (firstDistance: number): void => {
    for (let distance = firstDistance; frontier.advance(); distance++) {
      for (let node = frontier.next(); node !== END_OF_LEVEL; node = frontier.next()) {
        distanceByNode[node] = distance;
        const hasExceptions = edges.hasExceptions(node);
        const end = firstEdgeByNode[node + 1];
        for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
          const target = targetByEdge[edge];
          if (reached.has(target) || typeByEdge[edge] === weak) continue;
          if (hasExceptions && !edges.isFollowed(edge)) continue;
          frontier.add(target);
        }
      }
    }
  };

  const { userRoots } = exceptions;
  for (const root of userRoots) frontier.add(root);
  search(1);
  // the root starts the second search even where the first one has come to it
  frontier.add(rootOrdinal);
  search(userRoots.length > 0 ? BASE_SYSTEM_DISTANCE : 0);
  return distanceByNode;
}

/** What {@link measureDistancesInKernel} works in, whatever it holds: sets of nodes, and lists of `listedNodes`. */
export interface DistanceScratch {
  readonly reached: Uint32Array;
  readonly levels: readonly { readonly list: Uint32Array; readonly words: Uint32Array }[];
}

/** The same as {@link measureDistances}. */
export function measureDistancesInKernel(
  kernel: AnalysisKernel,
  columns: GraphColumns,
  exceptions: DistanceExceptions,
  distanceByNode: Uint32Array,
  { levels, reached }: DistanceScratch,
): void {
  const { exports } = kernel.useFollowedEdges(new FollowedEdges(columns, exceptions));
  for (const words of [reached, ...levels.map(({ words }) => words)]) words.fill(0);
  exports.startDistances(
    addressOf(distanceByNode),
    addressOf(reached),
    addressOf(exceptions.nodes),
    1,
    listedNodes(columns.nodeCount),
    addressOf(levels[0].list),
    addressOf(levels[0].words),
    addressOf(levels[1].list),
    addressOf(levels[1].words),
  );
  const search = (): void => untilDone((budget) => exports.searchLevels(budget));
  const { userRoots } = exceptions;
  for (const root of userRoots) exports.addStart(root, 1);
  search();
  // as above
  exports.addStart(columns.rootOrdinal, userRoots.length > 0 ? BASE_SYSTEM_DISTANCE : 0);
  search();
  exports.endDistances();
}
