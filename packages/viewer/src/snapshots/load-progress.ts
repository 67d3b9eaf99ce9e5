import type { IndexProgress, SnapshotProgress } from '@heapstream/core';
import type { AnalysisProgress } from '@heapstream/dominators';
import type { LoadProgress } from '../api/index.js';

export type AnyLoadProgress = SnapshotProgress | IndexProgress | AnalysisProgress;

/** Share of the whole that parsing takes; the analysis takes what follows. */
const PARSING = 0.3;

/** How far loading has come, as pages show it. Nodes and edges are those read so far. */
export function describeLoad(progress: AnyLoadProgress, before: LoadProgress | null): LoadProgress {
  const { done } = progress;
  const total = progress.total ?? null;
  const part = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const counts = { nodes: before?.nodes ?? 0, edges: before?.edges ?? 0 };
  switch (progress.phase) {
    case 'parse': {
      const { edges, nodes, section } = progress;
      return { phase: 'parse', step: section, done, total, share: part * PARSING, nodes, edges };
    }
    case 'analyze': {
      const share = PARSING + part * (1 - PARSING);
      return { phase: 'analyze', step: progress.step, done, total, share, ...counts };
    }
    case 'index':
      return { phase: 'index', step: 'index file', done, total, share: before?.share ?? PARSING, ...counts };
  }
}
