import type { InterfaceDefinition } from '@heapstream/core';
import type { InterfacesOf, SnapshotDiff } from '@heapstream/diff';
import { collectAnswers, diffInEngine, type EngineAnswers } from './devtools-engine.js';
import type { EngineClassDiff, EngineSnapshot } from './engine-module.js';

/** What the Comparison view shows of a class. */
export type DiffFigures = Pick<EngineClassDiff, (typeof DIFF_FIELDS)[number]>;

const DIFF_FIELDS = [
  'addedCount',
  'removedCount',
  'countDelta',
  'addedSize',
  'removedSize',
  'sizeDelta',
] as const;

export interface DiffComparison {
  /** Values held against each other and found equal. */
  readonly equal: number;
  /** Rows that differ because the engine lost objects of a class: see {@link LOST_ROWS_RULE}. */
  readonly excluded: readonly string[];
  /** What differs and no rule explains, as text. */
  readonly differences: readonly string[];
}

/**
 * Two groups that the engine prints by one key overwrite each other (`rows-of-one-name`), so the comparison lacks the
 * objects of one of them. Such a row differs as it must where ours is what all objects of that printed key come to.
 */
export const LOST_ROWS_RULE = 'rows-of-one-name';

/** The comparison of the engine by the interfaces of either, or none. Leaves both sorted by these. */
export function compareInEngine(
  base: EngineSnapshot,
  current: EngineSnapshot,
  interfaces: InterfacesOf,
): { diff: Map<string, EngineClassDiff>; definitions: InterfaceDefinition[] } {
  const source = { base, current, none: null }[interfaces];
  const definitions = JSON.parse(source?.interfaceDefinitions() ?? '[]') as InterfaceDefinition[];
  for (const snapshot of [base, current]) snapshot.applyInterfaceDefinitions(definitions);
  return { diff: diffInEngine(base, current), definitions };
}

/** Holds every row of ours against the engine's, both ways: a row that only one has differs. */
export function compareDiff(
  ours: SnapshotDiff,
  engine: ReadonlyMap<string, EngineClassDiff>,
  base: EngineSnapshot,
  current: EngineSnapshot,
): DiffComparison {
  const rows = new Map<string, DiffFigures>(ours.rows.map((row) => [row.key, row as DiffFigures]));
  let equal = 0;
  const excluded: string[] = [];
  const differences: string[] = [];
  let answers: readonly [EngineAnswers, EngineAnswers] | undefined;
  for (const key of new Set([...rows.keys(), ...engine.keys()])) {
    const row = rows.get(key);
    const engineRow = engine.get(key);
    const fields = DIFF_FIELDS.filter((field) => row?.[field] !== engineRow?.[field]);
    equal += DIFF_FIELDS.length - fields.length;
    if (fields.length === 0) continue;
    answers ??= [collectAnswers(base), collectAnswers(current)];
    if (isLostRow(key, row, answers)) excluded.push(key);
    else {
      const values = fields.map((field) => `${field} ours ${row?.[field]}, DevTools ${engineRow?.[field]}`);
      differences.push(`${JSON.stringify(key)}: ${values.join('; ')}`);
    }
  }
  return { equal, excluded, differences };
}

function isLostRow(
  key: string,
  row: DiffFigures | undefined,
  [base, current]: readonly [EngineAnswers, EngineAnswers],
): boolean {
  if (!base.collidingClassKeys.has(key) && !current.collidingClassKeys.has(key)) return false;
  const merged = mergedRow(key, base, current);
  if (row === undefined) return merged.addedCount === 0 && merged.removedCount === 0;
  return DIFF_FIELDS.every((field) => row[field] === merged[field]);
}

/** All objects of a printed key, matched by id: what the row should have been. */
function mergedRow(key: string, base: EngineAnswers, current: EngineAnswers): DiffFigures {
  const before = membersOf(key, base);
  const after = membersOf(key, current);
  const added = [...after].filter(([id]) => !before.has(id));
  const removed = [...before].filter(([id]) => !after.has(id));
  const [addedSize, removedSize] = [added, removed].map((list) =>
    list.reduce((sum, [, size]) => sum + size, 0),
  );
  return {
    addedCount: added.length,
    removedCount: removed.length,
    countDelta: added.length - removed.length,
    addedSize,
    removedSize,
    sizeDelta: addedSize - removedSize,
  };
}

/** id → bytes of the members that count */
function membersOf(key: string, { nodes }: EngineAnswers): Map<number, number> {
  const members = new Map<number, number>();
  for (let ordinal = 0; ordinal < nodes.nodeCount; ordinal++) {
    if (nodes.classKeyByNode[ordinal] !== key || nodes.shallowSizeByNode[ordinal] === 0) continue;
    members.set(nodes.idByNode[ordinal], nodes.shallowSizeByNode[ordinal]);
  }
  return members;
}
