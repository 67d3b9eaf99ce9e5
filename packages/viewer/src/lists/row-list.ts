/** Rows in the order of the file. Nobody writes to the arrays. */
export interface RowList {
  /** Tells the list from all others of the viewer. */
  readonly key: string;
  /** Position → the node that the row is about. */
  readonly nodes: Uint32Array;
  /** Position → edge, where rows are edges. */
  readonly edges?: Uint32Array;
  /** Position → 1 for rows that come last in every order. */
  readonly isLast?: Uint8Array;
}

/** Rows of `list` that a filter left, under a key of their own. */
export function narrowed(list: RowList, positions: Uint32Array, key: string): RowList {
  const { edges, isLast, nodes } = list;
  return {
    key,
    nodes: positions.map((position) => nodes[position]),
    ...(edges && { edges: positions.map((position) => edges[position]) }),
    ...(isLast && { isLast: Uint8Array.from(positions, (position) => isLast[position]) }),
  };
}

export function bytesOfList({ edges, isLast, nodes }: RowList): number {
  return nodes.byteLength + (edges?.byteLength ?? 0) + (isLast?.byteLength ?? 0);
}
