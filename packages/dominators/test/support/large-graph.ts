import { HeapGraph, sharedUint8, sharedUint32 } from '@heapstream/core';
import { drawColumns } from '../../../core/test/support/draw-graph.js';

/** Bytes of every node of a {@link largeGraph} but the root, which has none. */
export const NODE_SIZE = 8;

/**
 * A graph of any size without a node's worth of objects: node 0 is the synthetic root, all others are objects of the
 * class `Node`; edges are properties. `targetsOf` is asked for each node twice, in order.
 */
export function largeGraph(nodeCount: number, targetsOf: (node: number) => Iterable<number>): HeapGraph {
  const drawn = drawColumns([
    { key: 'root', type: 'synthetic', edges: [['property', 'x', 'Node']] },
    { name: 'Node', size: NODE_SIZE },
  ]);
  const firstEdgeByNode = sharedUint32(nodeCount + 1);
  for (let node = 0; node < nodeCount; node++) {
    let count = 0;
    for (const _ of targetsOf(node)) count++;
    firstEdgeByNode[node + 1] = firstEdgeByNode[node] + count;
  }
  const edgeCount = firstEdgeByNode[nodeCount];
  const targetByEdge = sharedUint32(edgeCount);
  let edge = 0;
  for (let node = 0; node < nodeCount; node++) {
    for (const target of targetsOf(node)) targetByEdge[edge++] = target;
  }
  const repeated = <Column extends Uint8Array | Uint32Array>(
    column: Column,
    [root, other]: Uint8Array | Uint32Array | Float64Array,
  ) => {
    column.fill(other);
    column[0] = root;
    return column;
  };
  return new HeapGraph({
    ...drawn,
    nodeCount,
    edgeCount,
    typeByNode: repeated(sharedUint8(nodeCount), drawn.typeByNode),
    nameByNode: repeated(sharedUint32(nodeCount), drawn.nameByNode),
    selfSizeByNode: repeated(sharedUint32(nodeCount), drawn.selfSizeByNode),
    idByNode: sharedUint32(nodeCount).map((_, node) => node),
    firstEdgeByNode,
    typeByEdge: sharedUint8(edgeCount).fill(drawn.typeByEdge[0]),
    nameByEdge: sharedUint32(edgeCount).fill(drawn.nameByEdge[0]),
    targetByEdge,
  });
}
