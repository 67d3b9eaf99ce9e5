import { OperationAbortedError } from '@heapstream/core';
import { WebSocket } from 'ws';
import { CaptureError } from '../errors.js';
import { hostAndPort } from './address.js';
import { ProtocolChannel } from './protocol-channel.js';

/** Chunks have 1 MB at most, and twice that as JSON. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

interface SocketAddress {
  readonly host: string;
  readonly port: number;
  readonly socketPath: string;
}

interface SocketOptions {
  /** Milliseconds until the connection must stand. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Connects to the WebSocket of a target; rejects with `CONNECTION_FAILED`. */
export async function connectSocket(
  address: SocketAddress,
  { timeout, signal }: SocketOptions,
): Promise<ProtocolChannel> {
  const name = hostAndPort(address);
  const socket = new WebSocket(`ws://${name}${address.socketPath}`, {
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: timeout,
    followRedirects: false,
  });
  const abort = (): void => socket.terminate();
  signal?.addEventListener('abort', abort);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
      if (signal?.aborted) abort();
    });
  } catch (cause) {
    if (signal?.aborted) throw new OperationAbortedError('the capture', { cause: signal.reason });
    throw new CaptureError('CONNECTION_FAILED', `${name}: ${(cause as Error).message}`, { cause });
  } finally {
    signal?.removeEventListener('abort', abort);
  }
  return channelOver(socket, name);
}

function channelOver(socket: WebSocket, name: string): ProtocolChannel {
  const channel = new ProtocolChannel(name, {
    send: (text) => socket.send(text, () => {}),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    // without a farewell: the other side may be stalled
    close: () => socket.terminate(),
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) channel.receive('');
    else channel.receive(data.toString());
  });
  socket.on('error', (cause) => {
    const isProtocol = 'code' in cause && String(cause.code).startsWith('WS_ERR');
    const code = isProtocol ? 'BAD_PROTOCOL' : 'TARGET_GONE';
    channel.end(new CaptureError(code, `${name}: ${cause.message}`, { cause }));
  });
  socket.on('close', () => {
    channel.end(new CaptureError('TARGET_GONE', `${name}: the target ended, or closed its inspector`));
  });
  return channel;
}
