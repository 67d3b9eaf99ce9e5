import { type GraphColumns, HeapGraph, sharedUint32, type WideColumn } from '@heapstream/core';
import { NameMatcher, type SearchQuery } from '@heapstream/dominators';

/** What nodes must be to be selected; what is left out does not matter. */
export interface NodeCriteria {
  /** Among these, in this order; all nodes where left out. */
  readonly nodes?: Uint32Array | undefined;
  readonly nodeCount: number;
  /** Nodes must have a shallow size. */
  readonly shallowSizeByNode?: WideColumn | undefined;
  readonly class?: { readonly classByNode: Uint32Array; readonly ordinal: number } | undefined;
  /** Types by their ordinals: node → type, and type → 1 where wanted. */
  readonly types?: { readonly typeByNode: Uint8Array; readonly isWanted: Uint8Array } | undefined;
  readonly minSize?: { readonly retainedSizeByNode: Float64Array; readonly bytes: number } | undefined;
  readonly name?: { readonly columns: GraphColumns; readonly query: SearchQuery } | undefined;
}

/** Positions in `nodes`, or nodes where all are meant, that meet the criteria; ascending, on shared memory. */
export function selectNodes(criteria: NodeCriteria): Uint32Array {
  const { class: wantedClass, minSize, name, nodeCount, nodes, shallowSizeByNode, types } = criteria;
  const count = nodes?.length ?? nodeCount;
  let found: Uint32Array = sharedUint32(count);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const node = nodes === undefined ? i : nodes[i];
    if (wantedClass !== undefined && wantedClass.classByNode[node] !== wantedClass.ordinal) continue;
    if (shallowSizeByNode !== undefined && shallowSizeByNode[node] === 0) continue;
    if (types !== undefined && types.isWanted[types.typeByNode[node]] === 0) continue;
    if (minSize !== undefined && minSize.retainedSizeByNode[node] < minSize.bytes) continue;
    found[end++] = i;
  }
  if (name !== undefined) {
    const names = new NameMatcher(new HeapGraph(name.columns), name.query);
    const candidates = end;
    end = 0;
    for (let i = 0; i < candidates; i++) {
      const position = found[i];
      if (names.matches(nodes === undefined ? position : nodes[position])) found[end++] = position;
    }
  }
  // pages that were never written take no memory; a copy gives the others back
  found = end === count ? found : copyOf(found, end);
  return found;
}

function copyOf(values: Uint32Array, length: number): Uint32Array {
  const copy = sharedUint32(length);
  copy.set(values.subarray(0, length));
  return copy;
}
