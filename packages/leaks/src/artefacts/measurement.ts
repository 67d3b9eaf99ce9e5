import { runtimeClassOf } from '../code-origin.js';
import type { ArtefactRule } from '../leak-rule.js';

const OF_SNAPSHOTS = new Set(['HeapSnapshotStream', 'HeapProfiler']);
/** Bytes per round that a snapshot itself leaves behind, about. */
const TRACES = 512;

/** What taking the snapshots allocates. */
export const measurement: ArtefactRule = {
  name: 'measurement',
  recognise(site) {
    const { growth, node, rounds } = site;
    const isOfSnapshots = (name: string): boolean => OF_SNAPSHOTS.has(name);
    if (isOfSnapshots(runtimeClassOf(node)) || site.countOf(isOfSnapshots) > 0) {
      return 'taking the snapshots allocates it';
    }
    return rounds > 0 && growth.count < 2 && growth.bytes < TRACES
      ? `one object and ${Math.round(growth.bytes)} bytes a round are no more than taking a snapshot leaves behind`
      : null;
  },
};
