import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NaiveSnapshot, NaiveTraceNode } from './naive-reader.js';

/** A graph as plain objects, read through its views where it has any: the form of the naive reader. */
export function plainGraph(graph: HeapGraph): NaiveSnapshot {
  const { locations, traceFunctions, samples, traceNodeIdByNode, detachednessByNode } = graph.columns;
  const string = (ordinal: number) => graph.strings.get(ordinal);
  return {
    nodes: Array.from(graph.nodes(), (node) => ({
      type: node.type,
      name: string(graph.columns.nameByNode[node.ordinal]),
      id: node.id,
      selfSize: node.selfSize,
      edges: Array.from(node.edges(), (edge) => ({ type: edge.type, name: edge.name, to: edge.target })),
      traceNodeId: traceNodeIdByNode?.[node.ordinal],
      detachedness: detachednessByNode?.[node.ordinal],
    })),
    edgeCount: graph.edgeCount,
    strings: [...graph.strings],
    rootOrdinal: graph.rootOrdinal,
    extraNativeBytes: graph.extraNativeBytes,
    locations: rowsOf(locations.count, (row) => ({
      node: locations.nodeByLocation[row],
      scriptId: locations.scriptIdByLocation[row],
      line: locations.lineByLocation[row],
      column: locations.columnByLocation[row],
    })),
    traceFunctions: rowsOf(traceFunctions.count, (row) => ({
      id: traceFunctions.functionId[row],
      name: string(traceFunctions.name[row]),
      scriptName: string(traceFunctions.scriptName[row]),
      scriptId: traceFunctions.scriptId[row],
      line: traceFunctions.line[row],
      column: traceFunctions.column[row],
    })),
    traceTree: plainTraceTree(graph),
    samples: rowsOf(samples.count, (row) => ({
      timestampMicroseconds: samples.timestampMicroseconds[row],
      lastAssignedId: samples.lastAssignedId[row],
    })),
  };
}

/** Row 0 is its own parent: the root; the tree of an empty file has no row. */
function plainTraceTree(graph: HeapGraph): NaiveTraceNode[] {
  const { count, id, functionInfo, allocationCount, allocationSize, parent } = graph.columns.traceTree;
  const nodes = rowsOf(
    count,
    (row): NaiveTraceNode => ({
      id: id[row],
      function: functionInfo[row],
      count: allocationCount[row],
      size: allocationSize[row],
      children: [],
    }),
  );
  nodes.forEach((node, row) => {
    if (row > 0) nodes[parent[row]].children.push(node);
  });
  return nodes.slice(0, 1);
}

function rowsOf<Row>(count: number, read: (row: number) => Row): Row[] {
  return Array.from({ length: count }, (_, row) => read(row));
}
