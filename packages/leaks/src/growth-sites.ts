import { NODE_TYPE } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { describeDirect, describeHeld } from './held-objects.js';
import { NO_SLOT, type Survivors } from './kernels/match-survivors.js';
import { MAX_HUBS, type Share } from './kernels/share-growth.js';
import type { HeldTable } from './kernels/tabulate-held.js';
import { LeakSite } from './leak-site.js';

/** Survivors looked at for what they dominate. */
const MAX_KEEPERS = 64;
/** Share of what a keeper gained that must not be held by hubs; else those tell the story. */
const LEAST_UNCOVERED = 0.2;
/** Share of a keeper's new objects below one of them, from which that one is the accumulation point. */
const CONCENTRATED = 0.6;
const MAX_DESCENT = 8;
const ENGINE_TYPES = new Set<string>([NODE_TYPE.array, NODE_TYPE.hidden, NODE_TYPE.code]);
const PAIRED = new Set(['Map', 'WeakMap']);

/** Survivors that grow in every round. */
export interface Candidates {
  /** Slots of those with ever more edges. */
  readonly hubs: Uint32Array;
  /** Slots of those that alone hold ever more. */
  readonly keepers: Uint32Array;
}

/** Picks the survivors whose out-degree, or whose own share of the heap, rises from each snapshot to the next. */
export function chooseCandidates(tables: readonly HeldTable[], slotCount: number): Candidates {
  const hubs: number[] = [];
  const keepers: number[] = [];
  for (let slot = 0; slot < slotCount; slot++) {
    if (rises(tables, 'objectEdgesBySlot', slot) || rises(tables, 'valueEdgesBySlot', slot)) hubs.push(slot);
    if (rises(tables, 'sizeBySlot', slot)) keepers.push(slot);
  }
  const gained = (slot: number): number =>
    tables[tables.length - 1].sizeBySlot[slot] - tables[0].sizeBySlot[slot];
  const edgesGained = (slot: number): number => {
    const edges = edgesOf(tables, slot);
    return edges[edges.length - 1] - edges[0];
  };
  hubs.sort((a, b) => edgesGained(b) - edgesGained(a) || a - b);
  keepers.sort((a, b) => gained(b) - gained(a) || a - b);
  return {
    hubs: Uint32Array.from(hubs.slice(0, MAX_HUBS)),
    keepers: Uint32Array.from(keepers.slice(0, MAX_KEEPERS)),
  };
}

type Column = keyof HeldTable;

function rises(tables: readonly HeldTable[], column: Column, slot: number): boolean {
  for (let i = 1; i < tables.length; i++) {
    if (!(tables[i][column][slot] > tables[i - 1][column][slot])) return false;
  }
  return true;
}

function seriesOf(tables: readonly HeldTable[], column: Column, slot: number): number[] {
  return tables.map((table) => table[column][slot]);
}

/** Edges to objects, or, where these do not grow, to values. */
function edgesOf(tables: readonly HeldTable[], slot: number): number[] {
  const column = rises(tables, 'objectEdgesBySlot', slot) ? 'objectEdgesBySlot' : 'valueEdgesBySlot';
  return seriesOf(tables, column, slot);
}

export interface SiteInput {
  readonly analyses: readonly HeapAnalysis[];
  readonly survivors: Survivors;
  readonly tables: readonly HeldTable[];
  readonly candidates: Candidates;
  readonly sharesOfHubs: readonly Share[];
  readonly sharesOfKeepers: readonly Share[];
}

