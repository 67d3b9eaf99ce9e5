// Every request listens to the signal that ends the whole service, and goes on listening when it is done.
const shutdown = new AbortController();

class Request {
  constructor(path) {
    this.path = path;
    this.parts = path.split('/').map((text, i) => ({ i, text }));
  }
  run(signal) {
    signal.addEventListener('abort', () => this.cancel());
    return this.parts.length;
  }
  cancel() {
    this.parts = [];
  }
}

export function round(n) {
  for (let i = 0; i < 60; i++) new Request(`/orders/${n}/${i}`).run(shutdown.signal);
}
