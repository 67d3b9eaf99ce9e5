import { type EdgeView, rowsOf } from '@heapstream/core';
import { explainWeakMapEdge, type HeapAnalysis } from '@heapstream/dominators';
import type { EdgeRow, ObjectRow } from '../api/index.js';
import { cutText, MAX_NAME_LENGTH, readName } from './short-text.js';

/** An object as all lists show it. */
export function objectRow(analysis: HeapAnalysis, ordinal: number, maxLength = MAX_NAME_LENGTH): ObjectRow {
  const { graph } = analysis;
  const node = graph.node(ordinal);
  const { isCut, text } = readName(graph, ordinal, maxLength);
  const classOrdinal = rowsOf(analysis.columns, 'classByNode', ordinal)[ordinal];
  return {
    ordinal,
    id: node.id,
    name: text,
    isNameCut: isCut,
    className: cutText(graph.classes.classes[classOrdinal].name, maxLength).text,
    classOrdinal,
    type: node.type,
    shallowSize: analysis.shallowSizeOf(ordinal),
    retainedSize: analysis.retainedSizeOf(ordinal),
    distance: analysis.distanceOf(ordinal),
    detachedness: node.detachedness,
    edgeCount: node.edgeCount,
    retainerCount: analysis.retainerEntriesOf(ordinal).length,
    dominatedCount: analysis.childrenOf(ordinal).length,
  };
}

/** An edge, and `other`, the object at the end that the list is about. */
export function edgeRow(
  analysis: HeapAnalysis,
  edge: EdgeView,
  other: number,
  isEssential: boolean,
): EdgeRow {
  const { name } = edge;
  return {
    ...objectRow(analysis, other),
    edge: edge.ordinal,
    edgeType: edge.type,
    edgeName: typeof name === 'string' ? cutText(name, MAX_NAME_LENGTH).text : name,
    isEssential,
    explanation: explainWeakMapEdge(analysis, edge),
  };
}
