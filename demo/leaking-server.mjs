/**
 * A program that leaks in three ways that are common in servers. It writes a heap snapshot before and after the load
 * that leaks: `node leaking-server.mjs <folder>`.
 */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';

const WARM_UP_REQUESTS = 20;
const REQUESTS = 3_000;

class Session {
  constructor(id) {
    this.id = id;
    this.token = `${id}-${Math.random().toString(36).repeat(8)}`;
  }
}

class PendingReply {
  constructor(request) {
    this.request = request;
    // Nobody ever calls `settle`: the promise, and all that waits for it, stays.
    this.promise = new Promise((resolve) => {
      this.settle = resolve;
    });
  }
}

/** Leak 1: a cache that forgets nothing. */
const sessionById = new Map();
/** Leak 2: replies that are never settled, held by a list. */
const pendingReplies = [];
/** Leak 3: a listener per request, each a closure over its request. */
const configuration = new EventEmitter().setMaxListeners(0);

function handleRequest(id) {
  const session = new Session(id);
  sessionById.set(id, session);

  const request = { id, session, headers: { accept: 'text/html', cookie: session.token } };
  const reply = new PendingReply(request);
  reply.promise.then(() => session.id);
  pendingReplies.push(reply);

  configuration.on('change', function reloadRequest() {
    request.headers.accept = 'application/json';
  });
}

const folder = process.argv[2];
for (let id = 0; id < WARM_UP_REQUESTS; id++) handleRequest(id);
writeHeapSnapshot(join(folder, 'before.heapsnapshot'));
for (let id = 0; id < REQUESTS; id++) handleRequest(WARM_UP_REQUESTS + id);
writeHeapSnapshot(join(folder, 'after.heapsnapshot'));
