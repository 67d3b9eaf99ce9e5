// One stream for the log of all connections, each of which waits for its errors.
import { Writable } from 'node:stream';

class LogStream extends Writable {
  _write(_chunk, _encoding, done) {
    done();
  }
}

const log = new LogStream();
log.setMaxListeners(0);

class Connection {
  constructor(address) {
    this.address = address;
    this.packets = Array.from({ length: 6 }, (_, i) => ({ i, address }));
    log.on('error', (error) => this.fail(error));
  }
  serve() {
    log.write(`served ${this.address}\n`);
  }
  fail(error) {
    this.packets = [error];
  }
}

export async function round(n) {
  for (let i = 0; i < 60; i++) new Connection(`10.0.${n}.${i}`).serve();
  await new Promise((resolve) => setTimeout(resolve, 1));
}
