import type { ClassRow, HeapAnalysis } from '../heap-analysis.js';
import { LargestNodes, type NodePage, type PageOptions } from './node-page.js';

/** Classes of that name, the largest retained size first: several where constructors of one name stand in several places. */
export function findClasses(analysis: HeapAnalysis, name: string): ClassRow[] {
  return analysis.classes().filter((row) => row.name === name);
}

export interface ObjectOptions extends PageOptions {
  /** Default `retainedSize`. */
  readonly order?: 'retainedSize' | 'shallowSize';
}

/** Objects of one or more classes (those that the rows count), the largest first. A pass over the nodes per class. */
export function objectsOfClass(
  analysis: HeapAnalysis,
  rows: ClassRow | readonly ClassRow[],
  { limit = Number.POSITIVE_INFINITY, offset = 0, order = 'retainedSize' }: ObjectOptions = {},
): NodePage {
  const { retainedSizeByNode, shallowSizeByNode } = analysis.columns;
  const values = order === 'retainedSize' ? retainedSizeByNode : shallowSizeByNode;
  const largest = new LargestNodes(values, offset + limit);
  const ordinals = (Array.isArray(rows) ? rows : [rows]).map((row: ClassRow) => row.ordinals());
  for (const node of ordinals.length === 1 ? ordinals[0] : inFileOrder(ordinals)) largest.offer(node);
  return largest.page(offset);
}

function inFileOrder(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  return all.sort();
}
