// Callbacks that are bound to the storage of the request which made them, and outlive it.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

const storage = new AsyncLocalStorage();

class Visit {
  constructor(url) {
    this.url = url;
    this.headers = Array.from({ length: 12 }, (_, i) => ({ name: `x-${i}`, url }));
  }
}

class Scheduler {
  later = [];
  defer(work) {
    this.later.push(AsyncResource.bind(work));
  }
}

const scheduler = new Scheduler();

export function round(n) {
  for (let i = 0; i < 50; i++) {
    storage.run(new Visit(`/${n}/${i}`), () => scheduler.defer(() => storage.getStore()?.url));
  }
}
