import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

/** What the stand-in does with a call; what it returns is the answer, `undefined` means none. */
export type Behaviour = (call: {
  readonly method: string;
  readonly parameters: unknown;
  readonly socket: WebSocket;
  /** Sends an event, and resolves when the connection has taken it. */
  readonly emit: (method: string, params: unknown) => Promise<void>;
}) => Promise<object | undefined> | object | undefined;

interface StandInOptions {
  readonly behave?: Behaviour;
  /** What `/json/list` answers, instead of one target. */
  readonly list?: string;
  readonly status?: number;
  /** Bytes that its heap is said to have. */
  readonly usedSize?: number;
}

/** An inspector that does as it is told. */
export class StandInInspector {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start({
    behave,
    list,
    status = 200,
    usedSize = 1000,
  }: StandInOptions = {}): Promise<StandInInspector> {
    const server = createServer((_, response) => {
      const { port } = server.address() as AddressInfo;
      const target = { id: 'target-1', type: 'page', title: 'stand-in', url: '' };
      const webSocketDebuggerUrl = `ws://127.0.0.1:${port}/target-1`;
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(list ?? JSON.stringify([{ ...target, webSocketDebuggerUrl }]));
    });
    const sockets = new WebSocketServer({ server, perMessageDeflate: false });
    sockets.on('connection', (socket) => answer(socket, behave, usedSize));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    });
    return new StandInInspector(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
}

function answer(socket: WebSocket, behave: Behaviour | undefined, usedSize: number): void {
  const emit = (method: string, params: unknown) =>
    new Promise<void>((resolve, reject) => {
      socket.send(JSON.stringify({ method, params }), (error) => (error ? reject(error) : resolve()));
    });
  socket.on('error', () => {});
  socket.on('message', async (data) => {
    const { id, method, params: parameters } = JSON.parse(String(data));
    const usual = method === 'Runtime.getHeapUsage' ? { usedSize, totalSize: usedSize } : { result: {} };
    const isCapture = method.startsWith('HeapProfiler.');
    const result =
      isCapture && behave
        ? await Promise.resolve(behave({ method, parameters, socket, emit })).catch(() => undefined)
        : usual;
    if (result === undefined) return;
    socket.send(JSON.stringify('error' in result ? { id, ...result } : { id, result }), () => {});
  });
}

/** Sends these texts as the chunks of a snapshot. */
export function sendChunks(texts: Iterable<string>): Behaviour {
  return async ({ method, emit }) => {
    if (method !== 'HeapProfiler.takeHeapSnapshot') return {};
    for (const chunk of texts) await emit('HeapProfiler.addHeapSnapshotChunk', { chunk });
    return {};
  };
}
