import type { JobState } from './api/index.js';

/** What long work tells. */
export interface JobProgress {
  readonly step: string;
  readonly done: number;
  readonly total?: number | undefined;
}

/** Long work that requests wait for, so that pages can show how far it has come. */
export class Jobs {
  readonly #states = new Map<number, JobState>();
  readonly #onChange: () => void;
  readonly #signal: AbortSignal;
  #last = 0;

  /** `signal`: what ends the work. */
  constructor(signal: AbortSignal, onChange: () => void) {
    this.#signal = signal;
    this.#onChange = onChange;
  }

  get states(): JobState[] {
    return [...this.#states.values()];
  }

  async run<T>(
    title: string,
    work: (signal: AbortSignal, onProgress: (progress: JobProgress) => void) => Promise<T>,
  ): Promise<T> {
    const job = ++this.#last;
    const show = (progress: JobProgress): void => {
      const { done, step, total = null } = progress;
      this.#states.set(job, { job, title, step, done, total });
      this.#onChange();
    };
    show({ step: '', done: 0 });
    try {
      return await work(this.#signal, show);
    } finally {
      this.#states.delete(job);
      this.#onChange();
    }
  }
}
