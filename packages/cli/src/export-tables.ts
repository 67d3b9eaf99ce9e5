import { EdgeView, type HeapGraph } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';

export type Cell = string | number | boolean | null;

/** A table of a snapshot, row by row as in the file. */
export interface ExportTable {
  /** A published contract: names and order stay. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  cellsOf(row: number): Cell[];
}

/** `dominator` is the id of the immediate dominator; the root names itself. `distance` is null where nothing reaches. */
export function nodesTable(analysis: HeapAnalysis): ExportTable {
  const { graph } = analysis;
  const { classByNode, dominatorByNode } = analysis.columns;
  const { idByNode } = graph.columns;
  const { classes } = graph.classes;
  return {
    columns: [
      'id',
      'type',
      'name',
      'class',
      'shallowSize',
      'retainedSize',
      'distance',
      'dominator',
      'detached',
    ],
    rowCount: graph.nodeCount,
    cellsOf(ordinal) {
      const node = graph.node(ordinal);
      return [
        node.id,
        node.type,
        node.name,
        classes[classByNode[ordinal]].name,
        analysis.shallowSizeOf(ordinal),
        analysis.retainedSizeOf(ordinal),
        analysis.distanceOf(ordinal),
        idByNode[dominatorByNode[ordinal]],
        node.detachedness === 'detached',
      ];
    },
  };
}

/** `from` and `to` are object ids; `name` is a number for `element` and `hidden` edges. */
export function edgesTable(graph: HeapGraph): ExportTable {
  const { firstEdgeByNode, idByNode, targetByEdge } = graph.columns;
  // rows are asked for in order, so the source only moves on
  let source = 0;
  return {
    columns: ['from', 'to', 'type', 'name'],
    rowCount: graph.edgeCount,
    cellsOf(ordinal) {
      if (ordinal < firstEdgeByNode[source]) source = 0;
      while (ordinal >= firstEdgeByNode[source + 1]) source++;
      const { name, type } = new EdgeView(graph, ordinal);
      return [idByNode[source], idByNode[targetByEdge[ordinal]], type, name];
    },
  };
}

/** `length` in UTF-16 units, as JavaScript counts. */
export function stringsTable({ strings }: HeapGraph): ExportTable {
  return {
    columns: ['ordinal', 'length', 'value'],
    rowCount: strings.count,
    cellsOf(ordinal) {
      const value = strings.get(ordinal);
      return [ordinal, value.length, value];
    },
  };
}
