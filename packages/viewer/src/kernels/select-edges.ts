import { type GraphColumns, sharedUint32 } from '@heapstream/core';
import { textTest } from './match-texts.js';
import type { NameCriterion } from './select-nodes.js';
import { nameTest } from './select-nodes.js';

export interface EdgeCriteria {
  readonly columns: Pick<GraphColumns, 'nameByEdge' | 'targetByEdge' | 'typeByEdge'>;
  /** Types of edges whose name is a number. */
  readonly numberedTypes: readonly number[];
  readonly query: string | RegExp;
  readonly name: NameCriterion;
  /** Edges `[first, end)`. */
  readonly first: number;
  readonly end: number;
}

/** Positions from `first` of the edges whose own name, or whose target's, has what is looked for. */
export function selectEdges(criteria: EdgeCriteria): Uint32Array {
  const { columns, end, first, name, numberedTypes, query } = criteria;
  const { nameByEdge, targetByEdge, typeByEdge } = columns;
  const isNodeMatch = nameTest(name);
  const isTextMatch = textTest(query);
  const found = sharedUint32(end - first);
  let count = 0;
  for (let edge = first; edge < end; edge++) {
    const edgeName = nameByEdge[edge];
    const isMatch = numberedTypes.includes(typeByEdge[edge])
      ? isTextMatch(String(edgeName))
      : name.isMatch[edgeName] === 1;
    if (isMatch || isNodeMatch(targetByEdge[edge])) found[count++] = edge - first;
  }
  return found.slice(0, count);
}
