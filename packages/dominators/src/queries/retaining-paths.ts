import { EDGE_TYPE, EdgeView, type HeapGraph, NodeView, OrdinalSet, rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { BASE_SYSTEM_DISTANCE, UNREACHED } from '../kernels/distances.js';
import { RETAINER_NODE } from '../kernels/retainers.js';
import { PathQueue } from './path-queue.js';
import { explainWeakMapEdge, weakMapEntryOf } from './weak-map-entry.js';

export interface RetainingPathOptions {
  /** Paths wanted at most. Default 1. */
  readonly count?: number;
  /** Edges of a path at most. Default: no limit; a linked list makes long ones. */
  readonly maxLength?: number;
  /** Edges looked at for each path after the first before its search gives up. Default: 2 million, about a tenth of a second. */
  readonly maxWork?: number;
}

/** One object on the way, and the edge by which the one before holds it. */
export interface RetainingStep {
  /** `null` at the start of the path. */
  readonly edge: EdgeView | null;
  readonly node: NodeView;
  /** What the edge means, where its name alone would not tell: `value of key Foo @5 in WeakMap @9`. */
  readonly explanation: string | null;
}

/** From the root, or a user root that the root holds only weakly, down to the object. */
export interface RetainingPath {
  readonly steps: readonly RetainingStep[];
}

/**
 * Why an object has no path: it is garbage that was not collected yet, held by nothing at all (`nothing`), by weak edges
 * only (`weak`) or by other garbage only (`garbage`); or all its paths are longer than asked for (`too-long`).
 */
export type NoPathReason = 'nothing' | 'weak' | 'garbage' | 'too-long';

export interface RetainingPaths {
  /** The nearest to the user roots first, then those that only the system holds. */
  readonly paths: readonly RetainingPath[];
  /** `null` where there is a path. */
  readonly reason: NoPathReason | null;
  /** False where the search for more paths gave up at `maxWork`. */
  readonly isComplete: boolean;
}

/**
 * The shortest way by which the roots hold an object, and others that show something else. Never over weak edges; the
 * value of a WeakMap's entry is held by its key.
 *
 * A best-first search upwards from the object, guided by the distances that are known (A*: P. Hart, N. Nilsson,
 * B. Raphael, 1968): the first path costs the in-degrees along it. For each further path the edges of those before cost
 * extra, and so, a little less, do edges that read the same: another index, or another closure of the same kind. What
 * every path goes over costs all the same, so the paths part where they can. Paths that only put edges of earlier ones
 * together anew may be left out.
 */
export function findRetainingPaths(
  analysis: HeapAnalysis,
  ordinal: number,
  options: RetainingPathOptions = {},
): RetainingPaths {
  if (analysis.distanceOf(ordinal) === null) {
    return { paths: [], reason: whyUnreached(analysis, ordinal), isComplete: true };
  }
  const search = new PathSearches(analysis, ordinal, options);
  const paths = search.run();
  return { paths, reason: paths.length > 0 ? null : 'too-long', isComplete: search.isComplete };
}

function whyUnreached(analysis: HeapAnalysis, ordinal: number): NoPathReason {
  let reason: NoPathReason = 'nothing';
  for (const { edge, node } of analysis.retainersOf(ordinal)) {
    if (node.ordinal === ordinal) continue;
    if (edge.type !== EDGE_TYPE.weak) return 'garbage';
    reason = 'weak';
  }
  return reason;
}

/** Of parallel edges the one that says most. */
const TELLING_EDGE_TYPES: readonly string[] = [
  EDGE_TYPE.property,
  EDGE_TYPE.context,
  EDGE_TYPE.element,
  EDGE_TYPE.internal,
  EDGE_TYPE.shortcut,
  EDGE_TYPE.hidden,
];
const NO_EDGE = -1;
const NUMBERED_NAME = /^\d/;

/** What an edge of an earlier path costs more, and one that reads like such an edge: in edges that would be new. */
const COST_OF_SAME = 7;
const COST_OF_ALIKE = 6;
/** How much dearer the former gets when an earlier path came back, cheaper than any that is new; and how often. */
const RAISE = 512;
const RAISES = 2;
/** What it costs to start at the root instead of a user root, once the nearest path is known. */
const COST_OF_SYSTEM = 20;

interface FoundPath {
  /** From the start down to the object. */
  readonly nodes: readonly number[];
  /** The edge to each node; none to the first. */
  readonly edges: readonly number[];
}

class PathSearches {
  isComplete = true;
  readonly #analysis: HeapAnalysis;
  readonly #graph: HeapGraph;
  readonly #ordinal: number;
  readonly #count: number;
  readonly #maxLength: number;
  readonly #maxWork: number;
  readonly #found: FoundPath[] = [];
  /** Edges of the paths found, how they read, and the paths themselves. */
  readonly #usedEdges = new Set<number>();
  readonly #usedReadings = new Set<string>();
  /** The classes at both ends of these edges, as one number: what is not among them needs no reading. */
  readonly #usedClassPairs = new Set<number>();
  readonly #usedPaths = new Set<string>();
  #takesTables = false;
  #work = 0;
  #raise = 1;

  constructor(analysis: HeapAnalysis, ordinal: number, options: RetainingPathOptions) {
    this.#analysis = analysis;
    this.#graph = analysis.graph;
    this.#ordinal = ordinal;
    this.#count = options.count ?? 1;
    this.#maxLength = options.maxLength ?? Number.POSITIVE_INFINITY;
    this.#maxWork = options.maxWork ?? 2_000_000;
  }

  run(): RetainingPath[] {
    for (let raises = 0; this.#found.length < this.#count; ) {
      const path = this.#search() ?? this.#searchOverTables();
      if (path === undefined) break;
      if (this.#keep(path)) continue;
      if (++raises > RAISES) break;
      this.#raise *= RAISE;
    }
    return this.#found
      .sort((a, b) => this.#costOfPath(a) - this.#costOfPath(b))
      .map((path) => this.#view(path));
  }

  /** For odd files only, where the key of a WeakMap's entry is not held: the table holds the value then. */
  #searchOverTables(): FoundPath | undefined {
    if (this.#found.length > 0) return undefined;
    this.#takesTables = true;
    return this.#search();
  }

  /** The cheapest path as costs are now; `undefined` if there is none, or the search takes too long. */
  #search(): FoundPath | undefined {
    const queue = new PathQueue();
    const settled = new OrdinalSet(this.#graph.nodeCount);
    const isFirst = this.#found.length === 0;
    this.#work = 0;
    queue.add(this.#ordinal, NO_EDGE, 0, 0);
    for (let entry = queue.takeBest(); entry !== undefined; entry = queue.takeBest()) {
      const node = queue.nodeOf(entry);
      if (settled.has(node) || !this.#pay(queue, entry)) continue;
      settled.add(node);
      if (this.#isStart(node)) {
        const path = this.#pathOf(queue, entry);
        if (path.nodes.length - 1 <= this.#maxLength) return path;
        continue;
      }
      if (!isFirst && this.#work > this.#maxWork) {
        this.isComplete = false;
        return undefined;
      }
      if (queue.lengthOf(entry) >= this.#maxLength) continue;
      this.#forEachSource(node, (source) => {
        const distance = this.#distanceOf(source);
        if (distance === UNREACHED || settled.has(source)) return;
        queue.add(source, entry, queue.costSoFar(entry) + 1, this.#costAbove(distance));
      });
    }
    return undefined;
  }

  /**
   * Finds the edge by which the entry's node holds the one below, and goes on if it costs no more than an edge must. If
   * it does, the entry goes back into the queue at its price; if there is no such edge, or it tells nothing new, it is
   * dropped.
   */
  #pay(queue: PathQueue, entry: number): boolean {
    const below = queue.entryBelow(entry);
    if (below === NO_EDGE || queue.edgeOf(entry) !== NO_EDGE) return true;
    const edge = this.#edgeBetween(queue.nodeOf(entry), queue.nodeOf(below));
    if (edge === NO_EDGE) return false;
    if (this.#isDetour(queue, entry)) return false;
    queue.setEdge(entry, edge);
    const extra = this.#extraCostOf(edge, queue.nodeOf(entry));
    if (extra === 0) return true;
    queue.putBack(entry, extra);
    return false;
  }

  /** Whether the node holds an object through a part of its own (its elements, say) that it also holds directly. */
  #isDetour(queue: PathQueue, entry: number): boolean {
    const part = queue.entryBelow(entry);
    const below = queue.entryBelow(part);
    if (below === NO_EDGE || !this.#isOwnedPart(queue.nodeOf(part))) return false;
    return this.#edgeBetween(queue.nodeOf(entry), queue.nodeOf(below)) !== NO_EDGE;
  }

  /** Whether the node's size counts with that of the object it belongs to. */
  #isOwnedPart(node: number): boolean {
    if (this.#analysis.shallowSizeOf(node) > 0) return false;
    return rowsOf(this.#graph.columns, 'selfSizeByNode', node)[node] > 0;
  }

  #extraCostOf(edge: number, source: number): number {
    if (this.#usedEdges.has(edge)) return COST_OF_SAME * this.#raise;
    if (this.#usedClassPairs.size === 0) return 0;
    if (!this.#usedClassPairs.has(this.#classPairOf(edge, source))) return 0;
    return this.#usedReadings.has(this.#readingOf(edge, source)) ? COST_OF_ALIKE : 0;
  }

  /** At least what is left from a node of this distance. */
  #costAbove(distance: number): number {
    if (distance < BASE_SYSTEM_DISTANCE || this.#found.length === 0) return distance;
    return distance - BASE_SYSTEM_DISTANCE + COST_OF_SYSTEM;
  }

  /** Whether the path is new and not too long. */
  #keep(path: FoundPath): boolean {
    const { edges, nodes } = path;
    const key = nodes.join();
    if (this.#usedPaths.has(key)) return false;
    this.#usedPaths.add(key);
    edges.forEach((edge, i) => {
      if (edge === NO_EDGE) return;
      this.#usedEdges.add(edge);
      this.#usedReadings.add(this.#readingOf(edge, nodes[i - 1]));
      this.#usedClassPairs.add(this.#classPairOf(edge, nodes[i - 1]));
    });
    this.#found.push(path);
    return true;
  }

  /** The nodes with edges to `node`, each once. */
  #forEachSource(node: number, visit: (source: number) => void): void {
    const entries = this.#analysis.retainerEntriesOf(node);
    this.#work += entries.length;
    let last = NO_EDGE;
    for (let i = 0; i < entries.length; i++) {
      const source = entries[i] & RETAINER_NODE;
      if (source === last) continue;
      last = source;
      visit(source);
    }
  }

  /** The edge that says most of those by which `source` keeps `target` alive. */
  #edgeBetween(source: number, target: number): number {
    const { end, first } = this.#graph.edgeRangeOf(source);
    const targetByEdge = rowsOf(this.#graph.columns, 'targetByEdge', first, end);
    this.#work += end - first;
    let best = NO_EDGE;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let edge = first; edge < end; edge++) {
      if (targetByEdge[edge] !== target) continue;
      const rank = this.#rankOf(edge, source);
      if (rank >= bestRank) continue;
      best = edge;
      bestRank = rank;
    }
    return best;
  }

  /** Infinite for edges that do not keep their target alive. */
  #rankOf(edge: number, source: number): number {
    const view = new EdgeView(this.#graph, edge);
    if (view.type === EDGE_TYPE.weak) return Number.POSITIVE_INFINITY;
    const entry = weakMapEntryOf(view);
    const isTablesSide = entry !== null && entry.tableId === this.#graph.node(source).id;
    if (isTablesSide && !this.#takesTables) return Number.POSITIVE_INFINITY;
    const rank = TELLING_EDGE_TYPES.indexOf(view.type);
    return rank < 0 ? TELLING_EDGE_TYPES.length : rank;
  }

  /** The edge without what tells one element or object from another: its type, its name unless a number, the classes. */
  #readingOf(edge: number, source: number): string {
    const view = new EdgeView(this.#graph, edge);
    const isNumbered = view.hasNumericName || NUMBERED_NAME.test(String(view.name));
    const name = isNumbered ? '' : rowsOf(this.#graph.columns, 'nameByEdge', edge)[edge];
    return `${this.#classOf(source)} ${view.type} ${name} ${this.#classOf(view.target)}`;
  }

  #classPairOf(edge: number, source: number): number {
    const target = rowsOf(this.#graph.columns, 'targetByEdge', edge)[edge];
    return this.#classOf(source) * this.#graph.classes.classes.length + this.#classOf(target);
  }

  #classOf(node: number): number {
    return rowsOf(this.#analysis.columns, 'classByNode', node)[node];
  }

  /** {@link UNREACHED} where nothing reaches it. */
  #distanceOf(node: number): number {
    return rowsOf(this.#analysis.columns, 'distanceByNode', node)[node];
  }

  #isStart(node: number): boolean {
    return node === this.#graph.rootOrdinal || this.#distanceOf(node) === 1;
  }

  #pathOf(queue: PathQueue, start: number): FoundPath {
    const { rootOrdinal } = this.#graph;
    const nodes: number[] = [];
    const edges: number[] = [];
    let edge = NO_EDGE;
    if (queue.nodeOf(start) !== rootOrdinal) {
      edge = this.#edgeBetween(rootOrdinal, queue.nodeOf(start));
      if (edge !== NO_EDGE) {
        nodes.push(rootOrdinal);
        edges.push(NO_EDGE);
      }
    }
    for (let entry = start; entry !== NO_EDGE; entry = queue.entryBelow(entry)) {
      nodes.push(queue.nodeOf(entry));
      edges.push(edge);
      edge = queue.edgeOf(entry);
    }
    return { nodes, edges };
  }

  #view({ edges, nodes }: FoundPath): RetainingPath {
    const steps = nodes.map((node, i) => {
      const edge = edges[i] === NO_EDGE ? null : new EdgeView(this.#graph, edges[i]);
      const explanation = edge && explainWeakMapEdge(this.#analysis, edge);
      return { edge, node: new NodeView(this.#graph, node), explanation };
    });
    return { steps };
  }

  /** Its length, behind all others where it does not begin at a user root. */
  #costOfPath({ nodes }: FoundPath): number {
    const startsAtUserRoot = nodes.slice(0, 2).some((node) => this.#distanceOf(node) === 1);
    return nodes.length + (startsAtUserRoot ? 0 : BASE_SYSTEM_DISTANCE);
  }
}
