import type { MessagePort } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './growth-worker.js';

/** What comes over a port, one request at a time: each is acknowledged when it is taken. */
export class WorkerRequests {
  readonly #port: MessagePort;
  readonly #waiting: WorkerRequest[] = [];
  #wake = (): void => {};

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (request: WorkerRequest) => {
      this.#waiting.push(request);
      this.#wake();
    });
  }

  async next(): Promise<WorkerRequest> {
    while (this.#waiting.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#port.postMessage('next' satisfies WorkerReply);
    return this.#waiting.shift()!;
  }

  /** The rest of a snapshot whose first chunk was taken. */
  async *chunks(first: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let request: WorkerRequest = first; typeof request !== 'string'; request = await this.next()) {
      yield request;
    }
  }
}
