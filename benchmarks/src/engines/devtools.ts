import { open } from 'node:fs/promises';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { EngineLoader, EngineModule, EngineSnapshot } from '@heapstream/conformance';
import type { Answer, ClassAnswer, Engine } from '../engine.js';
import { DEVTOOLS_BUNDLE } from '../peers/peer-folder.js';

/** What Chrome's front end reads from a file at a time. */
const CHUNK_BYTES = 10_000_000;

/**
 * As Chrome runs it: the snapshot worker, which is this thread, and a second worker that computes retainers, dominators
 * and retained sizes. Chrome copies the text from a third thread; here the file is read where it is parsed, to its favour.
 */
export const devtools: Engine = {
  name: 'DevTools',
  description:
    'the heap snapshot engine of Chrome DevTools (npm `chrome-devtools-frontend`), bundled unchanged, its snapshot worker and its second worker on two threads, 10 MB of text at a time as in Chrome',
  isPeer: true,
  tasks: {
    async parse() {
      const engine = await loadEngine();
      return async (file) => {
        const loader = newLoader(engine);
        await feed(loader, file);
        await loader.parsingComplete;
        return () => ({});
      };
    },
    async summary() {
      const engine = await loadEngine();
      return async (file) => {
        const snapshot = await openInTwoThreads(engine, file);
        const rows = snapshot.aggregatesWithFilter({});
        snapshot.getStatistics();
        return () => ({ ...countsOf(snapshot), classes: classAnswers(rows) });
      };
    },
    async diff() {
      const engine = await loadEngine();
      return async (file, later) => {
        const first = await openInTwoThreads(engine, file);
        const second = await openInTwoThreads(engine, later!);
        const base = first.aggregatesForDiff(second.interfaceDefinitions());
        const rows = second.calculateSnapshotDiff(1, base);
        return () => ({ ...countsOf(second), classes: diffAnswers(rows) });
      };
    },
  },
};

async function loadEngine(): Promise<EngineModule> {
  return (await import(DEVTOOLS_BUNDLE)) as EngineModule;
}

function newLoader(engine: EngineModule): EngineLoader {
  return new engine.HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent() {} });
}

async function openInTwoThreads(engine: EngineModule, file: string): Promise<EngineSnapshot> {
  const { worker, port } = startSecondWorker();
  try {
    const loader = newLoader(engine);
    await feed(loader, file);
    return await loader.buildSnapshot(port);
  } finally {
    port.close();
    await worker.terminate();
  }
}

/** The second worker gets the far end of a channel and answers there, as in Chrome. Started early, to its favour. */
function startSecondWorker(): { worker: Worker; port: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('../../dist/engines/devtools-second-worker.js', import.meta.url), {
    workerData: { port: port2 },
    transferList: [port2],
  });
  return { worker, port: port1 };
}

/** The parser takes each chunk before the next is read. */
async function feed(loader: EngineLoader, file: string): Promise<void> {
  const handle = await open(file);
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    loader.write(decoder.decode(chunk.subarray(0, bytesRead), { stream: true }));
  }
  await handle.close();
  loader.close();
}

function countsOf(snapshot: EngineSnapshot): Answer {
  return {
    nodeCount: snapshot.nodeCount,
    edgeCount: snapshot.containmentEdges.length / snapshot.profile.snapshot.meta.edge_fields.length,
    totalSize: snapshot.totalSize,
  };
}

function classAnswers(rows: ReturnType<EngineSnapshot['aggregatesWithFilter']>): ClassAnswer[] {
  return Object.entries(rows).map(([key, { name, count, maxRet }]) => ({
    name,
    ...locationIn(key),
    count,
    retainedSize: maxRet,
  }));
}

function diffAnswers(rows: ReturnType<EngineSnapshot['calculateSnapshotDiff']>): ClassAnswer[] {
  return Object.entries(rows).map(([key, { addedCount, removedCount }]) => ({
    // the name of a row with deleted members only is that of another class
    name: key.replace(/^(\d+,\d+,\d+)?,/, ''),
    ...locationIn(key),
    count: addedCount,
    deletedCount: removedCount,
  }));
}

/** A key is `script,line,column,name`, or `,name`. */
function locationIn(key: string): { location?: string } {
  const location = /^\d+,\d+,\d+(?=,)/.exec(key)?.[0];
  return location === undefined ? {} : { location };
}
