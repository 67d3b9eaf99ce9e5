import { HeapGraph } from '@heapstream/core';
import { type DrawnNode, type DrawOptions, drawColumns } from '../../../core/test/support/draw-graph.js';
import { analyzeSync } from '../../src/analyze.js';
import type { HeapAnalysis } from '../../src/heap-analysis.js';

export interface DrawnAnalysis {
  readonly analysis: HeapAnalysis;
  /** key of a node → key of its immediate dominator */
  readonly dominators: Record<string, string>;
  readonly retainedSizes: Record<string, number>;
  readonly distances: Record<string, number | null>;
}

/** Analyses a drawn heap; nodes are known by their keys, the root is `root` where it has none. */
export function analyzeDrawn(nodes: readonly DrawnNode[], options: DrawOptions = {}): DrawnAnalysis {
  const analysis = analyzeSync(new HeapGraph(drawColumns(nodes, options)));
  const keys = nodes.map(({ key, name }, ordinal) => key ?? name ?? (ordinal === 0 ? 'root' : `#${ordinal}`));
  const byKey = <T>(read: (ordinal: number) => T): Record<string, T> =>
    Object.fromEntries(keys.map((key, ordinal) => [key, read(ordinal)]));
  return {
    analysis,
    dominators: byKey((ordinal) => keys[analysis.dominatorOf(ordinal)]),
    retainedSizes: byKey((ordinal) => analysis.retainedSizeOf(ordinal)),
    distances: byKey((ordinal) => analysis.distanceOf(ordinal)),
  };
}

/** The name by which V8 writes both edges of a WeakMap entry. */
export function entryName(position: number, keyId: number, valueId: number, tableId: number): string {
  return `${position} / part of key (K @${keyId}) -> value (V @${valueId}) pair in WeakMap (table @${tableId})`;
}
