import type { ProcessDiagnosis, WayReason } from '@heapstream/capture';
import type { Command } from 'commander';
import type { CommandRun } from '../command-run.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { addOutputOptions, type OutputOptions } from '../list-options.js';
import { createNumberFormat, type NumberFormat } from '../number-format.js';
import { writeText } from '../output-stream.js';
import { parsePid } from '../pid-argument.js';
import { safeText } from '../safe-text.js';

interface DoctorOptions extends GlobalOptions, OutputOptions {
  readonly pid: number;
}

export function addDoctorCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('doctor')
    .description(
      'which ways of taking a snapshot a process allows, what it would cost, how to enable the rest',
    )
    .requiredOption('--pid <number>', 'the process', parsePid);
  addOutputOptions(command).action(async () => {
    const options = command.optsWithGlobals<DoctorOptions>();
    const { diagnoseProcess } = await import('@heapstream/capture');
    const diagnosis = await diagnoseProcess(options.pid);
    if (options.json) return writeJson(io.stdout, doctorDocument(diagnosis));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, doctorText(diagnosis, format));
  });
}

/** A published contract: names, nesting and order stay. */
function doctorDocument({ cost, inspector, signal, inProcess, ...process }: ProcessDiagnosis): object {
  return {
    pid: process.pid,
    executable: process.executable,
    isNode: process.isNode,
    nodeVersion: process.nodeVersion,
    inspector: { state: inspector.state, reason: inspector.reason, port: inspector.port },
    signal: {
      state: signal.state,
      reason: signal.reason,
      snapshotSignal: signal.snapshotSignal,
      directory: signal.directory,
    },
    inProcess: { state: inProcess.state, reason: inProcess.reason },
    cost: {
      heapBytes: cost.heapBytes,
      isUpperBound: cost.isUpperBound,
      likelyMemory: cost.likelyMemory,
      worstMemory: cost.worstMemory,
      availableMemory: cost.available?.bytes ?? null,
      limitedBy: cost.available?.limitedBy ?? null,
      fileSize: cost.fileSize,
      pause: cost.pause,
      isSlowWriter: cost.isSlowWriter,
    },
  };
}

function* doctorText(diagnosis: ProcessDiagnosis, format: NumberFormat): Generator<string> {
  const { pid, executable, nodeVersion, isNode } = diagnosis;
  const what = isNode ? `Node ${nodeVersion ?? '(version unknown)'}` : 'not Node';
  yield `process ${pid}: ${what}, ${safeText(executable ?? 'program unknown')}\n\n`;
  yield `inspector   ${inspectorText(diagnosis)}\n`;
  yield `signal      ${signalText(diagnosis)}\n`;
  yield `in process  ${inProcessText(diagnosis)}\n`;
  yield* costText(diagnosis, format);
}

function inspectorText({ pid, inspector }: ProcessDiagnosis): string {
  if (inspector.port !== null) return `ready: heapstream capture --inspect ${inspector.port}`;
  if (inspector.state === 'possible') {
    return `can be opened for a capture: heapstream capture --pid ${pid} --open-inspector`;
  }
  return `no: ${ADVICE[inspector.reason!]}`;
}

function signalText({ pid, signal }: ProcessDiagnosis): string {
  if (signal.state !== 'ready') return `no: ${ADVICE[signal.reason!]}`;
  const command = `heapstream capture --pid ${pid} --signal ${signal.snapshotSignal}`;
  return `ready: ${safeText(command)} (it writes in ${safeText(signal.directory ?? '')})`;
}

function inProcessText({ inProcess }: ProcessDiagnosis): string {
  return inProcess.state === 'impossible' ? `no: ${ADVICE[inProcess.reason!]}` : ADVICE['own-code'];
}

const ADVICE: Readonly<Record<WayReason, string>> = {
  'inspector-closed': 'its inspector is closed',
  'no-sigusr1': 'it does not listen to SIGUSR1; start it with --inspect (and without --disable-sigusr1)',
  'other-network': 'its ports are in a network of their own (a container): run this inside it',
  'no-snapshot-signal': 'start it with --heapsnapshot-signal=SIGUSR2, also in NODE_OPTIONS',
  'signal-not-caught': 'it does not listen to its signal yet',
  'not-node': 'it is not Node',
  'no-permission': 'it is another user’s: run this as that user, or as root',
  'own-code': 'if its code calls captureHere(), or serves createCaptureHandler()',
};

function* costText({ cost }: ProcessDiagnosis, format: NumberFormat): Generator<string> {
  const bound = cost.isUpperBound ? 'at most ' : '';
  yield `\nheap        ${bound}${format.size(cost.heapBytes)}\n`;
  const available =
    cost.available === undefined
      ? ''
      : `; ${format.size(cost.available.bytes)} available (${cost.available.limitedBy})`;
  yield `memory      ${format.size(cost.likelyMemory)} to ${format.size(cost.worstMemory)} more${available}\n`;
  const slow = cost.isSlowWriter ? '; Node 20 and older may take minutes' : '';
  yield `pause       up to ${(cost.pause / 1000).toFixed(1)} s${slow}\n`;
  yield `file        up to ${format.size(cost.fileSize)}\n`;
}
