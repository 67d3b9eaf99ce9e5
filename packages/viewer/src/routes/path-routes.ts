import { EdgeView } from '@heapstream/core';
import { BASE_SYSTEM_DISTANCE, type HeapAnalysis } from '@heapstream/dominators';
import type { RetainingPath, RetainingPaths } from '../api/index.js';
import type { PlainPath } from '../kernels/analysis-questions.js';
import { shareAnalysis } from '../kernels/shared-analysis.js';
import { explainLife } from '../lists/explain-life.js';
import { edgeRow, objectRow } from '../lists/object-rows.js';
import { isEssentialEdge } from '../lists/retainer-edges.js';
import { objectOf, type RouteHandler, snapshotOf } from './viewer-context.js';

const MAX_COUNT = 20;
const DEFAULT_COUNT = 3;
/** Edges looked at for each further path: some ten milliseconds' worth, since somebody waits. */
const MAX_WORK = 400_000;
const MAX_LENGTH = 10_000;
const DEFAULT_LENGTH = 1_000;

/** Why an object is alive. */
export const findPaths: RouteHandler<'paths'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { analysis } = snapshot;
  const ordinal = objectOf(analysis, parameters);
  const options = {
    maxWork: MAX_WORK,
    count: parameters.optionalInteger('count', { min: 1, max: MAX_COUNT }) ?? DEFAULT_COUNT,
    maxLength: parameters.optionalInteger('maxLength', { min: 1, max: MAX_LENGTH }) ?? DEFAULT_LENGTH,
  };
  const input = { analysis: shareAnalysis(analysis), ordinal, options };
  const { isComplete, paths, reason } = await snapshot.tasks.run('findPlainPaths', input, snapshot.size);
  const dominator = analysis.dominatorOf(ordinal);
  const isHeldByRoot = dominator === analysis.graph.rootOrdinal;
  const answer: Omit<RetainingPaths, 'explanation'> = {
    paths: paths.map((path) => pathRow(analysis, path)),
    reason,
    isComplete,
    dominator: isHeldByRoot ? null : objectRow(analysis, dominator),
  };
  return { ...answer, explanation: explainLife(analysis, ordinal, answer) };
};

function pathRow(analysis: HeapAnalysis, { edges, nodes }: PlainPath): RetainingPath {
  const steps = edges.map((edge, i) => {
    const [source, target] = nodes.slice(i, i + 2);
    const isEssential = isEssentialEdge(analysis, source, target, edge);
    return edgeRow(analysis, new EdgeView(analysis.graph, edge), target, isEssential);
  });
  const isFromUserRoot = nodes.slice(0, 2).some((node) => {
    const distance = analysis.distanceOf(node);
    return distance !== null && distance > 0 && distance < BASE_SYSTEM_DISTANCE;
  });
  return { start: objectRow(analysis, nodes[0]), steps, isFromUserRoot };
}
