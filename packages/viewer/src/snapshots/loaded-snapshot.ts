import { setTimeout } from 'node:timers/promises';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { ObjectColumn, SnapshotFacts } from '../api/index.js';
import { BoundedCache } from '../bounded-cache.js';
import type { ClassMembers } from '../kernels/class-members.js';
import type { NameTable } from '../kernels/name-table.js';
import type { HeldBy, HeldObjects } from '../kernels/select-held-by.js';
import type { NameCriterion } from '../kernels/select-nodes.js';
import { shareAnalysis } from '../kernels/shared-analysis.js';
import type { RowKeys } from '../kernels/sort-rows.js';
import type { StringColumns } from '../kernels/string-ranks.js';
import type { PageWanted, SortWanted } from '../lists/paging.js';
import { bytesOfList, type RowList } from '../lists/row-list.js';
import type { TextFilter } from '../lists/text-filter.js';
import type { TaskRunner } from '../task-runner.js';
import { makeNames } from './node-names.js';
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
/** Milliseconds that first questions have the threads for themselves. */
const TIME_TO_ASK = 1_000;
/** Rows that are sorted and kept together. */
const BLOCK = 8_192;
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
  #names: Promise<NameTable> | undefined;
  #ranks: Promise<Uint32Array> | undefined;
  #members: Promise<ClassMembers> | undefined;

  /** `names`: where they have been made already. */
  constructor(
    position: number,
    analysis: HeapAnalysis,
    tasks: TaskRunner,
    names?: NameTable | Promise<NameTable>,
  ) {
    this.position = position;
    this.analysis = analysis;
    this.facts = factsOf(analysis);
    this.tasks = tasks;
    if (names !== undefined) this.#names = Promise.resolve(names);
    this.#prepare();
  }

  /**
   * Begins what orders of names need, so that the first one need not wait; a search that is asked at once comes first. Not
   * where that would read a whole graph from its index file before anybody asked.
   */
  #prepare(): void {
    if (this.analysis.graph.index !== null) return;
    // who asks for it is told why it failed; and a viewer may be closed meanwhile
    this.members()
      .then(() => setTimeout(TIME_TO_ASK, undefined, { ref: false }))
      .then(() => this.ranks())
      .catch(() => {});
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

  /** The objects of each class, and their types; made once, 4 bytes a node. */
  members(): Promise<ClassMembers> {
    const { columns, graph } = this.analysis;
    this.#members ??= this.tasks.run(
      'groupByClass',
      {
        typeByNode: graph.columns.typeByNode,
        classByNode: columns.classByNode,
        shallowSizeByNode: columns.shallowSizeByNode,
        countByClass: columns.countByClass,
        typeCount: graph.meta.nodeTypes.length,
      },
      graph.nodeCount,
    );
    return this.#members;
  }

  /** The objects of a class that have a shallow size. */
  async classList(classOrdinal: number): Promise<RowList> {
    const { firstByClass, members } = await this.members();
    const nodes = members.subarray(firstByClass[classOrdinal], firstByClass[classOrdinal + 1]);
    return { key: `class ${classOrdinal}`, nodes };
  }

  /** The names of all nodes; made once, 4 bytes a node. */
  names(): Promise<NameTable> {
    this.#names ??= makeNames(this.analysis.graph, this.tasks);
    return this.#names;
  }

  /** name → place in the order of names; made once, 4 bytes a name. */
  ranks(): Promise<Uint32Array> {
    this.#ranks ??= this.names().then(({ madeUp }) =>
      this.tasks.run('rankStrings', this.#nameTables(madeUp), this.#nameCount(madeUp)),
    );
    return this.#ranks;
  }

  /** What nodes must be called. Each filter looks at the names once. */
  async nameCriterion(filter: TextFilter): Promise<NameCriterion> {
    const { query } = filter;
    const { madeUp, missing, nameByNode } = await this.names();
    const isMatch = await this.keep(
      `match ${filter.key}`,
      () => {
        const input = { tables: this.#nameTables(madeUp), query };
        return this.tasks.runFilter('matchNames', input, this.#nameCount(madeUp), filter);
      },
      ({ byteLength }) => byteLength,
    );
    const unnamed = missing === 0 ? null : { columns: this.analysis.graph.columns, query };
    return { nameByNode, isMatch, unnamed };
  }

  #nameTables(madeUp: StringColumns): readonly [StringColumns, StringColumns] {
    const { hasLoneSurrogates, moreStringBytes, stringBytes, stringCount, stringStart } =
      this.analysis.graph.columns;
    return [{ hasLoneSurrogates, moreStringBytes, stringBytes, stringCount, stringStart }, madeUp];
  }

  #nameCount({ stringCount }: StringColumns): number {
    return stringCount + this.analysis.graph.strings.count;
  }

  /** Types of edges whose name is a number. */
  get numberedTypes(): readonly number[] {
    const { element, hidden } = this.analysis.graph.edgeType;
    return [element, hidden];
  }

  /**
   * Positions of a part of the list as it is sorted. Lists are sorted in blocks, of which those asked for are kept: what
   * is never scrolled to is never sorted.
   */
  async page(
    list: RowList,
    sort: SortWanted<RowColumn>,
    { limit, offset }: PageWanted,
  ): Promise<PositionPage> {
    const total = list.nodes.length;
    const end = Math.min(total, offset + limit);
    const positions = new Uint32Array(Math.max(0, end - offset));
    for (let next = offset; next < end; ) {
      const block = Math.floor(next / BLOCK);
      const sorted = await this.#block(list, sort, block);
      const part = sorted.subarray(next - block * BLOCK, end - block * BLOCK);
      positions.set(part, next - offset);
      next += part.length;
    }
    return { total, offset, positions };
  }

  /** Where a node stands in the list as it is sorted; `null` where it is not in it. Not for rows that are edges. */
  async placeOf(
    { nodes }: RowList,
    { column, order }: SortWanted<ObjectColumn>,
    node: number,
  ): Promise<number | null> {
    const position = nodes.indexOf(node);
    if (position < 0) return null;
    if (column === 'file') return order === 'asc' ? position : nodes.length - 1 - position;
    const keys = await this.#keysFor(column);
    return this.tasks.run('placeOfRow', { nodes, keys, order, position }, nodes.length);
  }

  async #block(list: RowList, { column, order }: SortWanted<RowColumn>, block: number): Promise<Uint32Array> {
    const { edges, hasEntries, nodes } = list;
    const offset = block * BLOCK;
    const end = Math.min(nodes.length, offset + BLOCK);
    if (column === 'file') {
      return Uint32Array.from({ length: end - offset }, (_, i) =>
        order === 'asc' ? offset + i : nodes.length - 1 - offset - i,
      );
    }
    const sort = async (): Promise<Uint32Array> => {
      const keys = await this.#keysFor(column);
      return this.tasks.run('sortRows', { nodes, edges, hasEntries, keys, order, offset, end }, nodes.length);
    };
    if (nodes.length <= FEW_ROWS) return sort();
    return this.keep(`order ${list.key} ${column} ${order} ${block}`, sort, ({ byteLength }) => byteLength);
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
        return { kind: 'edgeTypes', typeByEdge: graph.columns.typeByEdge };
      case 'name': {
        const { nameByNode } = await this.names();
        return { kind: 'names', nameByNode, rankByName: await this.ranks() };
      }
      case 'edgeName': {
        const { nameByEdge, typeByEdge } = graph.columns;
        const columns = { nameByEdge, typeByEdge };
        return {
          kind: 'edgeNames',
          columns,
          numberedTypes: this.numberedTypes,
          rankByName: await this.ranks(),
        };
      }
    }
  }
}
