import { inspect } from 'node:util';
import { EXIT_STATUS, type ExitStatus } from './exit-status.js';
import { safeText } from './safe-text.js';

const NOT_ENOUGH_MEMORY = 'NotEnoughMemoryError';

/** By name, not by class: a report must not depend on loading the engine, which may be what failed. */
const STATUS_BY_ERROR_NAME: ReadonlyMap<string, ExitStatus> = new Map([
  ['WrongUsageError', EXIT_STATUS.wrongUsage],
  ['BaselineError', EXIT_STATUS.wrongUsage],
  ['SnapshotFormatError', EXIT_STATUS.badSnapshot],
  ['SnapshotLimitError', EXIT_STATUS.badSnapshot],
  ['SnapshotSourceError', EXIT_STATUS.badSnapshot],
  [NOT_ENOUGH_MEMORY, EXIT_STATUS.lackOfResources],
  ['DigestFormatError', EXIT_STATUS.badSnapshot],
  ['IncomparableSnapshotsError', EXIT_STATUS.badSnapshot],
  ['IndexDamagedError', EXIT_STATUS.badSnapshot],
  ['CaptureError', EXIT_STATUS.captureFailed],
  ['CaptureRefusedError', EXIT_STATUS.lackOfResources],
  ['OutOfMemoryError', EXIT_STATUS.lackOfResources],
  ['OutputError', EXIT_STATUS.lackOfResources],
  ['OperationAbortedError', EXIT_STATUS.interrupted],
]);

export interface FailureReport {
  readonly status: ExitStatus;
  /** One line, safe to print. */
  readonly line: string;
}

/** What a script and what a person learn of an error that ended a command. */
export function describeFailure(error: unknown): FailureReport {
  const status = exitStatusOf(error);
  const message = error instanceof Error ? error.message + hintOn(error) : String(error);
  return { status, line: `heapstream: ${safeText(sentence(status, message))}` };
}

function hintOn({ name }: Error): string {
  if (name !== NOT_ENOUGH_MEMORY) return '';
  return ' (--ignore-memory tries all the same; heapstream histogram keeps no graph)';
}

function sentence(status: ExitStatus, message: string): string {
  switch (status) {
    case EXIT_STATUS.interrupted:
      return 'interrupted';
    case EXIT_STATUS.internalFault:
      return `internal fault: ${message} (--debug prints where)`;
    default:
      return message;
  }
}

function exitStatusOf(error: unknown): ExitStatus {
  if (!(error instanceof Error)) return EXIT_STATUS.internalFault;
  if (isRefusedAllocation(error)) return EXIT_STATUS.lackOfResources;
  if ('code' in error && error.code === 'DISK_FULL') return EXIT_STATUS.lackOfResources;
  return STATUS_BY_ERROR_NAME.get(error.name) ?? EXIT_STATUS.internalFault;
}

/** Memory that the system refuses to a typed array; V8 has no error class for it. */
function isRefusedAllocation(error: Error): boolean {
  return error instanceof RangeError && error.message.startsWith('Array buffer allocation failed');
}

/** The stack trace, with causes; line by line safe to print. */
export function describeStack(error: unknown): string {
  return inspect(error).split('\n').map(safeText).join('\n');
}
