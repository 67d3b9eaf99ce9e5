/**
 * A server that leaks promises: it waits for replies that never come, and a list holds what it waits for. It writes a
 * heap snapshot before, halfway through and after the load that leaks: `node leaking-server.mjs <folder>`. With a number
 * behind the folder there are so many rounds of load, and a snapshot after each.
 */
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';

const WARM_UP_REQUESTS = 20;
const REQUESTS = 3_000;

/** A service that stopped answering. */
class Backend {
  /** The leak: nobody ever settles these promises, or takes them out. */
  pendingReplies = [];

  ask(question) {
    const reply = new Promise(() => {});
    this.pendingReplies.push(reply);
    return reply.then((text) => `${question}: ${text}`);
  }
}

const backend = new Backend();

async function handleRequest(id) {
  const answer = await backend.ask(id);
  return { id, answer };
}

async function serve(first, end) {
  for (let id = first; id < end; id++) handleRequest(id);
}

const [folder, rounds = '1'] = process.argv.slice(2);
const halfway = WARM_UP_REQUESTS + REQUESTS / 2;
await serve(0, WARM_UP_REQUESTS);
writeHeapSnapshot(join(folder, 'before.heapsnapshot'));
await serve(WARM_UP_REQUESTS, halfway);
writeHeapSnapshot(join(folder, 'halfway.heapsnapshot'));
await serve(halfway, WARM_UP_REQUESTS + REQUESTS);
writeHeapSnapshot(join(folder, 'after.heapsnapshot'));
for (let round = 2; round <= Number(rounds); round++) {
  const first = WARM_UP_REQUESTS + (round - 1) * REQUESTS;
  await serve(first, first + REQUESTS);
  writeHeapSnapshot(join(folder, `after-${round}.heapsnapshot`));
}
