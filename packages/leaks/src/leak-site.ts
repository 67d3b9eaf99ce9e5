import { EDGE_TYPE, NODE_TYPE, type NodeView, SPECIAL_NAME } from '@heapstream/core';
import { findRetainingPaths, type HeapAnalysis, type RetainingStep } from '@heapstream/dominators';

/** Objects of a class that a site holds; fractions where several sites share them. */
export interface HeldObjects {
  readonly class: string;
  /** Whether the program wrote the class: its name says nothing then. */
  readonly isOfProgram: boolean;
  readonly count: number;
  /** Bytes, shallow. */
  readonly size: number;
}

export interface LeakSiteParts {
  readonly analysis: HeapAnalysis;
  /** The accumulation point, in the last snapshot. */
  readonly ordinal: number;
  /** Objects that it holds, one entry a snapshot. */
  readonly counts: readonly number[];
  /** Bytes that it holds, one entry a snapshot. */
  readonly sizes: readonly number[];
  /** Per round, on average. */
  readonly growth: { readonly count: number; readonly bytes: number };
  /** All that it holds (of several snapshots: what is new), however deep. By size, the largest first. */
  readonly held: readonly HeldObjects[];
  /** What it holds directly, by count. */
  readonly direct: readonly HeldObjects[];
  /** Whether objects were matched by id, so that growth is that of this very object. */
  readonly isMatched: boolean;
}

/** An object that accumulates, with what rules look at. */
export class LeakSite implements LeakSiteParts {
  readonly analysis: HeapAnalysis;
  readonly ordinal: number;
  readonly counts: readonly number[];
  readonly sizes: readonly number[];
  readonly growth: { readonly count: number; readonly bytes: number };
  readonly held: readonly HeldObjects[];
  readonly direct: readonly HeldObjects[];
  readonly isMatched: boolean;
  #steps: readonly RetainingStep[] | undefined;

  constructor(parts: LeakSiteParts) {
    this.analysis = parts.analysis;
    this.ordinal = parts.ordinal;
    this.counts = parts.counts;
    this.sizes = parts.sizes;
    this.growth = parts.growth;
    this.held = parts.held;
    this.direct = parts.direct;
    this.isMatched = parts.isMatched;
  }

  get node(): NodeView {
    return this.analysis.graph.node(this.ordinal);
  }

  /** Rounds that were seen: 0 for a single snapshot. */
  get rounds(): number {
    return this.counts.length - 1;
  }

  /** The shortest way from the roots; searched on first use. Empty where there is none. */
  get steps(): readonly RetainingStep[] {
    this.#steps ??= findRetainingPaths(this.analysis, this.ordinal).paths[0]?.steps ?? [];
    return this.#steps;
  }

  /** The last steps, up to a number, none before the last variable: what holds a variable is another matter. */
  lastSteps(count: number): readonly RetainingStep[] {
    const variable = this.steps.findLastIndex(({ edge }) => edge?.type === EDGE_TYPE.context);
    return this.steps.slice(Math.max(variable, this.steps.length - count, 0));
  }

  /** Share of the held bytes that classes of the runtime have of which this is true. */
  shareOf(isWanted: IsWanted): number {
    const all = sumOf(this.held, 'size');
    return all === 0 ? 0 : sumOf(ofRuntime(this.held, isWanted), 'size') / all;
  }

  /** Share of the objects held directly that are of such classes. */
  directShareOf(isWanted: IsWanted): number {
    const all = sumOf(this.direct, 'count');
    return all === 0 ? 0 : sumOf(ofRuntime(this.direct, isWanted), 'count') / all;
  }

  /** Objects of such classes, among all that is held. */
  countOf(isWanted: IsWanted): number {
    return sumOf(ofRuntime(this.held, isWanted), 'count');
  }

  /** Objects that are held, of any class. */
  get heldCount(): number {
    return sumOf(this.held, 'count');
  }
}

type IsWanted = (className: string) => boolean;

function ofRuntime(rows: readonly HeldObjects[], isWanted: IsWanted): HeldObjects[] {
  return rows.filter((row) => !row.isOfProgram && isWanted(row.class));
}

function sumOf(rows: readonly HeldObjects[], what: 'count' | 'size'): number {
  return rows.reduce((sum, row) => sum + row[what], 0);
}

/** What a program calls the class: the constructor, not the shape that stands for a plain object. */
export function constructorName(node: NodeView): string {
  return node.type === NODE_TYPE.object && node.rawName === SPECIAL_NAME.plainObject
    ? SPECIAL_NAME.plainObject
    : node.className;
}

/** Whether the node is a function's scope. */
export function isContext(node: NodeView): boolean {
  return node.rawName.startsWith(`${SPECIAL_NAME.systemPrefix}Context`);
}

/** Edges that programs write. */
export function isNamedByProgram(type: string): boolean {
  return type === EDGE_TYPE.property || type === EDGE_TYPE.context;
}
