import { createPool } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { afterAll } from 'vitest';
import type { RequestOf, ResponseOf, RouteName } from '../../src/api/index.js';
import { Comparisons } from '../../src/comparisons.js';
import { Parameters } from '../../src/http/parameters.js';
import { Jobs } from '../../src/jobs.js';
import { createRoutes } from '../../src/routes/all-routes.js';
import { LoadedSnapshot } from '../../src/snapshots/loaded-snapshot.js';
import type { SnapshotShelf } from '../../src/snapshots/snapshot-shelf.js';
import { TaskRunner } from '../../src/task-runner.js';

export type Ask = <Name extends RouteName>(name: Name, request: RequestOf<Name>) => Promise<ResponseOf<Name>>;

/** Never started: what is small is done at once. */
const pool = createPool({ threads: 1 });
afterAll(() => pool.close());

/** Asks the routes about analyses, without a server between; requests go through query strings, answers through JSON. */
export function askRoutes(...analyses: readonly HeapAnalysis[]): Ask {
  const loaded = analyses.map((analysis, i) => new LoadedSnapshot(i, analysis, new TaskRunner(pool)));
  const shelf = {
    count: loaded.length,
    get: (position: number) => loaded[position],
  } as unknown as SnapshotShelf;
  const jobs = new Jobs(new AbortController().signal, () => {});
  const routes = createRoutes({
    shelf,
    comparisons: new Comparisons(shelf, jobs),
    tasks: new TaskRunner(pool),
    state: () => ({ snapshots: [], jobs: [], version: '' }),
  });
  return async (name, request) => {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(request)) {
      if (value !== undefined) search.set(key, String(value));
    }
    return JSON.parse(JSON.stringify(await routes.get(name)!(new Parameters(search))));
  };
}
