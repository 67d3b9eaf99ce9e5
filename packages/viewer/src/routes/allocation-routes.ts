import type { AllocationSite } from '@heapstream/dominators';
import type { AllocationColumn, AllocationTreeRow, Frame } from '../api/index.js';
import { shareAnalysis } from '../kernels/shared-analysis.js';
import type { AllocationTally } from '../kernels/tally-allocations.js';
import { pageOf, readPage, readSort } from '../lists/paging.js';
import { cutText, MAX_NAME_LENGTH } from '../lists/short-text.js';
import { sortFigures } from '../lists/sort-figures.js';
import { readTextFilter } from '../lists/text-filter.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import { filterByText } from './filter-by-text.js';
import { answerObjects } from './object-lists.js';
import { type RouteHandler, snapshotOf } from './viewer-context.js';

function allocationsOf(snapshot: LoadedSnapshot) {
  const input = { analysis: shareAnalysis(snapshot.analysis) };
  return snapshot.keep(
    'allocations',
    () => snapshot.tasks.run('findPlainAllocations', input, snapshot.size),
    ({ intervals, sites }) => (intervals.length + sites.length) * 200,
  );
}

function tallyOf(snapshot: LoadedSnapshot): Promise<AllocationTally> {
  const { columns, graph } = snapshot.analysis;
  const { traceNodeIdByNode, traceTree } = graph.columns;
  const { shallowSizeByNode } = columns;
  return snapshot.keep(
    'allocation tally',
    () =>
      snapshot.tasks.run(
        'tallyAllocations',
        { traceTree, traceNodeIdByNode, shallowSizeByNode },
        graph.nodeCount + traceTree.count,
      ),
    ({ countByRow, rowByNode }) => rowByNode.byteLength + countByRow.byteLength * 4,
  );
}

/** What is still alive of each interval of a recording. */
export const readTimeline: RouteHandler<'allocation-timeline'> = async (context, parameters) => {
  const { intervals } = await allocationsOf(snapshotOf(context, parameters));
  return {
    intervals: intervals.map(({ lastAssignedId, liveCount, liveSize, timestampMicroseconds }, i) => {
      const fromId = i === 0 ? 0 : intervals[i - 1].lastAssignedId + 1;
      return { timestampMicroseconds, fromId, toId: lastAssignedId, liveCount, liveSize };
    }),
  };
};

const COLUMNS: readonly AllocationColumn[] = [
  'liveSize',
  'name',
  'allocationCount',
  'allocationSize',
  'liveCount',
];

/** Functions that allocated. */
export const listAllocationSites: RouteHandler<'allocation-sites'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const sort = readSort(parameters, COLUMNS, 'liveSize');
  const page = readPage(parameters);
  const filter = readTextFilter(parameters);
  const { sites } = await allocationsOf(snapshot);
  const textOf = ({ functionName, scriptName }: AllocationSite): string => `${functionName}\n${scriptName}`;
  const rows = await filterByText(snapshot.tasks, sites, filter, textOf);
  sortFigures(rows, sort, ({ functionName }) => functionName);
  const { rows: shown, ...place } = pageOf(rows, page);
  return {
    ...place,
    rows: shown.map(({ functionOrdinal, ...site }) => ({
      ...site,
      ...shortNames(site),
      site: functionOrdinal,
    })),
  };
};

function shortNames({ functionName, scriptName }: Frame): Pick<Frame, 'functionName' | 'scriptName'> {
  const short = (text: string): string => cutText(text, MAX_NAME_LENGTH).text;
  return { functionName: short(functionName), scriptName: short(scriptName) };
}

/** What a function allocated itself and is still alive. */
export const listAllocatedObjects: RouteHandler<'allocation-objects'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { traceFunctions, traceTree } = snapshot.analysis.graph.columns;
  const site = parameters.integer('site', { max: Math.max(0, traceFunctions.count - 1) });
  const { rowByNode } = await tallyOf(snapshot);
  const key = `allocated by ${site}`;
  const list = await snapshot.keepList(key, async () => {
    const isRow = Uint8Array.from(traceTree.functionInfo.subarray(0, traceTree.count), (info, row) =>
      info === site && traceTree.allocationCount[row] > 0 ? 1 : 0,
    );
    const nodes: number[] = [];
    for (let node = 0; node < rowByNode.length; node++) if (isRow[rowByNode[node]] === 1) nodes.push(node);
    return { key, nodes: Uint32Array.from(nodes) };
  });
  return answerObjects(snapshot, list, parameters);
};

/** Who called whom: places below one on the stack. */
export const listCallees: RouteHandler<'allocation-tree'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { traceTree } = snapshot.analysis.graph.columns;
  const parent = parameters.optionalInteger('node', { max: Math.max(0, traceTree.count - 1) });
  const page = readPage(parameters);
  const tally = await tallyOf(snapshot);
  const childCounts = new Uint32Array(traceTree.count);
  const found: number[] = [];
  for (let row = 0; row < traceTree.count; row++) {
    const isRoot = traceTree.parent[row] === row;
    if (!isRoot) childCounts[traceTree.parent[row]]++;
    if (isRoot ? parent === undefined : traceTree.parent[row] === parent) found.push(row);
  }
  found.sort((a, b) => tally.liveSizeByRow[b] - tally.liveSizeByRow[a] || a - b);
  const { rows, ...place } = pageOf(found, page);
  return { ...place, rows: rows.map((row) => treeRow(snapshot, tally, row, childCounts[row])) };
};

function treeRow(
  { analysis }: LoadedSnapshot,
  tally: AllocationTally,
  row: number,
  childCount: number,
): AllocationTreeRow {
  const { graph } = analysis;
  const { traceFunctions, traceTree } = graph.columns;
  const info = traceTree.functionInfo[row];
  // a damaged tree may name a function that is not there
  const isKnown = info < traceFunctions.count;
  const frame: Frame = {
    functionName: isKnown ? graph.strings.get(traceFunctions.name[info]) : '',
    scriptName: isKnown ? graph.strings.get(traceFunctions.scriptName[info]) : '',
    scriptId: isKnown ? traceFunctions.scriptId[info] : 0,
    line: isKnown ? traceFunctions.line[info] : 0,
    column: isKnown ? traceFunctions.column[info] : 0,
  };
  return {
    ...frame,
    ...shortNames(frame),
    node: row,
    childCount,
    allocationCount: tally.countByRow[row],
    allocationSize: tally.sizeByRow[row],
    liveCount: tally.liveCountByRow[row],
    liveSize: tally.liveSizeByRow[row],
  };
}
