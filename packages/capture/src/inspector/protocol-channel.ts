import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';
import { CaptureError } from '../errors.js';

export type ProtocolMethod = keyof ProtocolMapping.Commands;
/** What a method answers; the other side may be anything, so a reader checks what it uses. */
export type ProtocolResult<M extends ProtocolMethod> = ProtocolMapping.Commands[M]['returnType'];
type ProtocolParameters<M extends ProtocolMethod> = ProtocolMapping.Commands[M]['paramsType'][0];

export type EventListener = (method: string, parameters: Readonly<Record<string, unknown>>) => void;

/** Carries text to a target; what comes back is handed to {@link ProtocolChannel.receive}. */
export interface ProtocolTransport {
  send(text: string): void;
  /** Stops reading until `resume`: what the other side sends then waits there. */
  pause(): void;
  resume(): void;
  close(): void;
}

interface PendingCall {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** The DevTools protocol with one target: calls with their answers, and events. */
export class ProtocolChannel {
  /** What errors call the other side. */
  readonly name: string;
  readonly #transport: ProtocolTransport;
  readonly #pending = new Map<number, PendingCall>();
  readonly #listeners = new Set<EventListener>();
  readonly #endListeners = new Set<(error: CaptureError) => void>();
  #lastId = 0;
  #end: CaptureError | undefined;

  constructor(name: string, transport: ProtocolTransport) {
    this.name = name;
    this.#transport = transport;
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** Calls a method; rejects with `TARGET_FAILED` where the target refuses, and with the reason where the channel ends. */
  call<M extends ProtocolMethod>(method: M, parameters?: ProtocolParameters<M>): Promise<ProtocolResult<M>> {
    return this.callUnlisted(method, parameters) as Promise<ProtocolResult<M>>;
  }

  /** For the methods of Node's own domains, which the protocol's published types lack. */
  callUnlisted(method: string, parameters: unknown = {}): Promise<unknown> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        resolve,
        reject: (error) => reject(error instanceof CaptureError ? error : this.#refusal(method, error)),
      });
      this.#transport.send(JSON.stringify({ id, method, params: parameters }));
    });
  }

  /** Hears all events until the function returned is called. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called once when the channel ends, at once where it has. */
  onEnd(listener: (error: CaptureError) => void): () => void {
    if (this.#end !== undefined) listener(this.#end);
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  pause(): void {
    this.#transport.pause();
  }

  resume(): void {
    this.#transport.resume();
  }

  close(): void {
    this.end(new CaptureError('CLOSED', `${this.name}: the session was closed`));
  }

  /** Fails all that waits, and closes the transport. */
  end(error: CaptureError): void {
    if (this.#end !== undefined) return;
    this.#end = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    for (const listener of this.#endListeners) listener(error);
    this.#listeners.clear();
    this.#transport.close();
  }

  /** Takes one message; garbage ends the channel with `BAD_PROTOCOL`. */
  receive(text: string): void {
    const message = parseMessage(text);
    if (message === undefined) {
      const start = JSON.stringify(text.slice(0, 40));
      this.end(new CaptureError('BAD_PROTOCOL', `${this.name}: expected a protocol message, got ${start}`));
      return;
    }
    if (typeof message.method === 'string') {
      const parameters = (message.params ?? {}) as Record<string, unknown>;
      for (const listener of [...this.#listeners]) listener(message.method, parameters);
      return;
    }
    const call = this.#pending.get(message.id as number);
    // an answer that nobody waits for any more
    if (call === undefined) return;
    this.#pending.delete(message.id as number);
    if (message.error === undefined) call.resolve((message.result ?? {}) as never);
    else call.reject(new Error(errorText(message.error)));
  }

  #refusal(method: string, { message }: Error): CaptureError {
    return new CaptureError('TARGET_FAILED', `${this.name}: ${method} failed: ${message}`);
  }
}

function parseMessage(text: string): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== 'object' || message === null) return undefined;
    const { id, method } = message as Record<string, unknown>;
    const isMessage = typeof id === 'number' || typeof method === 'string';
    return isMessage ? (message as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function errorText(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : 'no reason given';
}
