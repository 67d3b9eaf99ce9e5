import { basename } from 'node:path';
import type { HeapPool } from '@heapstream/core';
import type { SnapshotState } from '../api/index.js';
import { describeError, RequestError } from '../http/request-error.js';
import { TaskRunner } from '../task-runner.js';
import { describeLoad } from './load-progress.js';
import { LoadedSnapshot } from './loaded-snapshot.js';
import { type OpenAnalysisOptions, openAnalysis } from './open-analysis.js';

export interface ShelfOptions extends Pick<OpenAnalysisOptions, 'compression' | 'index' | 'memory'> {
  /** Where questions about the snapshots are answered; they load elsewhere. */
  readonly pool: HeapPool;
  readonly signal: AbortSignal;
  /** Something of the state changed. */
  readonly onChange: () => void;
}

interface Slot {
  state: SnapshotState;
  snapshot: LoadedSnapshot | null;
}

/** The snapshots of a viewer: loaded one after the other, in the order given, each within reach as soon as it is ready. */
export class SnapshotShelf {
  readonly #slots: Slot[];
  readonly #options: ShelfOptions;

  constructor(files: readonly string[], options: ShelfOptions) {
    this.#options = options;
    this.#slots = files.map((file, snapshot) => ({
      state: {
        snapshot,
        name: basename(file),
        file,
        status: 'waiting',
        progress: null,
        error: null,
        facts: null,
      },
      snapshot: null,
    }));
  }

  get count(): number {
    return this.#slots.length;
  }

  get states(): SnapshotState[] {
    return this.#slots.map(({ state }) => state);
  }

  /** Why a snapshot did not load, in order; the errors themselves. */
  readonly failures: unknown[] = [];

  /** Throws a `RequestError` where there is no such snapshot, or not yet. */
  get(position: number, parameter = 'snapshot'): LoadedSnapshot {
    const slot = this.#slots[position];
    if (slot === undefined) {
      throw new RequestError(
        400,
        'BAD_PARAMETER',
        `${parameter}: there is no snapshot ${position}`,
        parameter,
      );
    }
    if (slot.snapshot !== null) return slot.snapshot;
    const { error, name } = slot.state;
    if (error !== null) throw new RequestError(410, 'SNAPSHOT_FAILED', error.message);
    throw new RequestError(409, 'SNAPSHOT_NOT_READY', `${name} is not loaded yet`);
  }

  /** Resolves when nothing loads any more; never rejects. */
  async load(): Promise<void> {
    for (const slot of this.#slots) {
      if (this.#options.signal.aborted) return;
      await this.#load(slot);
    }
  }

  async #load(slot: Slot): Promise<void> {
    this.#change(slot, { status: 'loading' });
    try {
      const { compression, index, memory, pool, signal } = this.#options;
      const tasks = new TaskRunner(pool);
      const { analysis, names } = await openAnalysis(slot.state.file, {
        compression,
        index,
        memory,
        tasks,
        signal,
        onProgress: (progress) =>
          this.#change(slot, { progress: describeLoad(progress, slot.state.progress) }),
      });
      slot.snapshot = new LoadedSnapshot(slot.state.snapshot, analysis, tasks, names);
      this.#change(slot, { status: 'ready', progress: null, facts: slot.snapshot.facts });
    } catch (failure) {
      this.failures.push(failure);
      this.#change(slot, { status: 'failed', progress: null, error: describeError(failure).error });
    }
  }

  #change(slot: Slot, change: Partial<SnapshotState>): void {
    slot.state = { ...slot.state, ...change };
    this.#options.onChange();
  }
}
