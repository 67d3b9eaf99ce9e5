import { type FormatProblem, SnapshotFormatError, SnapshotLimitError } from '../errors.js';
import type { Limits } from '../limits.js';
import type { SnapshotWarning, SnapshotWarningCode } from '../warnings.js';

/** How large the document may be, as far as that is known. */
export interface DocumentSize {
  /** Bytes of the document, of a file that is not compressed. */
  readonly exact?: number | undefined;
  /** Bytes that a compressed file can have at most. */
  readonly atMost?: number | undefined;
}

/** What all parsers of one input share: its name for errors, the limits, and the warnings collected so far. */
export class ParseContext {
  readonly file: string;
  readonly limits: Readonly<Limits>;
  readonly warnings: SnapshotWarning[] = [];
  /** Known once the source is open. */
  size: DocumentSize = {};

  constructor(file: string, limits: Readonly<Limits>) {
    this.file = file;
    this.limits = limits;
  }

  fail(problem: FormatProblem, options?: ErrorOptions): never {
    throw new SnapshotFormatError(problem, this.file, options);
  }

  exceeds(limit: keyof Limits, section: string, byteOffset: number): never {
    throw new SnapshotLimitError(limit, this.limits[limit], this.file, `${section}, byte ${byteOffset}`);
  }

  warn(code: SnapshotWarningCode, message: string): void {
    this.warnings.push({ code, message });
  }
}

/** `'x'` for a printable byte, else its value: how errors quote the byte that stood in the way. */
export function describeByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `'${String.fromCharCode(byte)}'`
    : `byte 0x${byte.toString(16).padStart(2, '0')}`;
}
