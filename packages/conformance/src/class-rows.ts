import type { ClassRow, NodeAnswers } from './snapshot-answers.js';

/** The node answers that a class table follows from. */
export type ClassRowInputs = Pick<
  NodeAnswers,
  | 'nodeCount'
  | 'classKeyByNode'
  | 'classNameByNode'
  | 'shallowSizeByNode'
  | 'retainedSizeByNode'
  | 'distanceByNode'
  | 'dominatorByNode'
>;

interface RowInProgress {
  readonly key: string;
  readonly name: string;
  count: number;
  shallowSize: number;
  retainedSize: number;
  distance: number;
  /** How many members lie on the path from the root of the dominator tree to where the walk is. */
  open: number;
}

/**
 * The class table computed again from answers about nodes, one row per printed key. It says what a table must hold
 * whose rows got lost or whose sizes wrapped; it shares no code with either engine. Needs a consistent dominator
 * tree (every chain ends at `rootOrdinal`).
 */
export function computeClassRows(nodes: ClassRowInputs, rootOrdinal: number): Map<string, ClassRow> {
  const rows = new Map<string, RowInProgress>();
  const rowOf = (ordinal: number): RowInProgress => {
    const key = nodes.classKeyByNode[ordinal];
    let row = rows.get(key);
    if (row === undefined) {
      const name = nodes.classNameByNode[ordinal];
      row = {
        key,
        name,
        count: 0,
        shallowSize: 0,
        retainedSize: 0,
        distance: Number.POSITIVE_INFINITY,
        open: 0,
      };
      rows.set(key, row);
    }
    return row;
  };

  for (let ordinal = 0; ordinal < nodes.nodeCount; ordinal++) {
    const shallowSize = nodes.shallowSizeByNode[ordinal];
    if (shallowSize === 0) continue;
    const row = rowOf(ordinal);
    row.count++;
    row.shallowSize += shallowSize;
    row.distance = Math.min(row.distance, nodes.distanceByNode[ordinal]);
  }

  walkDominatorTree(nodes, rootOrdinal, {
    enter(ordinal) {
      if (nodes.shallowSizeByNode[ordinal] === 0) return;
      const row = rowOf(ordinal);
      if (row.open === 0) row.retainedSize += nodes.retainedSizeByNode[ordinal];
      row.open++;
    },
    leave(ordinal) {
      if (nodes.shallowSizeByNode[ordinal] !== 0) rowOf(ordinal).open--;
    },
  });

  return new Map(Array.from(rows, ([key, { open: _, ...row }]) => [key, row]));
}

/** Depth first, iterative. */
function walkDominatorTree(
  { nodeCount, dominatorByNode }: ClassRowInputs,
  rootOrdinal: number,
  visitor: { enter(ordinal: number): void; leave(ordinal: number): void },
): void {
  const firstChildByNode = new Uint32Array(nodeCount + 1);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    if (ordinal !== rootOrdinal) firstChildByNode[dominatorByNode[ordinal] + 1]++;
  }
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    firstChildByNode[ordinal + 1] += firstChildByNode[ordinal];
  }
  const children = new Uint32Array(nodeCount);
  const nextSlotByNode = firstChildByNode.slice(0, nodeCount);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    if (ordinal !== rootOrdinal) children[nextSlotByNode[dominatorByNode[ordinal]]++] = ordinal;
  }

  const nextChildByNode = firstChildByNode.slice(0, nodeCount);
  const path = [rootOrdinal];
  visitor.enter(rootOrdinal);
  while (path.length > 0) {
    const ordinal = path[path.length - 1];
    if (nextChildByNode[ordinal] < firstChildByNode[ordinal + 1]) {
      const child = children[nextChildByNode[ordinal]++];
      visitor.enter(child);
      path.push(child);
    } else {
      visitor.leave(ordinal);
      path.pop();
    }
  }
}
