import { type RouteHandler, snapshotOf } from './viewer-context.js';

/** What fills the heap by kind. */
export const readStatistics: RouteHandler<'statistics'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { graph, statistics } = snapshot.analysis;
  const { native, total, v8heap } = statistics;
  const { code, jsArrays, strings, system } = v8heap;
  const { countByType, shallowSizeByType } = await snapshot.members();
  const types = graph.meta.nodeTypes
    .map((type, i) => ({ type, count: countByType[i], shallowSize: shallowSizeByType[i] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.shallowSize - a.shallowSize);
  return {
    total,
    parts: [
      { kind: 'code', size: code },
      { kind: 'strings', size: strings },
      { kind: 'jsArrays', size: jsArrays },
      { kind: 'otherJs', size: v8heap.total - code - strings - jsArrays - system },
      { kind: 'system', size: system },
      { kind: 'typedArrays', size: native.typedArrays },
      { kind: 'otherNative', size: native.total - native.typedArrays },
    ],
    types,
    v8heap,
    native,
  };
};
