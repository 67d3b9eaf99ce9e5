import type { HeapAnalysis } from '@heapstream/dominators';
import { isOfProgram } from './code-origin.js';
import { describeDirect } from './held-objects.js';
import { type HeldObjects, LeakSite } from './leak-site.js';

/** Classes looked at, those that grow most. */
const MAX_CLASSES = 20;
/** Share of a class's objects that one holder must have to be the place where they gather. */
const LEAST_SHARE = 0.3;

interface GrowingClass {
  readonly ordinals: Uint32Array;
  readonly name: string;
  readonly isOfProgram: boolean;
  readonly counts: readonly number[];
  readonly sizes: readonly number[];
}

/** Where the objects of classes that rise from each snapshot to the next gather: for snapshots whose ids tell nothing. */
export function growingClassSites(analyses: readonly HeapAnalysis[]): LeakSite[] {
  const analysis = analyses[analyses.length - 1];
  const rounds = analyses.length - 1;
  const byHolder = new Map<number, GrowingClass[]>();
  for (const grown of growingClasses(analyses).slice(0, MAX_CLASSES)) {
    const holder = commonHolder(analysis, grown.ordinals);
    if (holder === null) continue;
    const others = byHolder.get(holder);
    if (others) others.push(grown);
    else byHolder.set(holder, [grown]);
  }
  return [...byHolder].map(([ordinal, classes]) => {
    const counts = analyses.map((_, i) => classes[0].counts[i]);
    const sizes = analyses.map((_, i) => classes.reduce((sum, { sizes: all }) => sum + all[i], 0));
    const held: HeldObjects[] = classes.map(({ counts: all, isOfProgram, name, sizes: bytes }) => ({
      class: name,
      isOfProgram,
      count: all[rounds] - all[0],
      size: bytes[rounds] - bytes[0],
    }));
    return new LeakSite({
      analysis,
      ordinal,
      counts,
      sizes,
      growth: {
        count: (counts[rounds] - counts[0]) / rounds,
        bytes: (sizes[rounds] - sizes[0]) / rounds,
      },
      held,
      direct: describeDirect(analysis, ordinal, () => true),
      isMatched: false,
    });
  });
}

interface Row {
  readonly count: number;
  readonly size: number;
  readonly isOfProgram: boolean;
  readonly ordinals: () => Uint32Array;
}

/** By name and place, the largest growth of shallow sizes first. */
function growingClasses(analyses: readonly HeapAnalysis[]): GrowingClass[] {
  const tables = analyses.map((analysis) => {
    const rows = new Map<string, Row>();
    for (const row of analysis.classes()) {
      const { column, line, scriptName } = row.location ?? { scriptName: '', line: 0, column: 0 };
      const key = `${row.name}\n${scriptName}\n${line}\n${column}`;
      rows.set(key, {
        count: row.count,
        size: row.shallowSize,
        isOfProgram: isOfProgram(row.location),
        ordinals: () => row.ordinals(),
      });
    }
    return rows;
  });
  const grown: GrowingClass[] = [];
  for (const [key, { isOfProgram, ordinals }] of tables[tables.length - 1]) {
    const name = key.slice(0, key.indexOf('\n'));
    const counts = tables.map((rows) => rows.get(key)?.count ?? 0);
    const sizes = tables.map((rows) => rows.get(key)?.size ?? 0);
    const rises = counts.every((count, i) => i === 0 || count > counts[i - 1]);
    // `(compiled code)`, `(system)` and the like are the engine's
    if (rises && !name.startsWith('('))
      grown.push({ name, isOfProgram, counts, sizes, ordinals: ordinals() });
  }
  const gained = ({ sizes }: GrowingClass): number => sizes[sizes.length - 1] - sizes[0];
  return grown.sort((a, b) => gained(b) - gained(a) || (a.name < b.name ? -1 : 1));
}

/** The closest object that dominates a good part of them, past their own parts and other objects of few. */
function commonHolder({ columns, graph }: HeapAnalysis, ordinals: Uint32Array): number | null {
  const { dominatorByNode, shallowSizeByNode } = columns;
  let wave = ordinals;
  for (let depth = 0; depth < MAX_CLASSES; depth++) {
    const counts = new Map<number, number>();
    wave = wave.map((node) => dominatorByNode[node]);
    for (const node of wave) counts.set(node, (counts.get(node) ?? 0) + 1);
    let holder = graph.rootOrdinal;
    let most = 0;
    for (const [node, count] of counts) {
      if (count > most && shallowSizeByNode[node] > 0) [holder, most] = [node, count];
    }
    if (holder === graph.rootOrdinal && counts.has(holder) && counts.size === 1) return null;
    if (most >= ordinals.length * LEAST_SHARE && holder !== graph.rootOrdinal) return holder;
  }
  return null;
}
