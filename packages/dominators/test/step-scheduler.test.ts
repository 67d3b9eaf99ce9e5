import type { HeapPool } from '@heapstream/core';
import { expect, test } from 'vitest';
import type { AnalysisProgress } from '../src/analysis-progress.js';
import { StepScheduler } from '../src/step-scheduler.js';

test('of two steps that end at once, the second is not reported where the report of the first aborts', async () => {
  const ends: (() => void)[] = [];
  const pool = { threads: 2, run: () => new Promise<void>((resolve) => ends.push(resolve)) };
  const abort = new AbortController();
  const reported: AnalysisProgress[] = [];
  const onProgress = (progress: AnalysisProgress) => {
    reported.push(progress);
    abort.abort('enough');
  };
  const scheduler = new StepScheduler(pool as unknown as HeapPool, 2, { signal: abort.signal, onProgress });
  const both = Promise.all([scheduler.run('classes', {}), scheduler.run('shallowSizes', {})]);
  const result = scheduler.finish(both, abort.signal);
  for (const end of ends) end();
  await expect(result).rejects.toMatchObject({ message: 'the analysis was aborted', cause: 'enough' });
  expect(reported).toEqual([{ phase: 'analyze', step: 'classes', done: 1, total: 2 }]);
});
