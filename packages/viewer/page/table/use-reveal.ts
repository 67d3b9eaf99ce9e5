import { useEffect } from 'preact/hooks';
import { adjust } from '../state/navigation.js';
import type { Place } from '../state/place.js';
import type { TableModel } from './table-model.js';

/**
 * Brings a row into view that the address asks for. `findPositions` tells where it is, from the top down; `null`: nowhere.
 * `done` takes the wish out of the address.
 */
export function useReveal<Row, Totals>(
  model: TableModel<Row, Totals>,
  isWanted: boolean,
  findPositions: () => Promise<readonly number[] | null>,
  done: Partial<Place>,
): void {
  useEffect(() => {
    if (!isWanted) return;
    const abort = new AbortController();
    const reveal = async (): Promise<void> => {
      const positions = await findPositions();
      if (positions !== null) await model.reveal(positions, abort.signal);
      if (!abort.signal.aborted) adjust(done);
    };
    // a row that cannot be found is not shown; the table itself says what is wrong with the viewer
    reveal().catch(() => {});
    return () => abort.abort();
  }, [model, isWanted]);
}
