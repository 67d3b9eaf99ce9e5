import { nodeTypeOrdinal } from '../format/snapshot-meta.js';
import { NODE_TYPE, SPECIAL_NAME } from '../format/type-names.js';
import type { GraphColumns } from '../graph/graph-columns.js';
import { StringMatcher } from '../graph/string-matcher.js';
import { StringTable } from '../graph/string-table.js';

/**
 * Ordinals of the nodes that a page or program holds from outside the heap (windows, globals): the targets of the
 * root's edges, weak ones too, that are not synthetic, and the synthetic `(Document DOM trees)`. In order of the root's
 * edges, each once. Empty where the producer exposes V8's internals.
 */
export function findUserRoots(columns: GraphColumns): Uint32Array {
  const { firstEdgeByNode, nameByNode, rootOrdinal, targetByEdge, typeByNode } = columns;
  const synthetic = nodeTypeOrdinal(columns.meta, NODE_TYPE.synthetic);
  const domTrees = new StringMatcher(new StringTable(columns), SPECIAL_NAME.documentDomTrees);
  const roots = new Set<number>();
  const end = columns.nodeCount > 0 ? firstEdgeByNode[rootOrdinal + 1] : 0;
  for (let edge = firstEdgeByNode[rootOrdinal]; edge < end; edge++) {
    const target = targetByEdge[edge];
    if (typeByNode[target] !== synthetic || domTrees.matches(nameByNode[target])) roots.add(target);
  }
  return Uint32Array.from(roots);
}
