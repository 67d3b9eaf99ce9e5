import type { HeapPool } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { ObjectColumn, SnapshotFacts } from '../api/index.js';
import { BoundedCache } from '../bounded-cache.js';
import type { HeldBy, HeldObjects } from '../kernels/select-held-by.js';
import { shareAnalysis } from '../kernels/shared-analysis.js';
import type { RowKeys } from '../kernels/sort-rows.js';
import type { TypeTally } from '../kernels/tally-types.js';
import type { PageWanted, SortWanted } from '../lists/paging.js';
import { bytesOfList, type RowList } from '../lists/row-list.js';
import { TaskRunner } from '../task-runner.js';
import { factsOf } from './snapshot-facts.js';

export type RowColumn = ObjectColumn | 'edgeName' | 'edgeType';

/** Part of a sorted list: positions in it. */
export interface PositionPage {
  readonly total: number;
  readonly offset: number;
  readonly positions: Uint32Array;
}

/** Bytes of lists, orders and whatever else requests computed that are kept for a snapshot. */
const MAX_CACHED_BYTES = 256 * 2 ** 20;
/** Rows whose order is found faster than it is worth keeping. */
const FEW_ROWS = 2_000;

/**
 * A snapshot that is ready, and what requests about it computed: lists of rows and their orders, kept up to 256 MiB.
 * Long lists are made and sorted in other threads.
 */
export class LoadedSnapshot {
  readonly position: number;
  readonly analysis: HeapAnalysis;
  readonly facts: SnapshotFacts;
  readonly tasks: TaskRunner;
  readonly #cache = new BoundedCache(MAX_CACHED_BYTES);
  #ranks: Promise<Uint32Array> | undefined;
  #tally: Promise<TypeTally> | undefined;

  constructor(position: number, analysis: HeapAnalysis, pool: HeapPool) {
    this.position = position;
    this.analysis = analysis;
    this.facts = factsOf(analysis);
    this.tasks = new TaskRunner(pool);
  }

  /** Rows that a walk over the whole graph looks at. */
  get size(): number {
    return this.analysis.graph.nodeCount + this.analysis.graph.edgeCount;
  }

  /** A value that is kept for later requests; `bytesOf` says what it takes. */
  keep<T>(key: string, compute: () => Promise<T>, bytesOf: (value: T) => number): Promise<T> {
    return this.#cache.get(key, compute, bytesOf);
  }

  keepList(key: string, compute: () => Promise<RowList>): Promise<RowList> {
    return this.keep(`list ${key}`, compute, bytesOfList);
  }

  /** Objects that a Summary is narrowed to. */
  heldObjects(heldBy: HeldBy): Promise<HeldObjects> {
    const key = JSON.stringify(heldBy);
    return this.keep(
      `held ${key}`,
      () => this.tasks.run('selectHeldBy', { analysis: shareAnalysis(this.analysis), heldBy }, this.size),
      ({ classes, ordinals }) => ordinals.byteLength + classes.length * 200,
    );
  }

  /** The types of objects and of their classes; made once. */
  tally(): Promise<TypeTally> {
    const { columns, graph } = this.analysis;
    this.#tally ??= this.tasks.run(
      'tallyTypes',
      {
        typeByNode: graph.columns.typeByNode,
        classByNode: columns.classByNode,
        shallowSizeByNode: columns.shallowSizeByNode,
        classCount: graph.classes.classes.length,
        typeCount: graph.meta.nodeTypes.length,
      },
      graph.nodeCount,
    );
    return this.#tally;
  }

  /** string ordinal → place in the order of names; made once, 4 bytes a string. */
  ranks(): Promise<Uint32Array> {
    const { moreStringBytes, stringBytes, stringCount, stringStart } = this.analysis.graph.columns;
    this.#ranks ??= this.tasks.run(
      'rankStrings',
      { moreStringBytes, stringBytes, stringCount, stringStart },
      stringCount,
    );
    return this.#ranks;
  }

  /** Positions of a part of the list as it is sorted. */
  async page(
    list: RowList,
    sort: SortWanted<RowColumn>,
    { limit, offset }: PageWanted,
  ): Promise<PositionPage> {
    const total = list.nodes.length;
    const order = await this.#orderOf(list, sort);
    const end = Math.min(total, offset + limit);
    if (order !== null) return { total, offset, positions: order.slice(offset, end) };
    const positions = Uint32Array.from({ length: Math.max(0, end - offset) }, (_, i) =>
      sort.order === 'asc' ? offset + i : total - 1 - offset - i,
    );
    return { total, offset, positions };
  }

  /** `null` for the order of the file. */
  async #orderOf(list: RowList, { column, order }: SortWanted<RowColumn>): Promise<Uint32Array | null> {
    const { edges, isLast, nodes } = list;
    if (column === 'file') return null;
    const sort = async (): Promise<Uint32Array> => {
      const keys = await this.#keysFor(column);
      return this.tasks.run('sortRows', { nodes, edges, isLast, keys, order }, nodes.length);
    };
    if (nodes.length <= FEW_ROWS && column !== 'name' && column !== 'edgeName') return sort();
    return this.keep(`order ${list.key} ${column} ${order}`, sort, ({ byteLength }) => byteLength);
  }

  async #keysFor(column: Exclude<RowColumn, 'file'>): Promise<RowKeys> {
    const { columns, graph } = this.analysis;
    switch (column) {
      case 'retainedSize':
        return { kind: 'values', valueByNode: columns.retainedSizeByNode };
      case 'shallowSize':
        return { kind: 'values', valueByNode: columns.shallowSizeByNode };
      case 'distance':
        return { kind: 'values', valueByNode: columns.distanceByNode };
      case 'id':
        return { kind: 'values', valueByNode: graph.columns.idByNode };
      case 'edgeType':
        return { kind: 'edgeTypes', columns: graph.columns };
      case 'name':
        return { kind: 'names', columns: graph.columns, rankByString: await this.ranks() };
      case 'edgeName':
        return { kind: 'edgeNames', columns: graph.columns, rankByString: await this.ranks() };
    }
  }
}
