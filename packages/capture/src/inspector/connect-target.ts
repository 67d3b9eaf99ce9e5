import { hostAndPort, type InspectorAddress, type ResolvedAddress, resolveAddress } from './address.js';
import { connectSocket } from './connect-socket.js';
import { chooseTarget, fetchTargets, type InspectorTarget, type TargetChoice } from './inspector-target.js';
import { NodeWorkers } from './node-workers.js';
import type { ProtocolChannel } from './protocol-channel.js';
import { wakeWorker } from './wake-worker.js';
import { withDeadline } from './with-deadline.js';

interface ConnectOptions {
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** For what should answer at once; a process that is busy may take longer for the rest. */
const CONNECT_TIMEOUT = 10_000;

/** All targets of an inspector, the worker threads of a Node process included. */
export async function listTargets(
  options: InspectorAddress & { timeout?: number; signal?: AbortSignal | undefined } = {},
): Promise<InspectorTarget[]> {
  const { timeout = CONNECT_TIMEOUT, signal } = options;
  const address = await resolveAddress(options);
  const targets = await fetchTargets(address, { timeout, signal });
  return withNodeWorkers(address, targets, { timeout, signal });
}

/** Connects to the target that was chosen. */
export async function connectTarget(
  address: ResolvedAddress,
  choice: TargetChoice | undefined,
  { timeout, signal }: ConnectOptions,
): Promise<{ channel: ProtocolChannel; target: InspectorTarget }> {
  const quick = { timeout: Math.min(timeout, CONNECT_TIMEOUT), signal };
  const { target, targets } = await findTarget(address, choice, { timeout, signal });
  const channel = await connectSocket({ ...address, socketPath: target.socketPath }, quick);
  try {
    if (target.nodeWorkerId === undefined) {
      if (target.type === 'worker') await wakeWorker(channel, address, targets, quick);
      return { channel, target };
    }
    const workers = await withDeadline(NodeWorkers.attach(channel, target), channel.name, {
      timeout,
      signal,
    });
    return { channel: workers.open(target.nodeWorkerId), target };
  } catch (error) {
    channel.close();
    throw error;
  }
}

async function findTarget(
  address: ResolvedAddress,
  choice: TargetChoice | undefined,
  options: ConnectOptions,
): Promise<{ target: InspectorTarget; targets: readonly InspectorTarget[] }> {
  const where = hostAndPort(address);
  const { socketPath } = address;
  const timeout = Math.min(options.timeout, CONNECT_TIMEOUT);
  const listed =
    socketPath === undefined
      ? await fetchTargets(address, { ...options, timeout })
      : [{ id: socketPath.split('/').at(-1)!, type: 'node', title: '', url: '', socketPath }];
  // without a choice it is none of the worker threads
  const targets = choice === undefined ? listed : await withNodeWorkers(address, listed, options);
  return { target: chooseTarget(targets, choice, where), targets };
}

async function withNodeWorkers(
  address: ResolvedAddress,
  targets: readonly InspectorTarget[],
  { timeout, signal }: ConnectOptions,
): Promise<InspectorTarget[]> {
  const all: InspectorTarget[] = [];
  for (const target of targets) {
    all.push(target);
    if (target.type !== 'node') continue;
    const { socketPath } = target;
    const channel = await connectSocket({ ...address, socketPath }, { timeout, signal });
    try {
      const attaching = NodeWorkers.attach(channel, target);
      all.push(...(await withDeadline(attaching, channel.name, { timeout, signal })).targets);
    } catch (error) {
      // an inspector of Node's kind without workers of that kind (Deno)
      if ((error as { code?: unknown }).code !== 'TARGET_FAILED') throw error;
    } finally {
      channel.close();
    }
  }
  return all;
}
