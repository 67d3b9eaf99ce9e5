import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeView } from '../../src/graph/node-view.js';

/** What the twin of a real fixture says of it, told by the graph; without detachedness, which the graph inherits. */
export function describeGraph(graph: HeapGraph): Record<string, unknown> {
  const { columns, meta } = graph;
  const hasTraceNodeIds = columns.traceNodeIdByNode !== null;
  const countsByNodeType: Record<string, number> = {};
  const selfSizeByNodeType: Record<string, number> = {};
  const countsByEdgeType: Record<string, number> = {};
  let totalSelfSize = 0;
  let nodesWithoutEdges = 0;
  for (const node of graph.nodes()) {
    add(countsByNodeType, node.type, 1);
    add(selfSizeByNodeType, node.type, node.selfSize);
    totalSelfSize += node.selfSize;
    if (node.edgeCount === 0) nodesWithoutEdges++;
    for (const edge of node.edges()) add(countsByEdgeType, edge.type, 1);
  }

  const describeNode = (ordinal: number) => {
    const node: NodeView = graph.node(ordinal);
    return {
      type: node.type,
      name: graph.strings.get(columns.nameByNode[ordinal]),
      id: node.id,
      selfSize: node.selfSize,
      edgeCount: node.edgeCount,
      ...(hasTraceNodeIds ? { traceNodeId: columns.traceNodeIdByNode[ordinal] } : {}),
    };
  };
  const edges = Array.from(graph.nodes()).flatMap((node) => [...node.edges()]);
  const describeEdge = (edge: (typeof edges)[number]) => ({
    type: edge.type,
    name: edge.name,
    to: edge.target,
  });
  const strings = [...graph.strings];
  const { locations } = columns;
  return {
    nodeFields: meta.nodeFields,
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    stringCount: strings.length,
    totalSelfSize,
    rootId: graph.root.id,
    extraNativeBytes: graph.extraNativeBytes,
    countsByNodeType,
    selfSizeByNodeType,
    countsByEdgeType,
    nodesWithoutEdges,
    tracedNodeCount: Array.from(columns.traceNodeIdByNode ?? []).filter((id) => id > 0).length,
    traceFunctionCount: columns.traceFunctions.count,
    traceTreeNodeCount: columns.traceTree.count,
    sampleCount: columns.samples.count,
    locationCount: locations.count,
    scopeCount: columns.scopes.scopes.length / Math.max(1, meta.scopeFields.length),
    stringUnits: strings.reduce((sum, string) => sum + string.length, 0),
    longestString: strings.reduce((longest, string) => Math.max(longest, string.length), 0),
    stringsBeyondAscii: strings.filter((string) => /[^\0-\x7f]/.test(string)).length,
    lastString: strings.at(-1),
    firstNodes: [0, 1, 2].map(describeNode),
    lastNodes: [3, 2, 1].map((fromEnd) => describeNode(graph.nodeCount - fromEnd)),
    firstEdges: edges.slice(0, 3).map(describeEdge),
    lastEdges: edges.slice(-3).map(describeEdge),
    firstLocations: Array.from({ length: Math.min(3, locations.count) }, (_, row) => ({
      node: locations.nodeByLocation[row],
      scriptId: locations.scriptIdByLocation[row],
      line: locations.lineByLocation[row],
      column: locations.columnByLocation[row],
    })),
  };
}

function add(counts: Record<string, number>, key: string, amount: number): void {
  counts[key] = (counts[key] ?? 0) + amount;
}
