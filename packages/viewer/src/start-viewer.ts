import { availableParallelism } from 'node:os';
import { createPool, type MemoryPolicy, type OpenOptions } from '@heapstream/core';
import type { ViewerState } from './api/index.js';
import { Comparisons } from './comparisons.js';
import { EventStream } from './http/event-stream.js';
import { ViewerServer } from './http/viewer-server.js';
import { Jobs } from './jobs.js';
import { createRoutes } from './routes/all-routes.js';
import { SnapshotShelf } from './snapshots/snapshot-shelf.js';
import { TaskRunner } from './task-runner.js';
import { readVersion } from './version.js';

export interface ViewerOptions {
  /** Paths of snapshots, the oldest first; they load one after the other. */
  readonly files: readonly string[];
  /** On the loopback address. Default 0: one that is free. */
  readonly port?: number;
  /** Keeps the graphs and their analyses in index files beside the snapshots, and takes them from there. */
  readonly index?: boolean | undefined;
  /** Default: by the first bytes. */
  readonly compression?: OpenOptions['compression'] | undefined;
  /** See `openSnapshot`. */
  readonly memory?: MemoryPolicy | undefined;
  /** Ends the viewer. */
  readonly signal?: AbortSignal | undefined;
  /** Called when something of the state changes: a snapshot has come further, is ready, or failed. */
  readonly onProgress?: ((state: ViewerState) => void) | undefined;
}

/** A viewer that runs. */
export interface Viewer {
  /** The address to open, with the token that lets its reader in. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly state: ViewerState;
  /** Resolves when nothing loads any more, also where snapshots failed: the state has the errors. */
  readonly loaded: Promise<void>;
  /** Why snapshots failed, in order. */
  readonly failures: readonly unknown[];
  /** Ends connections, work under way and threads. Resolves when nothing of the viewer is left. */
  close(): Promise<void>;
}

/** Threads that answer questions; they wait this many milliseconds for the next one. */
const THREADS = Math.max(2, Math.min(4, availableParallelism()));
const IDLE_TIMEOUT = 10 * 60_000;

/**
 * Serves the viewer on 127.0.0.1. The page can be opened at once and shows how far the snapshots have come; they stay in
 * this process. Rejects with the system's error where the port cannot be had; a snapshot that does not open fails alone.
 */
export async function startViewer(options: ViewerOptions): Promise<Viewer> {
  const { compression, files, index, memory, onProgress, port = 0, signal } = options;
  const ended = new AbortController();
  const pool = createPool({ threads: THREADS, idleTimeout: IDLE_TIMEOUT });
  const version = readVersion();
  const state = (): ViewerState => ({ snapshots: shelf.states, jobs: jobs.states, version });
  const events = new EventStream(state);
  const onChange = (): void => {
    events.changed();
    onProgress?.(state());
  };
  const jobs = new Jobs(ended.signal, onChange);
  const shelf = new SnapshotShelf(files, {
    compression,
    index,
    memory,
    pool,
    signal: ended.signal,
    onChange,
  });
  const tasks = new TaskRunner(pool);
  tasks.warmUp();
  const comparisons = new Comparisons(shelf, jobs);
  const routes = createRoutes({ shelf, comparisons, tasks, state });
  const server = await ViewerServer.listen(port, {
    routes,
    watch: (request, response) => events.watch(request, response),
  }).catch(async (error) => {
    await pool.close();
    throw error;
  });
  const loaded = shelf.load();

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      signal?.removeEventListener('abort', close);
      ended.abort(new Error('the viewer was closed'));
      events.close();
      await server.close();
      await loaded;
      await pool.close();
    })();
    return closing;
  };
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted) await close();
  return {
    url: server.url,
    port: server.port,
    token: server.token,
    get state() {
      return state();
    },
    loaded,
    failures: shelf.failures,
    close,
  };
}
