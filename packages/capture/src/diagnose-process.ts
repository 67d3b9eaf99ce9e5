import { type CaptureCost, estimateCost } from './cost/capture-cost.js';
import { readAvailableMemoryOf } from './cost/memory-of-process.js';
import { findInspector } from './inspector/open-inspector.js';
import { inspectExecutable, majorOf } from './process/node-executable.js';
import { readNodeOptions } from './process/node-options.js';
import { listeningPorts, type ProcessFacts, readProcessFacts, sendSignal } from './process/process-facts.js';
import { findDiagnosticDirectory } from './signal/diagnostic-directory.js';

/** Whether a way of capturing works for a process: at once, after something that we can do, or not. */
export type WayState = 'ready' | 'possible' | 'impossible';

/** Why a way does not work at once. */
export type WayReason =
  /** The inspector is closed; `openInspector` opens it. */
  | 'inspector-closed'
  /** The process does not listen to SIGUSR1. */
  | 'no-sigusr1'
  /** Its ports are out of reach. */
  | 'other-network'
  /** It runs without `--heapsnapshot-signal`. */
  | 'no-snapshot-signal'
  /** It does not listen to the signal yet. */
  | 'signal-not-caught'
  | 'not-node'
  /** We may not send it signals, or see its environment. */
  | 'no-permission'
  /** Only its own code can tell. */
  | 'own-code';

export interface CaptureWay {
  readonly state: WayState;
  /** `null` where the way is ready. */
  readonly reason: WayReason | null;
}

/** What {@link diagnoseProcess} found. */
export interface ProcessDiagnosis {
  readonly pid: number;
  readonly executable: string | null;
  readonly isNode: boolean;
  /** Of Node, where its program says. */
  readonly nodeVersion: string | null;
  readonly inspector: CaptureWay & { readonly port: number | null };
  readonly signal: CaptureWay & {
    readonly snapshotSignal: string | null;
    /** Where the process would write. */
    readonly directory: string | null;
  };
  readonly inProcess: CaptureWay;
  /** By the memory of the process, which is more than its heap. */
  readonly cost: CaptureCost;
}

/** Says which ways of capturing a process allows, and what a capture would cost it. Sends it nothing. Linux. */
export async function diagnoseProcess(pid: number): Promise<ProcessDiagnosis> {
  const facts = await readProcessFacts(pid);
  const { isNode, version } = await inspectExecutable(facts);
  const options = readNodeOptions(facts.arguments, facts.environment?.get('NODE_OPTIONS'));
  const isAllowed = maySignal(pid);
  const ports = isNode && facts.sharesNetwork ? await listeningPorts(pid) : [];
  const open = await findInspector(facts, ports);
  const heap = { heapBytes: facts.privateBytes, isUpperBound: true, nodeMajor: majorOf(version) };
  return {
    pid,
    executable: facts.executable ?? null,
    isNode,
    nodeVersion: version ?? null,
    inspector: { ...inspectorWay(facts, isNode, isAllowed, open !== undefined), port: open?.port ?? null },
    signal: {
      ...signalWay(facts, isNode, isAllowed, options.snapshotSignal),
      snapshotSignal: options.snapshotSignal ?? null,
      directory: isNode ? await findDiagnosticDirectory(pid, options.diagnosticDirectory) : null,
    },
    inProcess: isNode
      ? { state: 'possible', reason: 'own-code' }
      : { state: 'impossible', reason: 'not-node' },
    cost: estimateCost(heap, readAvailableMemoryOf(pid)),
  };
}

function inspectorWay(facts: ProcessFacts, isNode: boolean, isAllowed: boolean, isOpen: boolean): CaptureWay {
  if (isOpen) return { state: 'ready', reason: null };
  if (!isNode) return { state: 'impossible', reason: 'not-node' };
  if (!isAllowed) return { state: 'impossible', reason: 'no-permission' };
  if (!facts.sharesNetwork) return { state: 'impossible', reason: 'other-network' };
  if (!facts.catches('SIGUSR1')) return { state: 'impossible', reason: 'no-sigusr1' };
  return { state: 'possible', reason: 'inspector-closed' };
}

function signalWay(
  facts: ProcessFacts,
  isNode: boolean,
  isAllowed: boolean,
  snapshotSignal: string | undefined,
): CaptureWay {
  if (!isNode) return { state: 'impossible', reason: 'not-node' };
  if (!isAllowed) return { state: 'impossible', reason: 'no-permission' };
  if (snapshotSignal === undefined) return { state: 'impossible', reason: 'no-snapshot-signal' };
  const isCaught = /^SIG\w+$/.test(snapshotSignal) && catches(facts, snapshotSignal as NodeJS.Signals);
  return isCaught ? { state: 'ready', reason: null } : { state: 'impossible', reason: 'signal-not-caught' };
}

function catches(facts: ProcessFacts, signal: NodeJS.Signals): boolean {
  try {
    return facts.catches(signal);
  } catch {
    return false;
  }
}

function maySignal(pid: number): boolean {
  try {
    sendSignal(pid, 0);
    return true;
  } catch {
    return false;
  }
}
