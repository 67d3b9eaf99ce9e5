import { hostAndPort, type InspectorAddress, type ResolvedAddress, resolveAddress } from './address.js';
import { connectSocket } from './connect-socket.js';
import { chooseTarget, fetchTargets, type InspectorTarget, type TargetChoice } from './inspector-target.js';
import { NodeWorkers } from './node-workers.js';
import type { ProtocolChannel } from './protocol-channel.js';
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
  const target = await findTarget(address, choice, { timeout, signal });
  const channel = await connectSocket({ ...address, socketPath: target.socketPath }, quick);
  if (target.nodeWorkerId === undefined) return { channel, target };
  try {
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
): Promise<InspectorTarget> {
  const where = hostAndPort(address);
  const { socketPath } = address;
  if (socketPath !== undefined) {
    const target = { id: socketPath.split('/').at(-1)!, type: 'target', title: '', url: '', socketPath };
    // a worker of that process
    if (choice === undefined) return target;
    return chooseTarget(
      await withNodeWorkers(address, [{ ...target, type: 'node' }], options),
      choice,
      where,
    );
  }
  const timeout = Math.min(options.timeout, CONNECT_TIMEOUT);
  const targets = await fetchTargets(address, { ...options, timeout });
  if (choice === undefined) return chooseTarget(targets, choice, where);
  return chooseTarget(await withNodeWorkers(address, targets, options), choice, where);
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
