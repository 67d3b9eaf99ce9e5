// Fills a small heap and writes a snapshot of it: node capture-own-heap.cjs <way> <file>
const { appendFileSync, createWriteStream } = require('node:fs');
const { Session } = require('node:inspector');
const { pipeline } = require('node:stream/promises');
const { writeHeapSnapshot } = require('node:v8');
const { Worker } = require('node:worker_threads');

class Item {
  constructor(position) {
    this.position = position;
    this.self = this;
    this.text = `item ${position} `.repeat(3) + position;
    this.shape = position % 2 ? { left: position, right: null } : { right: [position] };
    this.call = () => position;
  }
}

function fillHeap() {
  const items = Array.from({ length: 300 }, (_, i) => new Item(i));
  const values = new WeakMap(items.map((item) => [item, { value: item.position }]));
  const joined = items.slice(0, 40).reduce((text, item) => text + item.text, '');
  globalThis.held = {
    items,
    joined,
    values,
    weak: items.map((item) => new WeakRef(item)),
    keyed: new Map(items.map((item) => [item.text, item])),
    bytes: new Uint8Array(50_000),
    pattern: /held/g,
    symbol: Symbol('held'),
    big: 2n ** 70n,
    number: 1.5,
  };
}

const WAYS = {
  api(file) {
    writeHeapSnapshot(file);
  },
  internals(file) {
    writeHeapSnapshot(file, { exposeInternals: true, exposeNumericValues: true });
  },
  async inspector(file) {
    await withProfiler(file, (post) => post('HeapProfiler.takeHeapSnapshot', { captureNumericValue: true }));
  },
  async timeline(file) {
    await withProfiler(file, async (post) => {
      await post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
      fillHeap();
      await post('HeapProfiler.stopTrackingHeapObjects', { reportProgress: false });
    });
  },
  async worker(file) {
    const worker = new Worker(`(${workerProgram})()`, { eval: true });
    await new Promise((resolve) => worker.once('message', resolve));
    await pipeline(await worker.getHeapSnapshot(), createWriteStream(file));
    await worker.terminate();
  },
};

function workerProgram() {
  globalThis.held = Array.from({ length: 100 }, (_, i) => ({ name: `in the worker ${i}` }));
  require('node:worker_threads').parentPort.on('message', () => {});
  require('node:worker_threads').parentPort.postMessage('ready');
}

async function withProfiler(file, run) {
  const session = new Session();
  session.connect();
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => appendFileSync(file, params.chunk));
  const post = (method, params) =>
    new Promise((resolve, reject) => {
      session.post(method, params, (error) => (error ? reject(error) : resolve()));
    });
  await post('HeapProfiler.enable');
  await run(post);
  session.disconnect();
}

fillHeap();
const [way, file] = process.argv.slice(2);
Promise.resolve(WAYS[way](file));
