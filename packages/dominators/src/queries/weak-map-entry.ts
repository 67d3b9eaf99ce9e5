import { EDGE_TYPE, type EdgeView, type HeapGraph, NODE_TYPE, rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { RETAINER_NODE } from '../kernels/retainers.js';

/** `<number> / part of key (<text> @<id>) -> value (<text> @<id>) pair in WeakMap (table @<id>)` */
const ENTRY_NAME =
  /^\d+ \/ part of key \((.*?) @(\d+)\) -> value \((.*?) @(\d+)\) pair in WeakMap \(table @(\d+)\)$/s;

/** UTF-8 bytes of the shortest of such names. */
const SHORTEST_NAME = '0 / part of key ( @1) -> value ( @1) pair in WeakMap (table @1)'.length;

/** An entry of a WeakMap or WeakSet, as V8 writes it into the name of the two edges that hold the value. */
export interface WeakMapEntry {
  /** What V8 calls the key, and its object id. */
  readonly keyName: string;
  readonly keyId: number;
  readonly valueId: number;
  /** Object id of the WeakMap's hash table. */
  readonly tableId: number;
}

/** The entry whose value the edge holds, the key's side or the table's; `null` for every other edge. */
export function weakMapEntryOf(edge: EdgeView): WeakMapEntry | null {
  if (edge.type !== EDGE_TYPE.internal) return null;
  // most names need not be decoded
  const { columns, strings } = edge.graph;
  const name = rowsOf(columns, 'nameByEdge', edge.ordinal)[edge.ordinal];
  if (strings.byteLengthOf(name) < SHORTEST_NAME) return null;
  const match = ENTRY_NAME.exec(String(edge.name));
  if (match === null) return null;
  const [, keyName, keyId, , valueId, tableId] = match;
  return { keyName, keyId: Number(keyId), valueId: Number(valueId), tableId: Number(tableId) };
}

/**
 * In words what a WeakMap's edge means: `value of key Foo @5 in WeakMap @9`. The id is the WeakMap's own where the
 * snapshot tells who has the table, else the table's. `null` for other edges.
 */
export function explainWeakMapEdge(analysis: HeapAnalysis, edge: EdgeView): string | null {
  const entry = weakMapEntryOf(edge);
  if (entry === null) return null;
  const owner = ownerOfTable(analysis, entry.tableId);
  const map = owner ?? `WeakMap table @${entry.tableId}`;
  return `value of key ${entry.keyName} @${entry.keyId} in ${map}`;
}

function ownerOfTable(analysis: HeapAnalysis, tableId: number): string | null {
  const { graph } = analysis;
  const table = graph.ordinalOfId(tableId);
  if (table === undefined) return null;
  for (const entry of analysis.retainerEntriesOf(table)) {
    const source = entry & RETAINER_NODE;
    if (!isObject(graph, source)) continue;
    for (const { name, target, type } of graph.node(source).edges()) {
      if (target === table && type === EDGE_TYPE.internal && name === 'table') {
        return `${graph.rawNameOf(source)} @${graph.node(source).id}`;
      }
    }
  }
  return null;
}

function isObject(graph: HeapGraph, node: number): boolean {
  return graph.node(node).type === NODE_TYPE.object;
}
