import { CaptureError } from '../errors.js';
import type { InspectorTarget } from './inspector-target.js';
import { ProtocolChannel } from './protocol-channel.js';

/** The worker threads of a Node process, reached over the connection of its main thread. */
export class NodeWorkers {
  readonly #process: ProtocolChannel;
  readonly #target: InspectorTarget;
  readonly #titleBySession = new Map<string, string>();
  readonly #channelBySession = new Map<string, ProtocolChannel>();

  private constructor(process: ProtocolChannel, target: InspectorTarget) {
    this.#process = process;
    this.#target = target;
    process.listen((method, parameters) => this.#hear(method, parameters));
    process.onEnd((error) => {
      for (const channel of this.#channelBySession.values()) channel.end(error);
    });
  }

  /** Attaches to all workers that run; those that start later join the list. */
  static async attach(process: ProtocolChannel, target: InspectorTarget): Promise<NodeWorkers> {
    const workers = new NodeWorkers(process, target);
    // the workers are told before the answer comes
    await process.callUnlisted('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return workers;
  }

  get targets(): InspectorTarget[] {
    return [...this.#titleBySession].map(([session, title]) => ({
      id: `${this.#target.id}/${session}`,
      type: 'worker',
      title,
      url: this.#target.url,
      socketPath: this.#target.socketPath,
      nodeWorkerId: session,
    }));
  }

  /** The protocol with one worker. Pausing it pauses the whole connection. */
  open(sessionId: string): ProtocolChannel {
    const title = this.#titleBySession.get(sessionId);
    if (title === undefined) {
      throw new CaptureError('NO_TARGET', `${this.#process.name}: the worker ${sessionId} has ended`);
    }
    const channel = new ProtocolChannel(`${this.#process.name}, ${title}`, {
      send: (message) => {
        // a worker that has ended is told as an event
        this.#process.callUnlisted('NodeWorker.sendMessageToWorker', { sessionId, message }).catch(() => {});
      },
      pause: () => this.#process.pause(),
      resume: () => this.#process.resume(),
      close: () => this.#process.close(),
    });
    this.#channelBySession.set(sessionId, channel);
    return channel;
  }

  #hear(method: string, parameters: Readonly<Record<string, unknown>>): void {
    const sessionId = String(parameters.sessionId);
    if (method === 'NodeWorker.attachedToWorker') {
      const { title } = (parameters.workerInfo ?? {}) as { title?: unknown };
      this.#titleBySession.set(sessionId, typeof title === 'string' ? title : 'worker');
    } else if (method === 'NodeWorker.detachedFromWorker') {
      this.#titleBySession.delete(sessionId);
      const channel = this.#channelBySession.get(sessionId);
      channel?.end(new CaptureError('TARGET_GONE', `${channel.name}: the worker ended`));
    } else if (method === 'NodeWorker.receivedMessageFromWorker') {
      this.#channelBySession.get(sessionId)?.receive(String(parameters.message));
    }
  }
}
