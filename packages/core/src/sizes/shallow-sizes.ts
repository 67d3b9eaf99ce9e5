import { edgeTypeOrdinal, nodeTypeOrdinal } from '../format/snapshot-meta.js';
import { DETACHEDNESS, EDGE_TYPE, NODE_TYPE, SPECIAL_NAME } from '../format/type-names.js';
import type { GraphColumns, WideColumn } from '../graph/graph-columns.js';
import { OrdinalSet } from '../graph/ordinal-set.js';
import { StringMatcher } from '../graph/string-matcher.js';
import { StringTable } from '../graph/string-table.js';
import { MAX_UINT32, sharedFloat64, sharedUint32, widened } from '../parse/allocate-columns.js';
import { findUserRoots } from './user-roots.js';

/** `ownerByNode` of a node that nobody has reached, and of one that several owners reach; others are ordinal + 1. */
const NO_OWNER = 0;
const MANY_OWNERS = 0xffffffff;

const FIRST_STACK_CAPACITY = 4096;

/**
 * node ordinal → shallow size in bytes: the self size, plus the self sizes of the hidden parts (backing stores, hidden
 * classes, external string data) that only this node reaches. Such a part then has size 0. The sum over all nodes stays
 * the same.
 *
 * Where the snapshot exposes V8's internals (it has no user roots) nothing moves, and the result *is* the self-size
 * column; otherwise it is a new shared column, of doubles where a sum is 2³² or more.
 *
 * One pass over the edges of the nodes that own themselves, which lie in file order, and a search from what they reach
 * through ownable nodes. Each of those is searched at most twice: under its first owner, and when a second one shows
 * up. Transient: 4 bytes and a bit per node, beside the stack (at most 8 bytes per ownable node).
 */
export function computeShallowSizes(
  columns: GraphColumns,
  memory: ShallowSizeMemory = emptyMemory(columns.nodeCount),
): WideColumn {
  if (findUserRoots(columns).length === 0) return columns.selfSizeByNode;
  const ownerByNode = findOwners(columns, findOwnableNodes(columns), memory.owners);
  return transferredSizes(columns, ownerByNode, memory.sizes);
}

/** Memory that {@link computeShallowSizes} works in, an entry a node each. */
export interface ShallowSizeMemory {
  /** For the result, if its sizes need no more than 32 bits. The self sizes themselves, where nobody needs them any more. */
  readonly sizes: Uint32Array;
  /** Scrap before and after. */
  readonly owners: Uint32Array;
}

function emptyMemory(nodeCount: number): ShallowSizeMemory {
  return { sizes: sharedUint32(nodeCount), owners: new Uint32Array(nodeCount) };
}

/**
 * The nodes that may belong to another: hidden ones, arrays, and the data of external strings (not that of a detached
 * one: its name differs).
 */
function findOwnableNodes(columns: GraphColumns): OrdinalSet {
  const { detachednessByNode, meta, nameByNode, nodeCount, typeByNode } = columns;
  const hidden = nodeTypeOrdinal(meta, NODE_TYPE.hidden);
  const array = nodeTypeOrdinal(meta, NODE_TYPE.array);
  const native = nodeTypeOrdinal(meta, NODE_TYPE.native);
  const externalStringData = new StringMatcher(new StringTable(columns), SPECIAL_NAME.externalStringData);
  const ownable = new OrdinalSet(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const type = typeByNode[node];
    if (type === hidden || type === array) {
      ownable.add(node);
    } else if (type === native && externalStringData.matches(nameByNode[node])) {
      if (detachednessByNode?.[node] !== DETACHEDNESS.detached) ownable.add(node);
    }
  }
  return ownable;
}

/**
 * node ordinal → ordinal of its owner + 1, {@link NO_OWNER} or {@link MANY_OWNERS}; `NO_OWNER` too for nodes that own
 * themselves. The order of the search does not matter: a node ends with the one owner that reaches it, or with many.
 */
function findOwners(columns: GraphColumns, ownable: OrdinalSet, ownerByNode: Uint32Array): Uint32Array {
  const { firstEdgeByNode, meta, nodeCount, targetByEdge, typeByEdge } = columns;
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  ownerByNode.fill(NO_OWNER);
  let stack = new Uint32Array(FIRST_STACK_CAPACITY);
  let depth = 0;

  for (let owner = 0; owner < nodeCount; owner++) {
    if (ownable.has(owner)) continue;
    // searching at once, instead of keeping all finds for later, leaves the stack small and the columns in the cache
    let node = owner;
    for (;;) {
      const source = node === owner ? owner + 1 : ownerByNode[node];
      const end = firstEdgeByNode[node + 1];
      for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
        const target = targetByEdge[edge];
        if (!ownable.has(target) || typeByEdge[edge] === weak) continue;
        const known = ownerByNode[target];
        if (known === source || known === MANY_OWNERS) continue;
        ownerByNode[target] = known === NO_OWNER ? source : MANY_OWNERS;
        if (depth === stack.length) {
          const larger = new Uint32Array(depth * 2);
          larger.set(stack);
          stack = larger;
        }
        stack[depth++] = target;
      }
      if (depth === 0) break;
      node = stack[--depth];
    }
  }
  return ownerByNode;
}

/** The self sizes, in `narrow` if they fit, but every size has moved to its owner. */
function transferredSizes(columns: GraphColumns, ownerByNode: Uint32Array, narrow: Uint32Array): WideColumn {
  const { nodeCount, selfSizeByNode } = columns;
  const sizeByNode = selfSizeByNode instanceof Float64Array ? sharedFloat64(nodeCount) : narrow;
  if (sizeByNode !== selfSizeByNode) sizeByNode.set(selfSizeByNode);
  return transferSizes(columns, ownerByNode, sizeByNode, 0);
}

/**
 * Moves the sizes of the nodes from `first` on to their owners; what a synthetic node or the root owns stays. Returns the
 * column, or another of doubles. It may be that of the self sizes: nothing moves to a node that has an owner.
 */
export function transferSizes(
  columns: GraphColumns,
  ownerByNode: Uint32Array,
  sizes: WideColumn,
  first: number,
): WideColumn {
  const { meta, nodeCount, rootOrdinal, selfSizeByNode, typeByNode } = columns;
  const synthetic = nodeTypeOrdinal(meta, NODE_TYPE.synthetic);
  let sizeByNode = sizes;
  for (let node = first; node < nodeCount; node++) {
    if (ownerByNode[node] === NO_OWNER || ownerByNode[node] === MANY_OWNERS) continue;
    const owner = ownerByNode[node] - 1;
    if (owner === rootOrdinal || typeByNode[owner] === synthetic) continue;
    const size = sizeByNode[owner] + selfSizeByNode[node];
    if (size > MAX_UINT32 && sizeByNode instanceof Uint32Array) sizeByNode = widened(sizeByNode);
    sizeByNode[owner] = size;
    sizeByNode[node] = 0;
  }
  return sizeByNode;
}
