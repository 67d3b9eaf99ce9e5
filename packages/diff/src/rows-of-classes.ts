import type { ClassIdentity } from '@heapstream/core';
import type { Side } from './prepare-sides.js';

/** The classes of several snapshots, each once. */
export interface RowTable {
  /** row → the class, as the last snapshot that has it tells */
  readonly identities: readonly ClassIdentity[];
  /** snapshot → row → the class in it, -1 where it has none */
  readonly classByRow: readonly Int32Array[];
  /** snapshot → what `objects.classByObject` stands for → row */
  readonly rowByGroup: readonly Uint32Array[];
}

const NO_CLASS = -1;

export function tabulateRows(sides: readonly Side[]): RowTable {
  const rowByKey = new Map<string, number>();
  const identities: ClassIdentity[] = [];
  const rowByClass = sides.map(({ classes }) =>
    Uint32Array.from(classes, (identity) => {
      const row = rowByKey.get(identity.key) ?? identities.length;
      rowByKey.set(identity.key, row);
      identities[row] = identity;
      return row;
    }),
  );
  const classByRow = rowByClass.map((rows) => {
    const classes = new Int32Array(identities.length).fill(NO_CLASS);
    rows.forEach((row, position) => {
      classes[row] = position;
    });
    return classes;
  });
  const rowByGroup = sides.map(({ classByGroup }, i) =>
    Uint32Array.from(classByGroup, (position) => rowByClass[i][position]),
  );
  return { identities, classByRow, rowByGroup };
}

export interface RowFigures {
  readonly count: number;
  /** Bytes. */
  readonly shallowSize: number;
  /** Bytes; `null` where a stored digest cannot tell. */
  readonly retainedSize: number | null;
}

const NOTHING: RowFigures = { count: 0, shallowSize: 0, retainedSize: 0 };

/** What one snapshot has in a row. */
export function figuresOf(
  table: RowTable,
  sides: readonly Side[],
  snapshot: number,
  row: number,
): RowFigures {
  const position = table.classByRow[snapshot][row];
  if (position === NO_CLASS) return NOTHING;
  const { countByClass, retainedSizeByClass, shallowSizeByClass } = sides[snapshot];
  const retainedSize = retainedSizeByClass[position];
  return {
    count: countByClass[position],
    shallowSize: shallowSizeByClass[position],
    retainedSize: Number.isNaN(retainedSize) ? null : retainedSize,
  };
}
