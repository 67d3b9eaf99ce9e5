import { EDGE_TYPE, EdgeView, NodeView } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { BASE_SYSTEM_DISTANCE } from '../kernels/distances.js';
import { DistanceClimb } from './distance-climb.js';
import { PathCosts } from './path-costs.js';
import { NO_EDGE, PathEdges, type Way } from './path-edges.js';
import { PathSearch } from './path-search.js';
import { explainWeakMapEdge } from './weak-map-entry.js';

export interface RetainingPathOptions {
  /** Paths wanted at most. Default 1. */
  readonly count?: number;
  /** Edges of a path at most. Default: no limit; a linked list makes long ones. */
  readonly maxLength?: number;
  /**
   * What the search for each path after the first looks at before it gives up and takes the best that it can tell: edges,
   * of which an object counts for 16. Default: 50,000, some hundredths of a second.
   */
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
  /** False where the search for a path after the first gave up at `maxWork`: there may be more, and cheaper ones. */
  readonly isComplete: boolean;
}

/**
 * The shortest way by which the roots hold an object, and others that show something else. Never over weak edges; the
 * value of a WeakMap's entry is held by its key.
 *
 * The first path is as long as the object's distance says, where edges lead that far, and costs the in-degrees along it:
 * of an object that millions hold, the retainers up to the first that is nearer. For each further path the edges of
 * those before cost extra, and so, a little less, do edges that read the same: another index, or another closure of the
 * same kind. What every path goes over costs all the same, so the paths part where they can. Paths that only put edges of
 * earlier ones together anew may be left out.
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

/** How often edges of earlier paths get dearer, when one of these came back. */
const RAISES = 2;
const DEFAULT_WORK = 50_000;

class PathSearches {
  isComplete = true;
  readonly #analysis: HeapAnalysis;
  readonly #ordinal: number;
  readonly #count: number;
  readonly #maxLength: number;
  readonly #maxWork: number;
  readonly #edges: PathEdges;
  readonly #climb: DistanceClimb;
  readonly #costs: PathCosts;
  readonly #found: Way[] = [];
  /** The paths found, as text. */
  readonly #known = new Set<string>();

  constructor(analysis: HeapAnalysis, ordinal: number, options: RetainingPathOptions) {
    this.#analysis = analysis;
    this.#ordinal = ordinal;
    this.#count = options.count ?? 1;
    this.#maxLength = options.maxLength ?? Number.POSITIVE_INFINITY;
    this.#maxWork = options.maxWork ?? DEFAULT_WORK;
    this.#edges = new PathEdges(analysis);
    this.#climb = new DistanceClimb(analysis, this.#edges);
    this.#costs = new PathCosts(analysis);
  }

  run(): RetainingPath[] {
    const first = this.#shortest();
    if (first !== undefined) this.#keep(first);
    for (let raises = 0; first !== undefined && this.#found.length < this.#count; ) {
      const way = this.#search(this.#maxWork);
      if (way === undefined) break;
      if (this.#keep(way)) continue;
      if (++raises > RAISES) break;
      this.#costs.raise();
    }
    return this.#found.sort((a, b) => this.#rankOf(a) - this.#rankOf(b)).map((way) => this.#view(way));
  }

  #shortest(): Way | undefined {
    const way = this.#climb.wayTo(this.#ordinal);
    if (way !== undefined && this.#isShort(way)) return way;
    return this.#search(Number.POSITIVE_INFINITY) ?? this.#searchOverTables();
  }

  #searchOverTables(): Way | undefined {
    this.#edges.takesTables = true;
    return this.#search(Number.POSITIVE_INFINITY);
  }

  #search(maxWork: number): Way | undefined {
    const search = new PathSearch({
      analysis: this.#analysis,
      edges: this.#edges,
      climb: this.#climb,
      costs: this.#costs,
      ordinal: this.#ordinal,
      maxWork,
      maxLength: this.#maxLength,
      // the cheapest one, known already, tells that edges must get dearer
      isFit: (way, isCheapest) => this.#isShort(way) && (isCheapest || !this.#known.has(textOf(way))),
    });
    const way = search.find();
    if (search.isCut) this.isComplete = false;
    return way;
  }

  /** Whether the path, from the root where that holds the start, is not too long. */
  #isShort(way: Way): boolean {
    if (way.nodes.length < this.#maxLength) return true;
    return this.#nodesWithRoot(way) - 1 <= this.#maxLength;
  }

  /** Whether the path is new. */
  #keep(way: Way): boolean {
    const text = textOf(way);
    if (this.#known.has(text)) return false;
    this.#known.add(text);
    this.#costs.addUsed(way);
    this.#found.push(way);
    return true;
  }

  #view({ edges, nodes }: Way): RetainingPath {
    const { rootOrdinal } = this.#analysis.graph;
    const fromRoot = this.#edges.fromRoot(nodes[0]);
    const steps = nodes.map((node, i) => this.#step(node, i === 0 ? fromRoot : edges[i]));
    return { steps: fromRoot === NO_EDGE ? steps : [this.#step(rootOrdinal, NO_EDGE), ...steps] };
  }

  #step(node: number, edgeOrdinal: number): RetainingStep {
    const { graph } = this.#analysis;
    const edge = edgeOrdinal === NO_EDGE ? null : new EdgeView(graph, edgeOrdinal);
    const explanation = edge && explainWeakMapEdge(this.#analysis, edge);
    return { edge, node: new NodeView(graph, node), explanation };
  }

  /** Its length below the root, which may hold the start only weakly; behind all others where that is no user root. */
  #rankOf({ nodes }: Way): number {
    const startsAtUserRoot = this.#analysis.distanceOf(nodes[0]) === 1;
    return nodes.length + (startsAtUserRoot ? 0 : BASE_SYSTEM_DISTANCE);
  }

  #nodesWithRoot({ nodes }: Way): number {
    return nodes.length + (this.#edges.fromRoot(nodes[0]) === NO_EDGE ? 0 : 1);
  }
}

function textOf({ nodes }: Way): string {
  return nodes.join();
}