/** The sites that candidates stand for. */
export function growthSites(input: SiteInput): LeakSite[] {
  const { analyses, candidates, sharesOfHubs, sharesOfKeepers, survivors, tables } = input;
  const analysis = analyses[analyses.length - 1];
  const rounds = analyses.length - 1;
  const slotOfLast = survivors.slotByNode[rounds];
  const isNew = (node: number): boolean => slotOfLast[node] === NO_SLOT;

  const hubs = Array.from(candidates.hubs, (slot, i): LeakSite => {
    const ordinal = survivors.nodeBySlot[slot];
    const counts = edgesOf(tables, slot);
    const own = ownGrowth(analyses, ordinal);
    const direct = describeDirect(analysis, ordinal, isNew);
    // an entry of a Map has two edges
    const isPaired = PAIRED.has(analysis.graph.node(ordinal).className) && direct.length > 0;
    const added = isPaired ? direct[0].count : counts[rounds] - counts[0];
    return new LeakSite({
      analysis,
      ordinal,
      counts,
      sizes: seriesOf(tables, 'sizeBySlot', slot),
      growth: {
        count: added / rounds,
        bytes: (sharesOfHubs[i].size + own) / rounds,
      },
      held: describeHeld(analysis, sharesOfHubs[i].classes),
      direct,
      isMatched: true,
    });
  });

  const isHub = new Set(candidates.hubs);
  const keepers = Array.from(candidates.keepers, (slot, i): LeakSite | null => {
    if (isHub.has(slot)) return null;
    const keeper = survivors.nodeBySlot[slot];
    const sizes = seriesOf(tables, 'sizeBySlot', slot);
    const bytes = sharesOfKeepers[i].size + ownGrowth(analyses, keeper);
    if (bytes <= 0 || bytes < (sizes[rounds] - sizes[0]) * LEAST_UNCOVERED) return null;
    const counts = seriesOf(tables, 'countBySlot', slot);
    const held = describeHeld(analysis, sharesOfKeepers[i].classes);
    const { isChain, ordinal } = accumulationPoint(analysis, keeper, isNew);
    const ownClass = analysis.graph.node(ordinal).className;
    // what hangs on a chain is its links
    const direct = isChain
      ? held.filter(({ class: name }) => name === ownClass)
      : describeDirect(analysis, ordinal, isNew);
    const most = held.reduce((max, { class: name, count }) => (name === direct[0]?.class ? count : max), 0);
    return new LeakSite({
      analysis,
      ordinal,
      counts,
      sizes,
      growth: { count: (most || counts[rounds] - counts[0]) / rounds, bytes: bytes / rounds },
      held,
      direct,
      isMatched: true,
    });
  });
  return [...hubs, ...keepers].filter((site) => site !== null && !isTableOfNames(site)) as LeakSite[];
}

/** Texts that the engine lists by itself. */
function isTableOfNames({ held, node }: LeakSite): boolean {
  return node.type === NODE_TYPE.synthetic && held.every(({ class: name }) => name.startsWith('('));
}

/** By how much the object itself grew (an array of numbers does). */
function ownGrowth(analyses: readonly HeapAnalysis[], ordinal: number): number {
  const [first] = analyses;
  const last = analyses[analyses.length - 1];
  const before = first.graph.ordinalOfId(last.graph.columns.idByNode[ordinal]);
  return before === undefined ? 0 : Math.max(0, last.shallowSizeOf(ordinal) - first.shallowSizeOf(before));
}

/**
 * Where below (or above) a survivor its new objects gather. Upwards over a chain of its own class: a list that is added
 * to at its end. Downwards into a new object that dominates most of what is new, which is the "big drop" of Eclipse MAT:
 * a list that is copied whenever it grows; or to the head of a chain that is added to at its start.
 */
function accumulationPoint(
  analysis: HeapAnalysis,
  keeper: number,
  isNew: (node: number) => boolean,
): { ordinal: number; isChain: boolean } {
  const { classByNode } = analysis.columns;
  let point = keeper;
  for (;;) {
    const above = analysis.dominatorOf(point);
    if (above === point || classByNode[above] !== classByNode[point]) break;
    point = above;
  }
  if (point !== keeper) return { ordinal: point, isChain: true };

  const passed = new Map<number, number>();
  for (let depth = 0; depth < MAX_DESCENT; depth++) {
    const next = largestNew(analysis, point, isNew);
    if (next === null) break;
    const head = passed.get(classByNode[next]);
    if (head !== undefined) return { ordinal: head, isChain: true };
    passed.set(classByNode[next], next);
    point = next;
  }
  return { ordinal: point, isChain: false };
}

/** The new object right below that dominates most of what is new there. */
function largestNew(analysis: HeapAnalysis, holder: number, isNew: (node: number) => boolean): number | null {
  let largest = -1;
  let all = 0;
  for (const child of analysis.dominatedBy(holder)) {
    if (!isNew(child)) continue;
    all += analysis.retainedSizeOf(child);
    if (largest < 0) largest = child;
  }
  if (largest < 0 || analysis.retainedSizeOf(largest) < all * CONCENTRATED) return null;
  return ENGINE_TYPES.has(analysis.graph.node(largest).type) ? null : largest;
}
