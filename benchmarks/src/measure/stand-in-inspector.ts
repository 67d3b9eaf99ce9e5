import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeChunks, linearChain } from '@heapstream/snapshot-builder';
import { type WebSocket, WebSocketServer } from 'ws';

/** Bytes of one node of a chain with its edge, in the text. */
const BYTES_PER_NODE = 30;
/** As V8 sends them. */
const CHUNK_BYTES = 1024 * 1024;

/** An inspector whose heap is a chain of about so many bytes of text, generated while it is sent. */
export async function startStandIn(bytes: number): Promise<{ port: number; close(): Promise<void> }> {
  const nodes = Math.ceil(bytes / BYTES_PER_NODE);
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo;
    const webSocketDebuggerUrl = `ws://127.0.0.1:${port}/heap`;
    response.end(
      JSON.stringify([{ id: 'heap', type: 'node', title: 'stand-in', url: '', webSocketDebuggerUrl }]),
    );
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('message', async (data) => {
      const { id, method } = JSON.parse(String(data));
      if (method === 'HeapProfiler.takeHeapSnapshot') await sendHeap(socket, nodes);
      const result =
        method === 'Runtime.getHeapUsage' ? { usedSize: bytes, totalSize: bytes } : { result: {} };
      socket.send(JSON.stringify({ id, result }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
}

async function sendHeap(socket: WebSocket, nodes: number): Promise<void> {
  for (const bytes of encodeChunks(linearChain(nodes), CHUNK_BYTES)) {
    const params = { chunk: Buffer.from(bytes).toString('latin1') };
    const message = JSON.stringify({ method: 'HeapProfiler.addHeapSnapshotChunk', params });
    await new Promise<void>((resolve, reject) => {
      socket.send(message, (error) => (error ? reject(error) : resolve()));
    });
  }
}
