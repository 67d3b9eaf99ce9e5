import { type HeapGraph, openSnapshot } from '@heapstream/core';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import {
  type ClassRow,
  type SnapshotAnswers,
  type SnapshotStatistics,
  UNREACHED,
} from './snapshot-answers.js';

const DETACHEDNESS_CODE = { unknown: 0, attached: 1, detached: 2 } as const;

/** What heapstream answers about the text or the (uncompressed) bytes of a snapshot. */
export async function heapstreamAnswers(file: string | Uint8Array): Promise<SnapshotAnswers> {
  return answersOf(analyzeSync(await openText(file)));
}

/** heapstream's graph of the text or the bytes of a snapshot. */
export function openText(file: string | Uint8Array): Promise<HeapGraph> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  return openSnapshot(chunksOf(bytes));
}

/** Everything that an analysis says, in the words of the comparison. */
export function answersOf(analysis: HeapAnalysis): SnapshotAnswers {
  const { graph } = analysis;
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
      shallowSizeByNode: nodes.map((node) => analysis.shallowSizeOf(node.ordinal)),
      retainedSizeByNode: nodes.map((node) => analysis.retainedSizeOf(node.ordinal)),
      distanceByNode: nodes.map((node) => analysis.distanceOf(node.ordinal) ?? UNREACHED),
      dominatorByNode: nodes.map((node) => analysis.dominatorOf(node.ordinal)),
      detachednessByNode: nodes.map((node) => DETACHEDNESS_CODE[node.detachedness]),
    },
    classes: classRows(analysis),
    statistics: statistics(analysis),
  };
}

function classRows(analysis: HeapAnalysis): Map<string, ClassRow> {
  return new Map(
    analysis
      .classes()
      .map(({ key, name, count, shallowSize, retainedSize, distance }) => [
        key,
        { key, name, count, shallowSize, retainedSize, distance: distance ?? UNREACHED },
      ]),
  );
}

/** `total` is what the root retains and the extra bytes; the rest is of the statistics. */
function statistics({ statistics: { native, v8heap }, totalSize }: HeapAnalysis): SnapshotStatistics {
  return {
    total: totalSize,
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
