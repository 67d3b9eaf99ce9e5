import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import { HeapGraph as Graph } from '../../src/graph/heap-graph.js';
import { IndexReader } from '../../src/index-file/index-reader.js';
import { type NoGraph, reopenGraph } from '../../src/index-file/reopen-graph.js';
import { summarizeClasses } from '../../src/summary/class-summary.js';
import { computeStatistics } from '../../src/summary/statistics.js';
import { plainGraph } from './plain-graph.js';

let count = 0;

/** Writes a snapshot under a name of its own; returns its path. */
export function snapshotFile(folder: string, bytes: Uint8Array | string): string {
  const path = join(folder, `${count++}.heapsnapshot`);
  writeFileSync(path, bytes);
  return path;
}

/** Opens an index file for the snapshot that it names itself, with no column in memory before it is touched. */
export function reopenPaged(indexPath: string): HeapGraph {
  const graph = tryToReopen(indexPath, 0);
  if (graph instanceof Graph) return graph;
  throw new Error(`${indexPath} was not reopened: ${graph.damage}`);
}

export function tryToReopen(indexPath: string, smallSectionBytes?: number): HeapGraph | NoGraph {
  const reader = IndexReader.open(indexPath)!;
  reader.close();
  return reopenGraph(indexPath, reader.header, { smallSectionBytes });
}

/** What tells columns, also those in lists and groups, from others: their kinds, lengths and bytes. */
export function fingerprintOf(columns: object): unknown {
  return Object.entries(columns).map(([name, value]) => {
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteLength, byteOffset } = value;
      return [
        name,
        value.constructor.name,
        byteLength,
        crc32(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)),
      ];
    }
    return [name, value !== null && typeof value === 'object' ? fingerprintOf(value) : value];
  });
}

/** All that a graph answers, and its columns as they are. */
export function answersOf(graph: HeapGraph): Record<string, unknown> {
  const nodes = Array.from(graph.nodes(), (node) => [
    node.id,
    node.type,
    node.name,
    node.rawName,
    node.className,
    node.selfSize,
    node.shallowSize,
    node.detachedness,
    node.location,
    node.edgeCount,
    graph.ordinalOfId(node.id),
    ...Array.from(node.edges(), (edge) => [edge.type, edge.name, edge.hasNumericName, edge.targetNode.id]),
  ]);
  return {
    nodes,
    plain: plainGraph(graph),
    warnings: graph.warnings,
    classes: graph.classes.classes,
    interfaces: graph.classes.interfaces,
    summary: summarizeClasses(graph),
    statistics: computeStatistics(graph),
    columns: structuredClone(graph.columns),
  };
}
