/** {@link NodeAnswers.distanceByNode} of a node that nothing reaches. */
export const UNREACHED = -1;

/** What an engine says about each node: arrays by node ordinal (row of the file). */
export interface NodeAnswers {
  readonly nodeCount: number;
  readonly idByNode: ArrayLike<number>;
  /** The name that people read: `{a, b}` for a plain object, the joined text of a concatenated string. */
  readonly nameByNode: ArrayLike<string>;
  /** The name in the file, with `Detached ` before it where the engine adds that. */
  readonly rawNameByNode: ArrayLike<string>;
  readonly classNameByNode: ArrayLike<string>;
  /** `,name`, or `script,line,column,name` for an object whose constructor has a location. */
  readonly classKeyByNode: ArrayLike<string>;
  /** Bytes, after sizes have moved to the owners. */
  readonly shallowSizeByNode: ArrayLike<number>;
  /** Bytes. */
  readonly retainedSizeByNode: ArrayLike<number>;
  /** Edges from the user roots, 100,000,000 and more from the root alone, {@link UNREACHED}. */
  readonly distanceByNode: ArrayLike<number>;
  /** Ordinal of the immediate dominator; the root names itself. */
  readonly dominatorByNode: ArrayLike<number>;
  /** 0 unknown, 1 attached, 2 detached: after the states were handed on to nodes without one. */
  readonly detachednessByNode: ArrayLike<number>;
}

/** One row of the class table, over the members whose shallow size is above 0. */
export interface ClassRow {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** Bytes. */
  readonly shallowSize: number;
  /** Bytes: what the members hold that no other member of the class dominates. */
  readonly retainedSize: number;
  /** The smallest of the members', {@link UNREACHED} if one of them is. */
  readonly distance: number;
}

/** Bytes. */
export interface SnapshotStatistics {
  readonly total: number;
  readonly nativeTotal: number;
  readonly typedArrays: number;
  readonly v8Total: number;
  readonly code: number;
  readonly strings: number;
  readonly jsArrays: number;
  readonly system: number;
}

/** All that is compared about one snapshot. */
export interface SnapshotAnswers {
  readonly rootOrdinal: number;
  readonly nodes: NodeAnswers;
  /** By {@link ClassRow.key}. */
  readonly classes: ReadonlyMap<string, ClassRow>;
  readonly statistics: SnapshotStatistics;
}

/** The answers of an engine that does not answer everything; `rootOrdinal`, the count and the ids are the least. */
export interface PartialAnswers {
  readonly rootOrdinal: number;
  readonly nodes: Partial<NodeAnswers> & Pick<NodeAnswers, 'nodeCount' | 'idByNode'>;
  readonly classes?: ReadonlyMap<string, Partial<ClassRow> & Pick<ClassRow, 'key'>>;
  readonly statistics?: Partial<SnapshotStatistics>;
}
