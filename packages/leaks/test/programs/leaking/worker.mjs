// A worker for every job, and none is ever ended.
import { Worker } from 'node:worker_threads';

class Crew {
  workers = [];
  hire() {
    const worker = new Worker('setInterval(() => {}, 3_600_000)', { eval: true });
    this.workers.push(worker);
    return new Promise((resolve) => worker.once('online', resolve));
  }
}

const crew = new Crew();

export async function round() {
  for (let i = 0; i < 2; i++) await crew.hire();
}
