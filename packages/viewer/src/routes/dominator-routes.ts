import { dominatorChain } from '@heapstream/dominators';
import { shareAnalysis } from '../kernels/shared-analysis.js';
import { objectRow } from '../lists/object-rows.js';
import { readTextFilter } from '../lists/text-filter.js';
import { answerObjects, filteredObjects, readObjectFilters } from './object-lists.js';
import { objectOf, type RouteHandler, snapshotOf } from './viewer-context.js';

/** What an object immediately dominates. */
export const listDominated: RouteHandler<'dominated'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const ordinal = objectOf(snapshot.analysis, parameters);
  const list = { key: `dominated ${ordinal}`, nodes: snapshot.analysis.childrenOf(ordinal) };
  const filters = readObjectFilters(snapshot, parameters, readTextFilter(parameters));
  return answerObjects(snapshot, await filteredObjects(snapshot, list, filters), parameters);
};

/** Of a long chain this many dominators at each end are shown. */
const CHAIN_END = 100;

export const listDominators: RouteHandler<'dominator-chain'> = (context, parameters) => {
  const { analysis } = snapshotOf(context, parameters);
  const chain = dominatorChain(analysis, objectOf(analysis, parameters));
  const leftOut = Math.max(0, chain.length - 2 * CHAIN_END);
  const shown = [...chain.slice(0, CHAIN_END), ...chain.slice(CHAIN_END + leftOut)];
  return { rows: shown.map((ordinal) => objectRow(analysis, ordinal)), leftOut };
};

const MAX_DEPTH = 40;
const DEFAULT_DEPTH = 4;
const DEFAULT_MIN_SHARE = 0.002;
const MAX_NODES = 5_000;
const DEFAULT_NODES = 1_500;

export const drawDominatorTree: RouteHandler<'dominator-tree'> = async (context, parameters) => {
  const { analysis, size, tasks } = snapshotOf(context, parameters);
  const root = objectOf(analysis, parameters);
  const extent = {
    depth: parameters.optionalInteger('depth', { min: 1, max: MAX_DEPTH }) ?? DEFAULT_DEPTH,
    minShare: parameters.optionalNumber('minShare', 1) ?? DEFAULT_MIN_SHARE,
    limit: parameters.optionalInteger('limit', { min: 1, max: MAX_NODES }) ?? DEFAULT_NODES,
  };
  const tree = await tasks.run(
    'growDominatorTree',
    { analysis: shareAnalysis(analysis), root, extent },
    size,
  );
  return { tree, totalSize: analysis.totalSize };
};
