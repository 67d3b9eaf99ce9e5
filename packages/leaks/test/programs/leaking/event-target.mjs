// Listeners of one target that lives as long as the program.
import { setMaxListeners } from 'node:events';

class Shutdown extends EventTarget {}

const shutdown = new Shutdown();
setMaxListeners(0, shutdown);

class Download {
  constructor(url) {
    this.url = url;
    this.chunks = [url, url];
    shutdown.addEventListener('abort', () => this.cancel());
  }
  cancel() {
    this.chunks.length = 0;
  }
}

export function round(n) {
  for (let i = 0; i < 60; i++) new Download(`https://example.org/${n}/${i}`);
}
