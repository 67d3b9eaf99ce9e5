import { edgeTypeOrdinal, nodeTypeOrdinal, type SnapshotMeta } from '../format/snapshot-meta.js';
import { EDGE_TYPE, NODE_TYPE, SPECIAL_NAME } from '../format/type-names.js';
import type { SnapshotIndex } from '../index-file/snapshot-index.js';
import { classifyNodes, type NodeClasses } from '../naming/node-classes.js';
import { computeShallowSizes } from '../sizes/shallow-sizes.js';
import type { SnapshotWarning } from '../warnings.js';
import { rowsOf } from './column-rows.js';
import type { GraphColumns, WideColumn } from './graph-columns.js';
import { IdLookup } from './id-lookup.js';
import { LocationTable } from './location-table.js';
import { NodeView } from './node-view.js';
import type { SourceLocation } from './source-location.js';
import { StringTable } from './string-table.js';

/**
 * A heap snapshot in memory. Cheap to pass around; reads go through {@link NodeView} and `EdgeView`, or straight to
 * `columns` where speed matters. What costs a pass over the graph (classes, shallow sizes, ids) is made on first use
 * and kept.
 */
export class HeapGraph {
  readonly columns: GraphColumns;
  readonly meta: SnapshotMeta;
  readonly strings: StringTable;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly rootOrdinal: number;
  /** Bytes outside the heap that the producer adds to the total. */
  readonly extraNativeBytes: number;
  /** What the parser noticed and could live with; see `SnapshotWarning`. */
  readonly warnings: readonly SnapshotWarning[];
  readonly locations: LocationTable;
  /** The index file behind the graph; `null` where it was opened without one. */
  readonly index: SnapshotIndex | null;

  /** Ordinals in the file's type lists of the types that change how a node or edge is read; -1 where not listed. */
  readonly nodeType: Readonly<Record<keyof typeof NODE_TYPE, number>>;
  readonly edgeType: Readonly<Record<keyof typeof EDGE_TYPE, number>>;

  /** Holds `shallowSizeByNode`, perhaps in an index file. */
  #sizes: SizeColumns | undefined;
  #classes: NodeClasses | undefined;
  #nodeOfId: IdLookup | undefined;

  constructor(
    columns: GraphColumns,
    warnings: readonly SnapshotWarning[] = [],
    index: SnapshotIndex | null = null,
  ) {
    this.index = index;
    this.columns = columns;
    this.meta = columns.meta;
    this.nodeCount = columns.nodeCount;
    this.edgeCount = columns.edgeCount;
    this.rootOrdinal = columns.rootOrdinal;
    this.extraNativeBytes = columns.extraNativeBytes;
    this.warnings = warnings;
    this.strings = new StringTable(columns);
    this.nodeType = ordinalsByKey(NODE_TYPE, (name) => nodeTypeOrdinal(columns.meta, name));
    this.edgeType = ordinalsByKey(EDGE_TYPE, (name) => edgeTypeOrdinal(columns.meta, name));
    this.locations = new LocationTable(this);
  }

  /** A view of one node; throws a RangeError for an ordinal the graph does not have. */
  node(ordinal: number): NodeView {
    if (!(ordinal >= 0 && ordinal < this.nodeCount)) {
      throw new RangeError(`node ordinal ${ordinal} is not in [0, ${this.nodeCount})`);
    }
    return new NodeView(this, ordinal);
  }

  get root(): NodeView {
    return this.node(this.rootOrdinal);
  }

  /** All nodes in file order. */
  *nodes(): Generator<NodeView> {
    for (let ordinal = 0; ordinal < this.nodeCount; ordinal++) yield new NodeView(this, ordinal);
  }

  /** The node with V8's object id (`@id`), the first in file order where a producer repeats one. See `IdLookup` for what the first call costs. */
  ordinalOfId(id: number): number | undefined {
    this.#nodeOfId ??= new IdLookup(this.columns);
    return this.#nodeOfId.ordinalOf(id);
  }

  /** The name as in the file, with `Detached ` before it where the file's states say that the DOM node is detached. */
  rawNameOf(ordinal: number): string {
    const name = this.strings.get(rowsOf(this.columns, 'nameByNode', ordinal)[ordinal]);
    return this.hasDetachedPrefix(ordinal) ? SPECIAL_NAME.detachedPrefix + name : name;
  }

  /** Whether {@link rawNameOf} puts `Detached ` before the file's name. */
  hasDetachedPrefix(ordinal: number): boolean {
    const detachednessByNode = rowsOf(this.columns, 'detachednessByNode', ordinal);
    return (
      detachednessByNode !== null &&
      detachednessByNode[ordinal] === 2 &&
      this.typeOrdinalOf(ordinal) === this.nodeType.native
    );
  }

  /** Position of the node's type in `meta.nodeTypes`. */
  typeOrdinalOf(ordinal: number): number {
    return rowsOf(this.columns, 'typeByNode', ordinal)[ordinal];
  }

  /** The ordinals of the edges that leave the node: `[first, end)`. */
  edgeRangeOf(ordinal: number): { readonly first: number; readonly end: number } {
    const firstEdgeByNode = rowsOf(this.columns, 'firstEdgeByNode', ordinal, ordinal + 2);
    return { first: firstEdgeByNode[ordinal], end: firstEdgeByNode[ordinal + 1] };
  }

  /** Takes over what another thread computed for this graph, so that nobody computes it again. */
  adopt(derived: { sizes?: SizeColumns; classes?: NodeClasses; nodeOfId?: IdLookup }): void {
    this.#nodeOfId ??= derived.nodeOfId;
    this.#sizes ??= derived.sizes;
    this.#classes ??= derived.classes;
  }

  /** Bytes: the self size, plus that of the nodes it owns; see `computeShallowSizes`. */
  shallowSizeOf(ordinal: number): number {
    return rowsOf(this.#sizesOnce(), 'shallowSizeByNode', ordinal)[ordinal];
  }

  /** node ordinal → shallow size in bytes. Computed on first use: one pass over the edges. */
  get shallowSizeByNode(): WideColumn {
    return this.#sizesOnce().shallowSizeByNode;
  }

  #sizesOnce(): SizeColumns {
    this.#sizes ??= { shallowSizeByNode: computeShallowSizes(this.columns) };
    return this.#sizes;
  }

  /** The class of every node. Computed on first use. */
  get classes(): NodeClasses {
    this.#classes ??= classifyNodes(this);
    return this.#classes;
  }

  /** The file that a script id stands for, where the snapshot tells. */
  scriptName(scriptId: number): string | undefined {
    return this.locations.scriptName(scriptId);
  }

  /** Where the function or constructor behind a node was written. */
  locationOf(ordinal: number): SourceLocation | null {
    return this.locations.of(ordinal);
  }
}

/** What holds the shallow sizes. */
interface SizeColumns {
  readonly shallowSizeByNode: WideColumn;
}

function ordinalsByKey<K extends string, N extends string>(
  names: Readonly<Record<K, N>>,
  ordinalOf: (name: N) => number,
): Record<K, number> {
  const entries = Object.entries(names) as [K, N][];
  return Object.fromEntries(entries.map(([key, name]) => [key, ordinalOf(name)])) as Record<K, number>;
}
