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
export function findPageOwned(columns: GraphColumns, words?: Uint32Array): OrdinalSet {
  const { firstEdgeByNode, meta, nodeCount, targetByEdge, typeByEdge } = columns;
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  const pageOwned = new OrdinalSet(nodeCount, words?.fill(0));
  const stack = new NodeStack();
  const enter = (node: number): void => {
    if (pageOwned.has(node)) return;
    pageOwned.add(node);
    stack.push(node);
  };

  for (const root of findPageRoots(columns)) enter(root);
  while (stack.size > 0) {
    const node = stack.pop();
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      if (typeByEdge[edge] !== weak) enter(targetByEdge[edge]);
    }
  }
  return pageOwned;
}

/** Where what the page owns begins, in order of the root's edges; a node may come twice. */
export function findPageRoots(columns: GraphColumns): number[] {
  const { firstEdgeByNode, meta, nameByNode, rootOrdinal, targetByEdge, typeByEdge, typeByNode } = columns;
  const shortcut = edgeTypeOrdinal(meta, EDGE_TYPE.shortcut);
  const element = edgeTypeOrdinal(meta, EDGE_TYPE.element);
  const synthetic = nodeTypeOrdinal(meta, NODE_TYPE.synthetic);
  const domTrees = new StringMatcher(new StringTable(columns), SPECIAL_NAME.documentDomTrees);
  const roots: number[] = [];
  for (let edge = firstEdgeByNode[rootOrdinal]; edge < firstEdgeByNode[rootOrdinal + 1]; edge++) {
    const target = targetByEdge[edge];
    const isDomTrees = typeByNode[target] === synthetic && domTrees.matches(nameByNode[target]);
    if (typeByEdge[edge] === shortcut || (typeByEdge[edge] === element && isDomTrees)) roots.push(target);
  }
  return roots;
}
