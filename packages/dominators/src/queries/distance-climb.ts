import { rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { RETAINER_NODE } from '../kernels/retainers.js';
import { NO_EDGE, type PathEdges, type Way } from './path-edges.js';

/** Retainers that are read together: a page of an index file. */
const ENTRIES_PER_READ = 4096;

/** Nodes that lead nowhere, after which a climb gives up. */
const MOST_DEAD_ENDS = 1000;

const NOTHING: ReadonlySet<number> = new Set();

/**
 * The shortest ways up, as distances tell them: from each node to the first retainer in file order that is one edge
 * nearer. What is found is kept; of the retainers of a hub only those up to the first that serves are looked at.
 */
export class DistanceClimb {
  readonly #analysis: HeapAnalysis;
  readonly #edges: PathEdges;
  readonly #nearerByNode = new Map<number, NearerRetainers>();

  constructor(analysis: HeapAnalysis, edges: PathEdges) {
    this.#analysis = analysis;
    this.#edges = edges;
  }

  /**
   * The way from a start down to `node`, which holds `below` on the path; not over nodes that are to be avoided.
   * `undefined` where every way would come to one of them, or needs edges that distances do not count, or where it
   * takes long to find one.
   */
  wayTo(node: number, below: number = NO_NODE, avoided: ReadonlySet<number> = NOTHING): Way | undefined {
    const visited = new Set([node]);
    const nodes = [node];
    const edges: number[] = [];
    const tried = [0];
    for (let deadEnds = 0; nodes.length > 0 && deadEnds < MOST_DEAD_ENDS; ) {
      const at = nodes.length - 1;
      if (this.isStart(nodes[at])) return { nodes: nodes.reverse(), edges: [NO_EDGE, ...edges.reverse()] };
      const nearer = this.#nearerOf(nodes[at]);
      const turn = tried[at]++;
      if (!this.#find(nearer, turn)) {
        deadEnds++;
        nodes.pop();
        edges.pop();
        tried.pop();
        continue;
      }
      const source = nearer.sources[turn];
      if (visited.has(source) || avoided.has(source)) continue;
      const next = at > 0 ? nodes[at - 1] : below;
      if (next !== NO_NODE && this.#edges.isDetour(source, nodes[at], next)) continue;
      visited.add(source);
      nodes.push(source);
      edges.push(nearer.edges[turn]);
      tried.push(0);
    }
    return undefined;
  }

  /** Whether a way may begin at the node. */
  isStart(node: number): boolean {
    return node === this.#analysis.graph.rootOrdinal || this.#distanceOf(node) === 1;
  }

  #nearerOf(node: number): NearerRetainers {
    const known = this.#nearerByNode.get(node);
    if (known !== undefined) return known;
    const firsts = rowsOf(this.#analysis.columns, 'firstRetainerByNode', node, node + 2);
    const nearer: NearerRetainers = {
      node,
      wanted: this.#distanceOf(node) - 1,
      entry: firsts[node],
      end: firsts[node + 1],
      last: NO_NODE,
      sources: [],
      edges: [],
    };
    this.#nearerByNode.set(node, nearer);
    return nearer;
  }

  /** Looks for nearer retainers until the one with that number is found; false where there are fewer. */
  #find(nearer: NearerRetainers, number: number): boolean {
    while (nearer.sources.length <= number) {
      if (nearer.entry === nearer.end) return false;
      this.#findNext(nearer);
    }
    return true;
  }

  /** Goes on to the next nearer retainer, or to the end of what is read together. */
  #findNext(nearer: NearerRetainers): void {
    const { edges, node, sources, wanted } = nearer;
    const end = Math.min(nearer.end, nearer.entry + ENTRIES_PER_READ);
    const entries = rowsOf(this.#analysis.columns, 'retainerEntries', nearer.entry, end);
    while (nearer.entry < end) {
      const source = entries[nearer.entry++] & RETAINER_NODE;
      if (source === nearer.last) continue;
      nearer.last = source;
      if (this.#distanceOf(source) !== wanted) continue;
      const edge = this.#edges.between(source, node);
      if (edge === NO_EDGE) continue;
      sources.push(source);
      edges.push(edge);
      return;
    }
  }

  #distanceOf(node: number): number {
    return rowsOf(this.#analysis.columns, 'distanceByNode', node)[node];
  }
}

/** The retainers of a node that are one edge nearer to the roots, in file order, as far as they were looked for. */
interface NearerRetainers {
  readonly node: number;
  /** Their distance. */
  readonly wanted: number;
  /** The first entry of the retainers that was not looked at yet, and the end of them. */
  entry: number;
  readonly end: number;
  /** The source of the entry before: in file order the entries of one source stand together. */
  last: number;
  readonly sources: number[];
  /** The edge from each of them. */
  readonly edges: number[];
}

/** No node holds nothing: at the object that a path leads to. */
const NO_NODE = -1;
