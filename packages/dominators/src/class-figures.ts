import { type ClassIdentity, compareText } from '@heapstream/core';
import type { ClassTable } from './kernels/class-table.js';
import { UNREACHED } from './kernels/distances.js';

/** A class and the figures over its objects that take memory: a row of the Summary. */
export interface ClassFigures extends ClassIdentity {
  /** Objects whose shallow size is above 0. */
  readonly count: number;
  /** Bytes of these objects. */
  readonly shallowSize: number;
  /** Bytes that would be freed with all of them: what one object of the class holds of another is counted once. */
  readonly retainedSize: number;
  /** The smallest distance; `null` if any of them is reached by nothing. */
  readonly distance: number | null;
}

/**
 * The classes that have objects with a shallow size above 0, each as what `toRow` makes of its figures and its ordinal;
 * the largest retained size first, then by name and key.
 */
export function listClasses<Row extends ClassFigures>(
  classes: readonly ClassIdentity[],
  table: ClassTable,
  toRow: (figures: ClassFigures, classOrdinal: number) => Row,
): Row[] {
  const { countByClass, distanceByClass, retainedSizeByClass, shallowSizeByClass } = table;
  const rows: Row[] = [];
  classes.forEach(({ key, location, name }, classOrdinal) => {
    if (countByClass[classOrdinal] === 0) return;
    const distance = distanceByClass[classOrdinal];
    const figures: ClassFigures = {
      key,
      name,
      location,
      count: countByClass[classOrdinal],
      shallowSize: shallowSizeByClass[classOrdinal],
      retainedSize: retainedSizeByClass[classOrdinal],
      distance: distance === UNREACHED ? null : distance,
    };
    rows.push(toRow(figures, classOrdinal));
  });
  return rows.sort(
    (a, b) => b.retainedSize - a.retainedSize || compareText(a.name, b.name) || compareText(a.key, b.key),
  );
}
