import { type GraphColumns, HeapGraph, sharedUint32, type WideColumn } from '@heapstream/core';
import { NameMatcher, type SearchQuery } from '@heapstream/dominators';
import { NO_NAME } from './name-table.js';

/** Names that nodes must have. */
export interface NameCriterion {
  readonly nameByNode: Uint32Array;
  /** name → 1 where it will do */
  readonly isMatch: Uint8Array;
  /** For nodes whose name is not kept; `null` where all are. */
  readonly unnamed: { readonly columns: GraphColumns; readonly query: SearchQuery } | null;
}

/** What nodes must be to be selected; what is left out does not matter. */
export interface NodeCriteria {
  /** Among these, in this order; all nodes where left out. */
  readonly nodes?: Uint32Array | undefined;
  readonly nodeCount: number;
  /** Nodes must have a shallow size. */
  readonly shallowSizeByNode?: WideColumn | undefined;
  /** Types by their ordinals: node → type, and type → 1 where wanted. */
  readonly types?: { readonly typeByNode: Uint8Array; readonly isWanted: Uint8Array } | undefined;
  readonly minSize?: { readonly retainedSizeByNode: Float64Array; readonly bytes: number } | undefined;
  readonly name?: NameCriterion | undefined;
}

/**
 * Positions in `nodes`, or nodes where all are meant, that meet the criteria; ascending, on shared memory. One pass a
 * criterion, each over what those before have left.
 */
export function selectNodes(criteria: NodeCriteria): Uint32Array {
  const { minSize, name, nodeCount, nodes, shallowSizeByNode, types } = criteria;
  const selection = new Selection(nodes, nodeCount);
  if (nodes === undefined && name?.unnamed === null) selection.keepNamed(name);
  else if (name !== undefined) selection.keep(nameTest(name));
  if (types !== undefined) selection.keep((node) => types.isWanted[types.typeByNode[node]] === 1);
  if (shallowSizeByNode !== undefined) selection.keep((node) => shallowSizeByNode[node] > 0);
  if (minSize !== undefined) selection.keep((node) => minSize.retainedSizeByNode[node] >= minSize.bytes);
  return selection.positions();
}

/** Whether a node has a name that will do. */
export function nameTest({ isMatch, nameByNode, unnamed }: NameCriterion): (node: number) => boolean {
  if (unnamed === null) return (node) => isMatch[nameByNode[node]] === 1;
  const names = new NameMatcher(new HeapGraph(unnamed.columns), unnamed.query);
  return (node) => {
    const name = nameByNode[node];
    return name === NO_NAME ? names.matches(node) : isMatch[name] === 1;
  };
}

class Selection {
  readonly #nodes: Uint32Array | undefined;
  readonly #count: number;
  /** What is left; `undefined` while that is everything. */
  #left: Uint32Array | undefined;

  constructor(nodes: Uint32Array | undefined, nodeCount: number) {
    this.#nodes = nodes;
    this.#count = nodes?.length ?? nodeCount;
  }

  /** The same for names of all nodes, for which a call for each would take longest. */
  keepNamed({ isMatch, nameByNode }: NameCriterion): void {
    const kept = sharedUint32(this.#count);
    let end = 0;
    for (let node = 0; node < nameByNode.length; node++) {
      if (isMatch[nameByNode[node]] === 1) kept[end++] = node;
    }
    this.#left = kept.subarray(0, end);
  }

  keep(isWanted: (node: number) => boolean): void {
    const nodes = this.#nodes;
    const left = this.#left;
    const count = left?.length ?? this.#count;
    // pages that are never written take no memory
    const kept = left ?? sharedUint32(this.#count);
    let end = 0;
    for (let i = 0; i < count; i++) {
      const position = left === undefined ? i : left[i];
      if (isWanted(nodes === undefined ? position : nodes[position])) kept[end++] = position;
    }
    this.#left = kept.subarray(0, end);
  }

  positions(): Uint32Array {
    const left = this.#left ?? Uint32Array.from({ length: this.#count }, (_, i) => i);
    const copy = sharedUint32(left.length);
    copy.set(left);
    return copy;
  }
}
