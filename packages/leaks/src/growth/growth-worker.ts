/*
 * Analyses the snapshots of the thread that started it, so that nothing of the analysis lies in the heap that is
 * measured. Each snapshot comes as chunks over the port of the worker, one at a time.
 */
import { parentPort } from 'node:worker_threads';
import { openSnapshot } from '@heapstream/core';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import { findLeaks } from '../find-leaks.js';
import type { Finding } from '../finding.js';
import { WorkerRequests } from './worker-requests.js';

/** What comes in: a chunk, the end of a snapshot, or that all snapshots were taken. */
export type WorkerRequest = Uint8Array | 'end' | 'done';
/** What goes out: the next request may come; what was found; or why nothing could be. */
export type WorkerReply = 'next' | { readonly findings: Finding[] } | { readonly error: string };

if (parentPort !== null) {
  const reply = await answer(new WorkerRequests(parentPort));
  parentPort.postMessage(reply);
  parentPort.close();
}

async function answer(requests: WorkerRequests): Promise<WorkerReply> {
  const analyses: HeapAnalysis[] = [];
  try {
    for (;;) {
      const request = await requests.next();
      if (request === 'done') return { findings: await findLeaks(analyses) };
      if (request === 'end') continue;
      const graph = await openSnapshot(requests.chunks(request), { name: 'this heap' });
      analyses.push(analyzeSync(graph));
    }
  } catch (error) {
    return { error: (error as Error).message };
  }
}
