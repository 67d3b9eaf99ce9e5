import { readDocument } from '../input/read-document.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import { DEFAULT_TUNING, type ParallelTuning, RowReader } from '../parse/parallel/row-reader.js';
import { sharedPool } from '../pool/heap-pool.js';
import type { Histogram, HistogramOptions } from './histogram.js';
import { HistogramSections } from './histogram-sections.js';

/** Sums a snapshot up; see `readHistogram`. Sizes other than the usual ones are for tests. */
export async function parseHistogram(
  source: SnapshotSource,
  options: HistogramOptions,
  tuning: ParallelTuning = DEFAULT_TUNING,
  rowsAtOnce?: number,
): Promise<Histogram> {
  const { parallel = true, pool = sharedPool(), signal } = options;
  const { sections, byteLength } = await readDocument(
    source,
    options,
    (context) => new HistogramSections(context, rowsAtOnce),
    parallel ? new RowReader(pool, tuning, signal) : undefined,
  );
  return sections.finish(byteLength);
}
