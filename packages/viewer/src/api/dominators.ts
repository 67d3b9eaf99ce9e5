import type { FindRequest, ObjectColumn, ObjectRequest, ObjectRow } from './objects.js';
import type { FilterRequest, PageRequest, SortRequest } from './page.js';

/** Route `dominated`: what an object immediately dominates. Default sort: `retainedSize`. */
export interface DominatedRequest
  extends ObjectRequest,
    PageRequest,
    SortRequest<ObjectColumn>,
    FilterRequest,
    FindRequest {}

/** Route `dominator-chain`: the object's dominators, from the root down to itself. */
export interface DominatorChain {
  readonly rows: readonly ObjectRow[];
  /** Dominators between the first and the last of `rows` that were left out: long chains show 100 of each end. */
  readonly leftOut: number;
}

/** Route `dominator-tree`: the upper part of the tree below an object, for an icicle or a treemap that zooms. */
export interface DominatorTreeRequest extends ObjectRequest {
  /** Levels below the object, 1 to 40. Default 4. */
  readonly depth?: number;
  /** Share of the object's retained size below which objects are summed up in `rest`, from 0 to 1. Default 0.002. */
  readonly minShare?: number;
  /** Objects at most, 1 to 5,000: the largest ones are shown. Default 1,500. */
  readonly limit?: number;
}

export interface DominatorTreeNode {
  readonly ordinal: number;
  readonly id: number;
  /** Cut after 80 UTF-16 units. */
  readonly name: string;
  readonly className: string;
  readonly type: string;
  readonly shallowSize: number;
  readonly retainedSize: number;
  /** The largest first. Empty below the depth asked for. */
  readonly children: readonly DominatorTreeNode[];
  /** What it immediately dominates and is not shown. `retainedSize = shallowSize + the children's + rest.retainedSize`. */
  readonly rest: { readonly count: number; readonly retainedSize: number };
}

export interface DominatorTree {
  readonly tree: DominatorTreeNode;
  readonly totalSize: number;
}
