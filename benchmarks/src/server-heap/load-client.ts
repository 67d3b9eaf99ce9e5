import { Agent, request } from 'node:http';

const CONNECTIONS = 32;
const SLOW_REQUESTS = 200;

/** Sends requests, never more than {@link CONNECTIONS} at a time. */
export class LoadClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #streams = new Agent({ keepAlive: true });
  readonly #port: number;
  #sent = 0;
  #slow = 0;

  constructor(port: number) {
    this.#port = port;
  }

  async send(count: number): Promise<void> {
    const until = this.#sent + count;
    const work = async () => {
      while (this.#sent < until) await this.#sendOne(this.#sent++);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  }

  /** Opens an event stream, which stays open. */
  openStream(): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { port: this.#port, host: '127.0.0.1', path: '/events', agent: this.#streams };
      // after its first event a stream ends with the server, which is no failure
      request(options, (response) => response.on('error', () => undefined).once('data', () => resolve()))
        .on('error', reject)
        .end();
    });
  }

  end(): void {
    this.#agent.destroy();
    this.#streams.destroy();
  }

  #sendOne(serial: number): Promise<void> {
    const kind = serial % 20;
    if (kind < 12) return this.#request('GET', '/login', serial);
    if (kind < 18) return this.#request('GET', `/search?q=term-${(serial * 2_654_435_761) % 20_000}`, serial);
    if (kind === 18 && this.#slow < SLOW_REQUESTS) {
      this.#slow++;
      return this.#request('GET', `/slow?for=${serial}`, serial);
    }
    return this.#request('POST', '/upload', serial, Buffer.alloc(64 + (serial % 2000), serial % 256));
  }

  #request(method: string, path: string, serial: number, body?: Buffer): Promise<void> {
    const headers = {
      'x-forwarded-for': `10.${serial % 200}.${(serial >> 3) % 250}.7`,
      'user-agent': 'load/1',
    };
    return new Promise((resolve, reject) => {
      const options = { method, path, headers, port: this.#port, host: '127.0.0.1', agent: this.#agent };
      request(options, (response) => response.resume().once('end', resolve))
        .once('error', reject)
        .end(body);
    });
  }
}
