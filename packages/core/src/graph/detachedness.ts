import { edgeTypeOrdinal, nodeTypeOrdinal } from '../format/snapshot-meta.js';
import { DETACHEDNESS } from '../format/type-names.js';
import type { GraphColumns } from './graph-columns.js';

type Columns = Pick<
  GraphColumns,
  'meta' | 'nodeCount' | 'typeByNode' | 'firstEdgeByNode' | 'typeByEdge' | 'targetByEdge'
>;

/**
 * Completes the detachedness column in place: states of the file are final; native nodes of unknown state inherit from
 * the native nodes that point to them, attached before detached, and not over hidden, invisible or weak edges. Every
 * other kind of node stops the spreading: objects of the embedder that JavaScript reaches know their own state.
 */
export function inheritDetachedness(columns: Columns, detachednessByNode: Uint8Array): void {
  spread(columns, detachednessByNode, DETACHEDNESS.attached);
  spread(columns, detachednessByNode, DETACHEDNESS.detached);
}

function spread(columns: Columns, detachednessByNode: Uint8Array, state: number): void {
  const { meta, nodeCount, typeByNode, firstEdgeByNode, typeByEdge, targetByEdge } = columns;
  const native = nodeTypeOrdinal(meta, 'native');
  const hidden = edgeTypeOrdinal(meta, 'hidden');
  const invisible = edgeTypeOrdinal(meta, 'invisible');
  const weak = edgeTypeOrdinal(meta, 'weak');
  const isNative = (node: number): boolean => typeByNode[node] === native;
  const pending: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (detachednessByNode[node] === state && isNative(node)) pending.push(node);
  }
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      const type = typeByEdge[edge];
      if (type === hidden || type === invisible || type === weak) continue;
      const target = targetByEdge[edge];
      if (detachednessByNode[target] !== DETACHEDNESS.unknown || !isNative(target)) continue;
      detachednessByNode[target] = state;
      pending.push(target);
    }
  }
}
