// The kernel of weak-map-edges.ts.
import { at, has } from '@heapstream/core/assembly/bits';
import { typeOf } from './graph';

/** Writes the edges in [first, last) of a type that have one of the names to `found`, and returns how many. */
export function findNamedEdges(first: u32, last: u32, nameByEdge: usize, type: u32, names: usize, found: usize): u32 {
  let count: u32 = 0;
  for (let edge = first; edge < last; edge++) {
    if (typeOf(edge) != type || !has(names, load<u32>(at(nameByEdge, edge)))) continue;
    store<u32>(at(found, count++), edge);
  }
  return count;
}
