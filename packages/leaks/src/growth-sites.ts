import { NODE_TYPE, type NodeView } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { type Candidates, edgesOf, seriesOf } from './choose-candidates.js';
import { runtimeClassOf } from './code-origin.js';
import { describeDirect, describeHeld } from './held-objects.js';
import { NO_SLOT, type Survivors } from './kernels/match-survivors.js';
import type { Share } from './kernels/share-growth.js';
import type { HeldTable } from './kernels/tabulate-held.js';
import { type HeldObjects, LeakSite } from './leak-site.js';

/** Share of what a keeper gained that must not be held by hubs; else those tell the story. */
const LEAST_UNCOVERED = 0.2;
/** Share of a keeper's new objects below one of them, from which that one is the accumulation point. */
const CONCENTRATED = 0.6;
const MAX_DESCENT = 8;
const ENGINE_TYPES = new Set<string>([NODE_TYPE.array, NODE_TYPE.hidden, NODE_TYPE.code]);
const PAIRED = new Set(['Map', 'WeakMap']);

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
    const edgesAdded = counts[rounds] - counts[0];
    const added = isPaired(analysis.graph.node(ordinal), direct) ? direct[0].count : edgesAdded;
    return new LeakSite({
      analysis,
      ordinal,
      counts: counts.map((edges) => Math.round((edges * added) / edgesAdded)),
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

  const keepers = candidates.keepers.map((slots, i): LeakSite | null => {
    // of a group the one that gained most stands for all
    const keeper = survivors.nodeBySlot[slots[0]];
    const sizes = sumOfSeries(tables, 'sizeBySlot', slots);
    const own = slots.reduce((sum, slot) => sum + ownGrowth(analyses, survivors.nodeBySlot[slot]), 0);
    const bytes = sharesOfKeepers[i].size + own;
    if (bytes <= 0 || bytes < (sizes[rounds] - sizes[0]) * LEAST_UNCOVERED) return null;
    const counts = sumOfSeries(tables, 'countBySlot', slots);
    const held = describeHeld(analysis, sharesOfKeepers[i].classes);
    // of a group whose edges grow, one object may have gained a single one: that is not where it gathers
    const edges = sumOfSeries(tables, 'objectEdgesBySlot', slots);
    const isHolder = slots.length > 1 && edges[rounds] > edges[0];
    const { isChain, ordinal } = isHolder
      ? { isChain: false, ordinal: keeper }
      : accumulationPoint(analysis, keeper, isNew);
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

/** Whether each entry has two edges: those of maps, and the values of dictionaries, which have a text as their key. */
function isPaired(node: NodeView, direct: readonly HeldObjects[]): boolean {
  if (direct.length === 0) return false;
  const isDictionary = direct.length > 1 && direct[1].count === direct[0].count;
  return (
    PAIRED.has(runtimeClassOf(node)) ||
    (isDictionary && direct.every(({ class: name }) => name.startsWith('(')))
  );
}

function sumOfSeries(tables: readonly HeldTable[], column: keyof HeldTable, slots: Uint32Array): number[] {
  return tables.map((table) => slots.reduce((sum, slot) => sum + table[column][slot], 0));
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
