import type { AvailableMemory, MemoryLimit } from './memory/available-memory.js';

/** What went wrong with the bytes of a snapshot. */
export type SnapshotFormatCode =
  /** The input has no bytes, or nothing but white space. */
  | 'EMPTY'
  /** The input ends before the closing brace. */
  | 'TRUNCATED'
  /** The text is not JSON where JSON is due. */
  | 'NOT_JSON'
  /** The input is a known format, but not a V8 heap snapshot. */
  | 'FOREIGN_FORMAT'
  /** Something in a number array is not an integer in range. */
  | 'BAD_NUMBER'
  /** A string has a bad escape or a raw control character. */
  | 'BAD_STRING'
  /** A section has the wrong JSON type, or a required one is missing. */
  | 'BAD_SECTION'
  /** `snapshot.meta` does not describe the columns. */
  | 'BAD_META'
  /** A row refers to a type, string, node or edge that does not exist. */
  | 'BAD_REFERENCE'
  /** Array lengths or edge counts do not add up. */
  | 'BAD_ROWS'
  /** A required section appears twice. */
  | 'DUPLICATE_SECTION'
  /** The compressed stream is damaged or cut short. */
  | 'BAD_COMPRESSION';

/** The base of every error that heapstream throws on purpose; `code` is stable, the message is for people. */
export class HeapstreamError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Where in the input a {@link SnapshotFormatError} was found, and what stood there. */
export interface FormatProblem {
  code: SnapshotFormatCode;
  /** The top-level key (`nodes`, `edges`, …), `snapshot` for the header, or `document` for what is between sections. */
  section: string;
  /** Offset in bytes from the start of the (decompressed) input. */
  byteOffset: number;
  expected: string;
  actual: string;
}

/** The bytes are not a valid heap snapshot. */
export class SnapshotFormatError extends HeapstreamError implements FormatProblem {
  declare readonly code: SnapshotFormatCode;
  readonly section: string;
  readonly byteOffset: number;
  readonly expected: string;
  readonly actual: string;
  /** The name of the input: the path, or what the caller named the stream. */
  readonly file: string;

  constructor(problem: FormatProblem, file: string, options?: ErrorOptions) {
    super(
      problem.code,
      `${file}: ${problem.section}, byte ${problem.byteOffset}: expected ${problem.expected}, got ${problem.actual}`,
      options,
    );
    this.section = problem.section;
    this.byteOffset = problem.byteOffset;
    this.expected = problem.expected;
    this.actual = problem.actual;
    this.file = file;
  }
}

/** The input asks for more than a limit allows: one of `Limits`, or `maxNodes` and `maxEdges`, which are fixed. */
export class SnapshotLimitError extends HeapstreamError {
  /** The name of the limit. */
  readonly limit: string;
  readonly allowed: number;

  constructor(limit: string, allowed: number, file: string, where: string) {
    super('LIMIT_EXCEEDED', `${file}: ${where}: exceeds the limit ${limit} = ${allowed}`);
    this.limit = limit;
    this.allowed = allowed;
  }
}

/** The source of the bytes failed: no such file, no permission, a stream that broke. `cause` is the original error. */
export class SnapshotSourceError extends HeapstreamError {
  readonly file: string;

  constructor(file: string, message: string, options?: ErrorOptions) {
    super('SOURCE_FAILED', `${file}: ${message}`, options);
    this.file = file;
  }
}

/**
 * A part of an index file that was read after the file was opened is not what was written. The file has been removed
 * where that could be done: open the snapshot again, and it is made anew.
 */
export class IndexDamagedError extends HeapstreamError {
  readonly file: string;
  /** The column. */
  readonly section: string;
  /** Offset in bytes from the start of the index file. */
  readonly byteOffset: number;

  constructor(file: string, section: string, byteOffset: number, options?: ErrorOptions) {
    super(
      'INDEX_DAMAGED',
      `${file}: ${section}, byte ${byteOffset}: the index file is damaged and of no use; open the snapshot again`,
      options,
    );
    this.section = section;
    this.byteOffset = byteOffset;
    this.file = file;
  }
}

/** The caller's AbortSignal fired; `cause` is its reason. */
export class OperationAbortedError extends HeapstreamError {
  constructor(operation: string, options?: ErrorOptions) {
    super('ABORTED', `${operation} was aborted`, options);
  }
}

/** The machine has no room for the graph; `cause` is the allocation's own error. */
export class OutOfMemoryError extends HeapstreamError {
  /** Bytes asked for in one piece. */
  readonly bytes: number;

  constructor(bytes: number, options?: ErrorOptions) {
    super('OUT_OF_MEMORY', `cannot allocate ${bytes} bytes for a column`, options);
    this.bytes = bytes;
  }
}

/** The memory that there is would not suffice; found before it was used. See `MemoryPolicy`. */
export class NotEnoughMemoryError extends HeapstreamError {
  /** Bytes: an estimate. */
  readonly needed: number;
  /** Bytes that this process could have had. */
  readonly available: number;
  /** What keeps it from more: the machine, a control group (a container's limit), or the caller's budget. */
  readonly limitedBy: MemoryLimit;

  /** `purpose`: what the memory is for, as the beginning of a sentence. */
  constructor(purpose: string, needed: number, available: AvailableMemory) {
    super(
      'NOT_ENOUGH_MEMORY',
      `${purpose} takes about ${inUnits(needed)} of memory, and ${describeAvailable(available)}`,
    );
    this.needed = needed;
    this.available = available.bytes;
    this.limitedBy = available.limitedBy;
  }
}

function describeAvailable({ bytes, limitedBy, total, cgroup }: AvailableMemory): string {
  if (limitedBy === 'budget') return `the budget is ${inUnits(bytes)}`;
  const whole = limitedBy === 'cgroup' ? `the control group ${cgroup} may use` : 'the machine has';
  return `${inUnits(bytes)} of the ${inUnits(total)} that ${whole} are free`;
}

function inUnits(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
