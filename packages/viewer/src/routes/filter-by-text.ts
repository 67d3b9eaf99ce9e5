import type { TextFilter } from '../lists/text-filter.js';
import type { TaskRunner } from '../task-runner.js';

/** The rows whose text meets the filter, as a new array. For lists that have a row a class. */
export async function filterByText<Row>(
  tasks: TaskRunner,
  rows: readonly Row[],
  filter: TextFilter | null,
  textOf: (row: Row) => string,
): Promise<Row[]> {
  if (filter === null) return [...rows];
  const isMatch = await tasks.runFilter(
    'matchTexts',
    { texts: rows.map(textOf), query: filter.query },
    0,
    filter,
  );
  return rows.filter((_, i) => isMatch[i] === 1);
}
