import { type AvailableMemory, readAvailableMemory } from '@heapstream/core';
import type { HeapFigures } from '../cost/capture-cost.js';
import { readAvailableMemoryOf } from '../cost/memory-of-process.js';
import { majorOf } from '../process/node-executable.js';
import { listeningPorts } from '../process/process-facts.js';
import { isLoopback, type ResolvedAddress } from './address.js';
import type { ProtocolChannel } from './protocol-channel.js';

/** What a target says of itself. */
export interface TargetFacts {
  readonly heap: HeapFigures;
  readonly available: AvailableMemory | undefined;
  /** Its process, where that is Node and known to be on this machine. */
  readonly localPid: number | undefined;
}

/** Runs in the target; `null` where that is no Node. */
const ASK_NODE = `(() => {
  const { process } = globalThis;
  if (!process?.versions?.node) return null;
  return { pid: process.pid, version: process.versions.node, available: process.availableMemory?.() };
})()`;

/** Asks the target for its heap, and the system for memory where the target is on this machine. */
export async function readTargetFacts(
  channel: ProtocolChannel,
  address: ResolvedAddress,
): Promise<TargetFacts> {
  const { usedSize } = await channel.call('Runtime.getHeapUsage');
  const node = await askNode(channel);
  const localPid = await findLocalPid(node?.pid, address);
  return {
    heap: { heapBytes: toNumber(usedSize) ?? 0, isUpperBound: false, nodeMajor: majorOf(node?.version) },
    available: await findAvailable(localPid, node?.available, address),
    localPid,
  };
}

/** Of a process that openInspector was told of, and that knows itself by the same number. */
export async function askPid(channel: ProtocolChannel): Promise<number | undefined> {
  return (await askNode(channel))?.pid;
}

interface NodeAnswer {
  readonly pid: number | undefined;
  readonly version: string | undefined;
  readonly available: number | undefined;
}

async function askNode(channel: ProtocolChannel): Promise<NodeAnswer | undefined> {
  const { result } = await channel.call('Runtime.evaluate', { expression: ASK_NODE, returnByValue: true });
  const answer = result?.value as Record<string, unknown> | null | undefined;
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { pid, version, available } = answer;
  return {
    pid: toNumber(pid),
    version: typeof version === 'string' ? version : undefined,
    available: toNumber(available),
  };
}

/** A number that the target names is believed where that process holds the port that we are connected to. */
async function findLocalPid(
  pid: number | undefined,
  { host, port }: ResolvedAddress,
): Promise<number | undefined> {
  if (pid === undefined || !isLoopback(host)) return undefined;
  return (await listeningPorts(pid)).includes(port) ? pid : undefined;
}

async function findAvailable(
  localPid: number | undefined,
  claimed: number | undefined,
  { host }: ResolvedAddress,
): Promise<AvailableMemory | undefined> {
  if (localPid !== undefined) return readAvailableMemoryOf(localPid);
  if (claimed !== undefined) return { bytes: claimed, limitedBy: 'machine', total: claimed };
  return isLoopback(host) ? readAvailableMemory() : undefined;
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
