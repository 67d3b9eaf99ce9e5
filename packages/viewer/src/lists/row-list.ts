/** Rows in the order of the file. Nobody writes to the arrays. */
export interface RowList {
  /** Tells the list from all others of the viewer. */
  readonly key: string;
  /** Position → the node that the row is about; a retainer entry where rows are these (see `hasEntries`). */
  readonly nodes: Uint32Array;
  /** Position → edge, where rows are edges. */
  readonly edges?: Uint32Array;
  /** Whether `nodes` are retainer entries: nodes, with the top bit set for rows that come last in every order. */
  readonly hasEntries?: boolean;
}

/** Rows of `list` that a filter left, under a key of their own. */
export function narrowed(list: RowList, positions: Uint32Array, key: string): RowList {
  const { edges, nodes, ...others } = list;
  return {
    ...others,
    key,
    nodes: positions.map((position) => nodes[position]),
    ...(edges && { edges: positions.map((position) => edges[position]) }),
  };
}

export function bytesOfList({ edges, nodes }: RowList): number {
  return nodes.byteLength + (edges?.byteLength ?? 0);
}
