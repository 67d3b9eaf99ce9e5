// Listeners of one abort signal that lives as long as the program.
const shutdown = new AbortController();

class Download {
  constructor(url) {
    this.url = url;
    this.chunks = [url, url];
    shutdown.signal.addEventListener('abort', () => this.cancel());
  }
  cancel() {
    this.chunks.length = 0;
  }
}

process.setMaxListeners(0);

export function round(n) {
  for (let i = 0; i < 60; i++) new Download(`https://example.org/${n}/${i}`);
}
