import {
  EDGE_TYPE,
  edgeTypeOrdinal,
  type GraphColumns,
  NODE_TYPE,
  nodeTypeOrdinal,
  OrdinalSet,
  SPECIAL_NAME,
  StringMatcher,
  StringTable,
} from '@heapstream/core';
import { NodeStack } from './node-stack.js';

/**
 * The nodes that the page owns: they are reachable, but for weak edges, from what the root's `shortcut` edges point to
 * (the global objects), or from the documents' DOM trees. A bit a node.
 */
export function findPageOwned(columns: GraphColumns): OrdinalSet {
  const { firstEdgeByNode, meta, nameByNode, nodeCount, rootOrdinal, targetByEdge, typeByEdge, typeByNode } =
    columns;
  const shortcut = edgeTypeOrdinal(meta, EDGE_TYPE.shortcut);
  const element = edgeTypeOrdinal(meta, EDGE_TYPE.element);
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  const synthetic = nodeTypeOrdinal(meta, NODE_TYPE.synthetic);
  const domTrees = new StringMatcher(new StringTable(columns), SPECIAL_NAME.documentDomTrees);
  const pageOwned = new OrdinalSet(nodeCount);
  const stack = new NodeStack();
  const enter = (node: number): void => {
    if (pageOwned.has(node)) return;
    pageOwned.add(node);
    stack.push(node);
  };

  for (let edge = firstEdgeByNode[rootOrdinal]; edge < firstEdgeByNode[rootOrdinal + 1]; edge++) {
    const target = targetByEdge[edge];
    const isDomTrees = typeByNode[target] === synthetic && domTrees.matches(nameByNode[target]);
    if (typeByEdge[edge] === shortcut || (typeByEdge[edge] === element && isDomTrees)) enter(target);
  }
  while (stack.size > 0) {
    const node = stack.pop();
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      if (typeByEdge[edge] !== weak) enter(targetByEdge[edge]);
    }
  }
  return pageOwned;
}
