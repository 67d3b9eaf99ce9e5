// Writes two real heap snapshots of one process: a web server under load, and the same one some load later.
//
//   make-server-heap <first.heapsnapshot> <later.heapsnapshot> [--heap-mb 100] [--node <binary>]
//
// The server keeps sessions with carts, a cache with a limit, rate limits by address, held-open event streams, uploads,
// requests that wait for a slow backend, timers and a log. A client in the same process, with a bounded number of
// connections over loopback, sends requests until the heap is as large as wanted. Later, some sessions have ended,
// new ones have come, and the log, which nobody empties, has grown: a leak to be found.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeHeapSnapshot } from 'node:v8';
import { LoadClient } from './server-heap/load-client.js';
import { Shop } from './server-heap/shop.js';

const MB = 1024 * 1024;
const EVENT_STREAMS = 24;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'heap-mb': { type: 'string', default: '100' },
    node: { type: 'string', default: process.execPath },
    child: { type: 'boolean', default: false },
  },
});
const [firstFile, laterFile] = positionals;
const heapMegabytes = Number(values['heap-mb']);
if (laterFile === undefined || !(heapMegabytes > 0)) {
  console.error(
    'usage: make-server-heap <first.heapsnapshot> <later.heapsnapshot> [--heap-mb N] [--node BIN]',
  );
  process.exit(2);
}

if (values.child) await serveAndWrite();
else process.exit(runInChild());

/** The heap belongs to a fresh process: it needs a larger limit and `gc`, and may run on another Node. */
function runInChild(): number {
  const flags = [`--max-old-space-size=${Math.max(4096, heapMegabytes * 8)}`, '--expose-gc'];
  const args = [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2), '--child'];
  return spawnSync(values.node, args, { stdio: 'inherit', env: { PATH: process.env.PATH } }).status ?? 1;
}

async function serveAndWrite(): Promise<void> {
  const shop = new Shop(heapMegabytes > 50 ? 40 : 4);
  const server = createServer((incoming, response) => void shop.handle(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new LoadClient((server.address() as AddressInfo).port);
  const streams = heapMegabytes > 5 ? EVENT_STREAMS : 2;
  for (let at = 0; at < streams; at++) await client.openStream();

  // requests between two looks at the heap
  const batch = heapMegabytes > 50 ? 500 : heapMegabytes > 5 ? 50 : 5;
  do await client.send(batch);
  while (usedHeap() < heapMegabytes * MB);
  write(firstFile);
  const sessions = shop.sessions.size;
  shop.endOldest(Math.floor(sessions / 4));
  await client.send(Math.max(batch, Math.floor(sessions / 3)));
  write(laterFile);
  client.end();
  server.closeAllConnections();
  server.close();
}

function write(file: string): void {
  usedHeap();
  const started = performance.now();
  writeHeapSnapshot(file);
  const seconds = (performance.now() - started) / 1000;
  console.error(
    `${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, Node ${process.versions.node}`,
  );
}

function usedHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
