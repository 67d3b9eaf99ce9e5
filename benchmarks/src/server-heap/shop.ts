import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';

const CACHED_SEARCHES = 5_000;

interface CartItem {
  readonly sku: string;
  readonly title: string;
  quantity: number;
  readonly price: { readonly cents: number; readonly currency: string };
  readonly tags: readonly string[];
}

class Session {
  readonly id: string;
  readonly user: { name: string; email: string; roles: string[] };
  readonly cart: CartItem[] = [];
  readonly visits: { path: string; at: number }[] = [];
  lastSeen = new Date();
  readonly events = new EventEmitter();
  readonly #expiry: NodeJS.Timeout;

  constructor(id: string, serial: number, expire: (session: Session) => void) {
    this.id = id;
    this.user = {
      name: `User ${serial}`,
      email: `user${serial}@mail.test`,
      roles: serial % 50 === 0 ? ['admin'] : [],
    };
    this.#expiry = setTimeout(() => expire(this), 3_600_000).unref();
    this.events.setMaxListeners(0).on('change', () => {
      this.lastSeen = new Date();
    });
  }

  end(): void {
    clearTimeout(this.#expiry);
    this.events.removeAllListeners();
  }
}

/** Least recently used first, as the order of insertion of a Map. */
class LruCache<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #limit: number;
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string, make: () => Value): Value {
    const value = this.#entries.get(key) ?? make();
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) this.#entries.delete(this.#entries.keys().next().value!);
    return value;
  }
}

/** The server's side: what it keeps of each request. */
export class Shop {
  readonly sessions = new Map<string, Session>();
  readonly searches = new LruCache<{ query: string; hits: CartItem[] }>(CACHED_SEARCHES);
  readonly addresses = new Map<string, { count: number; since: number }>();
  readonly uploads: Buffer[] = [];
  readonly streams = new Set<ServerResponse>();
  readonly metadata = new WeakMap<Session, { visits: number }>();
  /** Answers that a backend which never answers owes. */
  readonly waiting: Promise<string>[] = [];
  /** Grows with every request. */
  readonly log: { method: string; url: string; headers: object; at: number; describe: () => string }[] = [];
  readonly itemsPerCart: number;
  #serial = 0;

  constructor(itemsPerCart: number) {
    this.itemsPerCart = itemsPerCart;
  }

  readonly handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', 'http://shop.test');
    this.#countAddress(String(incoming.headers['x-forwarded-for'] ?? ''));
    const { method = 'GET', headers } = incoming;
    const at = Date.now();
    this.log.push({
      method,
      url: url.href,
      headers: { ...headers },
      at,
      describe: () => `${method} ${url.pathname} ${at}`,
    });
    switch (url.pathname) {
      case '/login':
        return this.#login(response);
      case '/search':
        return this.#search(url.searchParams.get('q') ?? '', response);
      case '/upload':
        return this.#upload(incoming, response);
      case '/events':
        this.streams.add(response);
        response.on('close', () => this.streams.delete(response));
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: hello\n\n');
        return;
      case '/slow':
        this.waiting.push(this.#callBackend(url.href));
        response.writeHead(202).end();
        return;
      default:
        response.writeHead(404).end();
    }
  };

  endOldest(count: number): void {
    for (const session of Array.from(this.sessions.values()).slice(0, count)) this.#end(session);
  }

  #login(response: ServerResponse): void {
    const serial = ++this.#serial;
    const session = new Session(randomBytes(12).toString('hex'), serial, (ended) => this.#end(ended));
    for (let at = 0; at < this.itemsPerCart; at++) session.cart.push(newItem(serial * 31 + at));
    for (let at = 0; at < 5; at++)
      session.visits.push({ path: `/product/${(serial * 7 + at) % 977}`, at: Date.now() });
    this.sessions.set(session.id, session);
    this.metadata.set(session, { visits: session.visits.length });
    session.events.emit('change');
    response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': `id=${session.id}` });
    response.end(JSON.stringify({ id: session.id, cart: session.cart.length }));
  }

  #search(query: string, response: ServerResponse): void {
    const found = this.searches.get(query, () => {
      const hits = Array.from({ length: 10 }, (_, at) => newItem(query.length * 100 + at));
      return JSON.parse(JSON.stringify({ query, hits }));
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
  }

  async #upload(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    this.uploads.push(Buffer.concat(chunks));
    response.writeHead(201).end();
  }

  async #callBackend(url: string): Promise<string> {
    const answer = await new Promise<string>((resolve) => {
      this.sessions
        .values()
        .next()
        .value?.events.once('shutdown', () => resolve(url));
    });
    return `${url}: ${answer}`;
  }

  #countAddress(address: string): void {
    const seen = this.addresses.get(address);
    if (seen === undefined) this.addresses.set(address, { count: 1, since: Date.now() });
    else seen.count++;
  }

  #end(session: Session): void {
    session.end();
    this.sessions.delete(session.id);
  }
}

function newItem(serial: number): CartItem {
  return {
    sku: `SKU-${serial.toString(36).toUpperCase()}`,
    title: `Article ${serial} in ${['red', 'green', 'blue'][serial % 3]}`,
    quantity: (serial % 5) + 1,
    price: { cents: 99 + (serial % 100_000), currency: serial % 4 === 0 ? 'USD' : 'EUR' },
    tags: serial % 3 === 0 ? ['new', `season-${serial % 8}`] : [],
  };
}
