import type { ArtefactRule } from '../leak-rule.js';

const OF_SNAPSHOTS = new Set(['HeapSnapshotStream', 'HeapProfiler']);
/** Bytes per round that a snapshot itself leaves behind, about. */
const TRACES = 512;

/** What taking the snapshots allocates. */
export const measurement: ArtefactRule = {
  name: 'measurement',
  recognise({ growth, held, node, rounds }) {
    if (OF_SNAPSHOTS.has(node.className) || held.some(({ class: name }) => OF_SNAPSHOTS.has(name))) {
      return 'taking the snapshots allocates it';
    }
    return rounds > 0 && growth.count < 2 && growth.bytes < TRACES
      ? `one object and ${Math.round(growth.bytes)} bytes a round are no more than taking a snapshot leaves behind`
      : null;
  },
};
