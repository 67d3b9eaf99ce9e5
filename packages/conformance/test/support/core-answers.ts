import { computeStatistics, type HeapGraph, openSnapshot, summarizeClasses } from '@heapstream/core';
import type { ClassRow, PartialAnswers, SnapshotStatistics } from '../../src/snapshot-answers.js';

const DETACHEDNESS_CODE = { unknown: 0, attached: 1, detached: 2 } as const;

/** What `core` answers about the text or the bytes of a snapshot: all but dominators, retained sizes and distances. */
export async function coreAnswers(file: string | Uint8Array): Promise<PartialAnswers> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  return answersOf(await openSnapshot(chunksOf(bytes)));
}

/** As {@link coreAnswers}, for a graph that is open already. */
export function answersOf(graph: HeapGraph): PartialAnswers {
  const nodes = Array.from(graph.nodes());
  return {
    rootOrdinal: graph.rootOrdinal,
    nodes: {
      nodeCount: graph.nodeCount,
      idByNode: nodes.map((node) => node.id),
      nameByNode: nodes.map((node) => node.name),
      rawNameByNode: nodes.map((node) => node.rawName),
      classNameByNode: nodes.map((node) => node.className),
      classKeyByNode: nodes.map((node) => graph.classes.classOf(node.ordinal).key),
      shallowSizeByNode: nodes.map((node) => node.shallowSize),
      detachednessByNode: nodes.map((node) => DETACHEDNESS_CODE[node.detachedness]),
    },
    classes: classRows(graph),
    statistics: statistics(graph),
  };
}

function classRows(graph: HeapGraph): Map<string, Omit<ClassRow, 'retainedSize' | 'distance'>> {
  return new Map(
    summarizeClasses(graph).map(({ key, name, count, shallowSize }) => [
      key,
      { key, name, count, shallowSize },
    ]),
  );
}

function statistics(graph: HeapGraph): SnapshotStatistics {
  const { total, native, v8heap } = computeStatistics(graph);
  return {
    total,
    nativeTotal: native.total,
    typedArrays: native.typedArrays,
    v8Total: v8heap.total,
    code: v8heap.code,
    strings: v8heap.strings,
    jsArrays: v8heap.jsArrays,
    system: v8heap.system,
  };
}

/** Odd chunks, so that names and numbers are cut in the middle. */
async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const length = 65_521;
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}
